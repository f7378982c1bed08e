// A full disk or a refused database is told before "saved" is said, and what was typed stays in the form.
import type { Page } from '@playwright/test';
import { expect, test } from './kase.ts';
import { ACCOUNT_NUMBER, NUMBER_LIMIT_MS, OFFLINE_LIMIT_MS, Register } from './register.ts';

const MB = 1024 * 1024;

test('a full disk is told before "saved" is said', async ({ line, context, page }) => {
  // The browser's own allowance for this page, which the app is not told of.
  const browser = await context.newCDPSession(page);
  await page.goto(line.url);
  await browser.send('Storage.overrideQuotaForOrigin', { origin: line.url, quotaSize: 32 * MB });
  const register = new Register(page);
  await register.open(line.url);
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.fillNewCustomer({ 'First name': 'Pilnais', 'Last name': 'Disks' });
  // Less than is taken already: the browser tidies its files, and would find room again on a disk that was just full.
  await browser.send('Storage.overrideQuotaForOrigin', { origin: line.url, quotaSize: 1 });
  await fillTheDisk(page);
  await register.save();
  await expect(page.getByText(/^Not saved/).first()).toBeVisible();
  await expect(page.getByText(/^Saved/)).toHaveCount(0);
  await expect(register.sheet.getByLabel('First name')).toHaveValue('Pilnais');
  await expect(register.sheet.getByLabel('Last name')).toHaveValue('Disks');

  await browser.send('Storage.overrideQuotaForOrigin', { origin: line.url, quotaSize: 256 * MB });
  await register.save();
  await expect(register.saved(/^Saved on this register/)).toBeVisible();
  line.mend();
  await register.find('Pilnais Disks');
  await expect(register.result('Pilnais Disks')).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: NUMBER_LIMIT_MS });
  await expect(register.results.filter({ hasText: 'Pilnais Disks' })).toHaveCount(1);
});

test('a page that is opened again shows the customers before anything is typed', async ({ register, page }) => {
  await expect(register.results.first()).toBeVisible();
  await page.reload();
  await register.is('Online');
  await expect(register.results.first()).toBeVisible();
});

/**
 * Writes until nothing more goes in, not even a little: into a database beside the app's. The browser remembers for a
 * while how much room it last saw, and looks again only when that is used up.
 */
async function fillTheDisk(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('ballast', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('ballast', { autoIncrement: true });
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const fits = (bytes: number) =>
      new Promise<boolean>((resolve) => {
        const transaction = database.transaction('ballast', 'readwrite', { durability: 'strict' });
        transaction.objectStore('ballast').add(crypto.getRandomValues(new Uint8Array(Math.min(bytes, 65_536))));
        for (let more = 65_536; more < bytes; more += 65_536) {
          transaction.objectStore('ballast').add(crypto.getRandomValues(new Uint8Array(65_536)));
        }
        transaction.oncomplete = () => resolve(true);
        transaction.onabort = () => resolve(false);
      });
    for (const bytes of [4_194_304, 262_144, 16_384, 1_024, 64]) {
      while (await fits(bytes));
    }
    database.close();
  });
}

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

test('a database that is deleted under the page takes nothing with it that is said to be saved', async ({
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
  const saved = register.saved(/^Saved on this register/);
  const notSaved = page.getByText(/^Not saved/).first();
  await expect(saved.or(notSaved)).toBeVisible();
  if (await notSaved.isVisible()) {
    await expect(register.sheet.getByLabel('First name')).toHaveValue('Izdzēstā');
    await register.save();
    await expect(saved).toBeVisible();
  }
  // Who the register is went with its database; what was saved after that did not.
  line.mend();
  await page.reload();
  await register.activate();
  await register.signIn();
  await register.find('Izdzēstā Krātuve');
  await expect(register.result('Izdzēstā Krātuve')).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: 20_000 });
  await expect(register.results.filter({ hasText: 'Izdzēstā Krātuve' })).toHaveCount(1);
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
