// A deleted database is noticed, and what was lost is said; nothing leaves this register without a person's word.
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from './kase.ts';
import { ACCOUNT_NUMBER, NUMBER_LIMIT_MS, OFFLINE_LIMIT_MS, Register, SHORT_REFERENCE } from './register.ts';

/** What the browser itself may do when room is short, or a person when clearing a site's data. */
async function wipe(context: BrowserContext, page: Page, origin: string, storageTypes: string): Promise<void> {
  const browser = await context.newCDPSession(page);
  await browser.send('Storage.clearDataForOrigin', { origin, storageTypes });
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
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
  await expectAccessible(page);

  await register.activate();
  await register.signIn();
  const account = page.getByText(
    /3 changes had been recorded\. The store’s server has 2 of them; 1 is lost \(recorded \d\d:\d\d\)\./,
  );
  await expect(account).toBeVisible();
  await page.reload();
  await expect(account).toBeVisible();
  await expectAccessible(page);
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
  await expectAccessible(page);
  await register.button('Remove from list').click();
  await expect(page.getByText('Nothing waits', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByText('Nothing waits', { exact: true })).toBeVisible();
});
