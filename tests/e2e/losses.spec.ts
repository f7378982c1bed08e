// A deleted database is noticed, and what was lost is said; nothing leaves this register without a person's word.
import type { BrowserContext, Page } from '@playwright/test';
import { Headquarters } from './headquarters.ts';
import { expect, test } from './kase.ts';
import { Line } from './line.ts';
import { ACCOUNT_NUMBER, NUMBER_LIMIT_MS, OFFLINE_LIMIT_MS, Register, SHORT_REFERENCE } from './register.ts';
import { KaseServer } from './server.ts';
import { expectWell } from './well.ts';

/** What the browser itself may do when room is short, or a person when clearing a site's data. */
async function wipe(context: BrowserContext, page: Page, origin: string, storageTypes: string): Promise<void> {
  const browser = await context.newCDPSession(page);
  await browser.send('Storage.clearDataForOrigin', { origin, storageTypes });
}

/** The count in the short reference of the customer of this name. */
async function referenceOf(register: Register, name: string): Promise<number> {
  await register.find(name);
  const reference = SHORT_REFERENCE.exec(await register.result(name).innerText())?.[0];
  return Number(reference?.split('-')[1]);
}

test('a deleted database is noticed, what was lost is said, and no short reference comes again', async ({
  register,
  line,
  context,
  page,
}) => {
  await register.create({ 'First name': 'Pirmais', 'Last name': 'Saņemts' }, ACCOUNT_NUMBER);
  await register.create({ 'First name': 'Otrais', 'Last name': 'Saņemts' }, ACCOUNT_NUMBER);
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.create({ 'First name': 'Zudušais', 'Last name': 'Klients' }, /^Saved on this register/);
  const before = await referenceOf(register, 'Zudušais');
  await wipe(context, page, line.url, 'indexeddb');
  line.mend();
  await page.reload();
  await expect(page.getByText('This browser deleted its database')).toBeVisible();
  await expect(page.getByText(/3 changes had been recorded; 1 of them had not been delivered/)).toBeVisible();
  await expectWell(page, 'loss');

  await register.activate();
  await register.signIn();
  const account = page.getByText(
    /3 changes had been recorded\. The store’s server has 2 of them; 1 is lost \(recorded \d\d:\d\d\)\./,
  );
  await expect(account).toBeVisible();
  await page.reload();
  await expect(account).toBeVisible();
  await expectWell(page, 'account kept');
  await register.button('Understood').click();
  await expect(account).toBeHidden();
  await page.reload();
  await expect(register.search).toBeVisible();
  await expect(account).toBeHidden();

  await register.find('Saņemts');
  await expect(register.results).toHaveCount(2, { timeout: NUMBER_LIMIT_MS });
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.create({ 'First name': 'Nākamais', 'Last name': 'Klients' }, /^Saved on this register/);
  expect(await referenceOf(register, 'Nākamais')).toBeGreaterThan(before);
});

test('what could not be asked when a browser became a register anew is asked as soon as the store answers', async ({
  register,
  line,
  context,
  page,
}) => {
  await register.create({ 'First name': 'Saņemtais', 'Last name': 'Klients' }, ACCOUNT_NUMBER);
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.create({ 'First name': 'Zudušais', 'Last name': 'Klients' }, /^Saved on this register/);
  await wipe(context, page, line.url, 'indexeddb');
  line.mend();
  await page.route('**/replication/witness', (route) => route.abort());
  await page.reload();
  await register.activate();
  await register.signIn();
  await expect(page.getByText(/1 of them had not been delivered .* says what is lost as soon as it answers/)).toBeVisible();
  await expectWell(page, 'loss to be asked about');
  await page.unroute('**/replication/witness');
  await page.reload();
  const account = page.getByText(/2 changes had been recorded\. The store’s server has 1 of them; 1 is lost/);
  await expect(account).toBeVisible();
  await page.reload();
  await expect(account).toBeVisible();
});

test('a database that is deleted while nothing waits has cost nothing, and that is said', async ({
  register,
  line,
  context,
  page,
}) => {
  await register.create({ 'First name': 'Drošais', 'Last name': 'Klients' }, ACCOUNT_NUMBER);
  await wipe(context, page, line.url, 'indexeddb');
  await page.reload();
  await register.activate();
  await register.signIn();
  await expect(page.getByText(/1 change had been recorded\. The store’s server has everything: nothing is lost/)).toBeVisible();
});

test('a browser that was wiped altogether hears from the store what its register had not delivered', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const server = await KaseServer.start({ apart: { role: 'headquarters' } });
  const toHeadquarters = await Line.to(server.url);
  let channel: KaseServer | undefined;
  try {
    const enrolment = await (await Headquarters.signIn(server.url)).enrol('riga-centrs');
    const apart = { role: 'channel', headquartersUrl: toHeadquarters.url, enrolment } as const;
    channel = await KaseServer.start({ apart });
    const register = new Register(page);
    await register.open(channel.url);
    // The title, typed while headquarters was in reach, is held on the register until the account number is there.
    const told = page.waitForRequest(
      (request) => request.url().endsWith('/replication/witness') && request.postDataJSON().waiting.length === 1,
    );
    await register.fillNewCustomer({ 'First name': 'Aizturētā', 'Last name': 'Uzruna' });
    await register.unfold('More about the customer');
    await register.fill({ Title: 'Dr.' });
    toHeadquarters.cut();
    await register.save();
    await expect(register.saved(/^Saved in the store/)).toBeVisible({ timeout: 20_000 });
    const before = await referenceOf(register, 'Aizturētā');
    await (await told).response();

    await wipe(context, page, channel.url, 'indexeddb,local_storage');
    await page.reload();
    await expect(page.getByLabel('Activation code')).toBeVisible();
    await expect(page.getByText('This browser deleted its database')).toHaveCount(0);
    await register.activate();
    await register.signIn();
    await expect(page.getByText('An earlier browser of this register has not delivered everything')).toBeVisible();
    await expect(page.getByText(/Of 2 changes that it had recorded, 1 has not arrived/)).toBeVisible();
    await register.create({ 'First name': 'Jaunākā', 'Last name': 'Atsauce' }, /^Saved in the store/);
    expect(await referenceOf(register, 'Jaunākā')).toBeGreaterThan(before);
  } finally {
    await channel?.dispose();
    await toHeadquarters.close();
    await server.dispose();
  }
});

test('what headquarters discards is shown with its reason until a person takes it off the list', async ({
  register,
  headquarters,
  line,
  page,
}) => {
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.create({ 'First name': 'Atmestais', 'Last name': 'Klients' }, /^Saved on this register/);
  await headquarters.changeRegister('RIGA-1', { deactivated: true });
  line.mend();
  await expect.poll(() => headquarters.operations('review'), { timeout: 20_000 }).toHaveLength(1);
  const [operation] = await headquarters.operations('review');
  await headquarters.discard(operation, 'Ierakstīts divreiz');
  await register.go('Sync status');
  await expect(page.getByText('Discarded · Ierakstīts divreiz')).toBeVisible({ timeout: NUMBER_LIMIT_MS });
  await expect(page.getByText(/Headquarters gave it up/)).toBeVisible();
  await expectWell(page, 'discarded');
  await register.button('Remove from list').click();
  await expect(page.getByText('Nothing waits', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByText('Nothing waits', { exact: true })).toBeVisible();
});

test('signing out deletes nothing', async ({ register, line, page }) => {
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.create({ 'First name': 'Paliekošā', 'Last name': 'Rinda' }, /^Saved on this register/);
  await register.go('Settings');
  await register.button('Sign out').click();
  await expect(page.getByLabel('Operator')).toBeVisible({ timeout: 20_000 });
  line.mend();
  await page.goto(line.url);
  await register.signIn();
  await register.find('Paliekošā');
  await expect(register.result('Paliekošā')).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: 20_000 });
});

test('a register is forgotten only by name, with what would be lost said before', async ({
  register,
  line,
  page,
}) => {
  const other = await register.beside();
  await other.page.goto(line.url);
  await expect(other.search).toBeVisible();
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.create({ 'First name': 'Aizmirstamā', 'Last name': 'Rinda' }, /^Saved on this register/);
  await register.go('Settings');
  await register.button('Forget this register').click();
  await expect(register.sheet.getByText(/1 change waits on this register alone and would be lost/)).toBeVisible();
  await expect(register.sheet.getByRole('button', { name: 'Export' })).toBeVisible();
  const forget = register.sheet.getByRole('button', { name: 'Delete everything here' });
  await expect(forget).toBeDisabled();
  await expectWell(page, 'forget while something waits');
  await register.sheet.getByRole('button', { name: 'Cancel' }).click();
  await register.find('Aizmirstamā');
  await expect(register.results).toHaveCount(1);

  await register.go('Settings');
  await register.button('Forget this register').click();
  await register.sheet.getByLabel('Type RIGA-1 to confirm').fill('riga-1');
  await forget.click();
  await expect(page.getByLabel('Activation code')).toBeVisible();
  await expect(other.page.getByLabel('Activation code')).toBeVisible();
  await expect(page.getByText('This browser deleted its database')).toHaveCount(0);
  const kept = await page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('kase');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const areas = ['customers', 'outbox', 'operation_texts', 'values'];
          const transaction = opening.result.transaction(areas);
          const counts = areas.map((area) => transaction.objectStore(area).count());
          transaction.oncomplete = () => resolve(counts.reduce((sum, count) => sum + count.result, 0));
        };
      }),
  );
  expect(kept).toBe(0);
  line.mend();
  await register.activate();
  await register.signIn();
  await register.find('bērziņ');
  await expect(register.results.first()).toBeVisible({ timeout: 20_000 });
});
