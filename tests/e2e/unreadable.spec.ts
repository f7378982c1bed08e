// One bad record never stops the register: what cannot be read is passed over and said, and everything else goes on.
import type { Page } from '@playwright/test';
import { expect, test } from './kase.ts';
import { ACCOUNT_NUMBER, NUMBER_LIMIT_MS, OFFLINE_LIMIT_MS } from './register.ts';

/** Rows of the register's database: `undefined` removes one. */
type Rows = [area: string, key: IDBValidKey | undefined, row: unknown][];

/** Changes the register's database behind its back. */
async function put(page: Page, rows: Rows): Promise<void> {
  await page.evaluate(async (rows) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('kase'));
    for (const [area, key, row] of rows) {
      const store = database.transaction(area, 'readwrite').objectStore(area);
      await done<unknown>(row === undefined && key !== undefined ? store.delete(key) : store.put(row, key));
    }
    database.close();
  }, rows);
}

/** All of an area, with its keys. */
async function rowsOf(page: Page, area: string): Promise<[IDBValidKey, unknown][]> {
  return await page.evaluate(async (area) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve) => {
        request.onsuccess = () => resolve(request.result);
      });
    const database = await done(indexedDB.open('kase'));
    const store = database.transaction(area).objectStore(area);
    const [keys, rows] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    database.close();
    return keys.map((key, at): [IDBValidKey, unknown] => [key, rows[at]]);
  }, area);
}

/** The key of the customer of whom this stands in the row. */
async function keyOf(page: Page, words: string): Promise<IDBValidKey> {
  const row = (await rowsOf(page, 'customers')).find(([, text]) => String(text).includes(words));
  if (!row) throw new Error(`nobody with ${words}`);
  return row[0];
}

test('a row of each kind that cannot be read keeps the register from nothing', async ({ register, line, page }) => {
  await register.find('C-0000001');
  await expect(register.results.first()).toBeVisible();
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.create({ 'First name': 'Pirmais', 'Last name': 'Sabojātais' });
  await register.create({ 'First name': 'Otrais', 'Last name': 'Sabojātais' });
  const outbox = await rowsOf(page, 'outbox');
  const [lastKey, last] = outbox[outbox.length - 1] ?? [];
  await put(page, [
    ['customers', await keyOf(page, '"C-0000001"'), '{"customer": Anna'],
    ['customers', await keyOf(page, 'Pirmais'), 7],
    ['outbox', undefined, { ...(last as object), order: lastKey, header: '{' }],
    ['counters', 'reference', 'many'],
    ...['session', 'settings', 'cursor', 'last_exchange', 'passed_over', 'channel', 'database', 'loss'].map(
      (key): Rows[number] => ['values', key, '{'],
    ),
  ]);
  line.mend();
  await page.reload();
  await register.is('Online');
  await register.fillNewCustomer({ 'First name': 'Trešais', 'Last name': 'Veselais' });
  // Until the store's settings are told anew, the form says that it needs them, and Save is pressed again.
  await expect(async () => {
    await register.save();
    await expect(register.saved()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  for (const name of ['Pirmais Sabojātais', 'Trešais Veselais']) {
    await register.find(name);
    await expect(register.result(name)).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: NUMBER_LIMIT_MS });
  }
  await register.find('C-0000001');
  await expect(register.results.filter({ hasText: 'C-0000001' })).toHaveCount(1);
  await register.go('Sync status');
  await expect(page.getByText(/cannot read 1 waiting change/)).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), register.button('Export').click()]);
  expect(download.suggestedFilename()).toMatch(/^kase-RIGA-1-\d+\.jwe$/);
});

test('a register whose own record cannot be read is no new register', async ({ register, line, page }) => {
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.create({ 'First name': 'Gaidošais', 'Last name': 'Klients' });
  const device = (await rowsOf(page, 'values')).find(([key]) => key === 'device')?.[1];
  line.mend();
  await put(page, [['values', 'device', '{"register":']]);
  await page.reload();
  await expect(page.getByText(/cannot be read/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Activate' })).toHaveCount(0);
  const [download] = await Promise.all([page.waitForEvent('download'), register.button('Export').click()]);
  expect(download.suggestedFilename()).toMatch(/^kase-RIGA-1-\d+\.jwe$/);
  await put(page, [['values', 'device', device]]);
  await register.button('Reload').click();
  await register.find('Gaidošais Klients');
  await expect(register.result('Gaidošais Klients')).toHaveAccessibleName(ACCOUNT_NUMBER, {
    timeout: NUMBER_LIMIT_MS,
  });
});

test('what waits for one store is not taken along to another, though who the register was is gone', async ({
  register,
  line,
  page,
}) => {
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.create({ 'First name': 'Rīgas', 'Last name': 'Klients' });
  await put(page, [
    ['values', 'device', undefined],
    ['values', 'session', undefined],
  ]);
  line.mend();
  await page.reload();
  await page.getByLabel('Register', { exact: true }).fill('TARTU-1');
  await page.getByLabel('Activation code').fill('demo-tartu-1');
  await page.getByRole('button', { name: 'Activate' }).click();
  await expect(page.getByText(/another store/)).toBeVisible();
  await register.activate('RIGA-1');
  await register.signIn();
  await register.find('Rīgas Klients');
  await expect(register.result('Rīgas Klients')).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: NUMBER_LIMIT_MS });
});
