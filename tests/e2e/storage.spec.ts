// A full disk or a refused database is told before "saved" is said, and what was typed stays in the form.
import { expect, test } from './kase.ts';
import { ACCOUNT_NUMBER, NUMBER_LIMIT_MS, OFFLINE_LIMIT_MS, Register } from './register.ts';

test('a full disk is told before "saved" is said', async ({ register, line, context, page }) => {
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.fillNewCustomer({ 'First name': 'Pilnais', 'Last name': 'Disks' });
  // The browser's own allowance for this page, made smaller than what it already holds.
  const browser = await context.newCDPSession(page);
  await browser.send('Storage.overrideQuotaForOrigin', { origin: line.url, quotaSize: 1 });
  await register.save();
  await expect(page.getByText(/^Not saved/).first()).toBeVisible();
  await expect(page.getByText(/^Saved/)).toHaveCount(0);
  await expect(register.sheet.getByLabel('First name')).toHaveValue('Pilnais');
  await expect(register.sheet.getByLabel('Last name')).toHaveValue('Disks');

  await browser.send('Storage.overrideQuotaForOrigin', { origin: line.url });
  await register.save();
  await expect(register.saved(/^Saved on this register/)).toBeVisible();
  line.mend();
  await register.find('Pilnais Disks');
  await expect(register.result('Pilnais Disks')).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: NUMBER_LIMIT_MS });
  await expect(register.results.filter({ hasText: 'Pilnais Disks' })).toHaveCount(1);
});

test('a browser without a database says so at the start', async ({ page, line }) => {
  // No setting of Chromium refuses it: private windows have one too.
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('denied', 'SecurityError');
    };
  });
  await page.goto(line.url);
  await expect(page.getByText(/storage/i).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'New customer' })).toHaveCount(0);
});

test('a database that is deleted under the page is told, and what was typed stays', async ({
  register,
  line,
  context,
  page,
}) => {
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.fillNewCustomer({ 'First name': 'Izdzēstā', 'Last name': 'Krātuve' });
  const browser = await context.newCDPSession(page);
  await browser.send('Storage.clearDataForOrigin', { origin: line.url, storageTypes: 'indexeddb' });
  await register.save();
  await expect(page.getByText(/^Not saved/).first()).toBeVisible();
  await expect(page.getByText(/^Saved/)).toHaveCount(0);
  await expect(register.sheet.getByLabel('First name')).toHaveValue('Izdzēstā');
});

test('every write of a customer is strict', async ({ page, line }) => {
  // SIGKILL cannot show it: the operating system keeps what a killed browser wrote.
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { durabilities: seen });
    const transaction = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...given) {
      const made = transaction.apply(this, given);
      if (made.mode === 'readwrite') seen.push(made.durability);
      return made;
    };
  });
  const register = new Register(page);
  await register.open(line.url);
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await page.evaluate(() => (window as unknown as { durabilities: string[] }).durabilities.splice(0));
  await register.create({ 'First name': 'Stingrā', 'Last name': 'Drošība' }, /^Saved on this register/);
  const seen = await page.evaluate(() => (window as unknown as { durabilities: string[] }).durabilities);
  expect(seen.length).toBeGreaterThan(0);
  expect(new Set(seen)).toEqual(new Set(['strict']));
});

test('where the schema excludes customers, none is kept and creation says why', async ({
  register,
  headquarters,
  line,
  page,
}) => {
  await headquarters.changeSchema('riga-centrs', { filter_shared_customer_data: true });
  await register.find('a');
  await expect(register.results).toHaveCount(0, { timeout: 20_000 });
  await register.create({ 'First name': 'Tikai', 'Last name': 'Tiešsaistē' }, ACCOUNT_NUMBER);
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.fillNewCustomer({ 'First name': 'Nekādi', 'Last name': 'Nevar' });
  const save = register.sheet.getByRole('button', { name: 'Save' });
  await expect(save).toBeDisabled();
  await expect(save).toHaveAccessibleDescription(/keeps no customers on its registers/);
  await expect(register.sheet.getByLabel('First name')).toHaveValue('Nekādi');
  await expect(page.getByText(/^Saved/)).toHaveCount(0);
});
