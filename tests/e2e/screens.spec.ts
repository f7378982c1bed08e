// Every screen at three sizes, in both themes and both languages: nothing for axe to find, nothing cut off sideways or
// scrolled sideways, nothing covered by news.
// The pictures lie with the results, to be looked at.
import type { Locator } from '@playwright/test';
import { expect, test } from './kase.ts';
import { OFFLINE_LIMIT_MS, Register, SIZES } from './register.ts';
import { atRest, expectWell } from './well.ts';

/** Longer than any screen is wide. */
const LONG_NAME = 'Maksimiliāna Konstancija Žvirgzdiņa-Ķēniņšķerberga Pļavnieku-Šķērsliņa-Čakstiņdzirkstele';

/** Each size; the longer words where there is least room. Each screen is looked at in both themes. */
const LOOKS = [
  { size: 'phone', language: 'lv' },
  { size: 'tablet', language: 'en' },
  { size: 'desk', language: 'lv' },
] as const;

/** What the Latvian catalogue calls what the test presses. */
const WORDS = {
  en: { newCustomer: 'New customer', edit: 'Edit', addAddress: 'Add address', sync: 'Sync status', settings: 'Settings', customers: 'Customers', save: 'Save', issue: 'Issue loyalty card', back: 'Back' },
  lv: { newCustomer: 'Jauns klients', edit: 'Labot', addAddress: 'Pievienot adresi', sync: 'Sinhronizācija', settings: 'Iestatījumi', customers: 'Klienti', save: 'Saglabāt', issue: 'Izsniegt lojalitātes karti', back: 'Atpakaļ' },
};

for (const { size, language } of LOOKS) {
  test.describe(`${size}, ${language}`, () => {
    test.use({ viewport: SIZES[size], locale: language });

    test('every screen is well', async ({ page, line }) => {
      test.setTimeout(150_000);
      const words = WORDS[language];
      const button = (name: string) => page.getByRole('button', { name, exact: true });
      const well = (screen: string) => expectWell(page, screen);
      const register = new Register(page);

      await page.goto(line.url);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expect(page.getByRole('textbox').first()).toBeVisible();
      await well('activation');
      await page.getByRole('textbox').nth(0).fill('RIGA-1');
      await page.getByRole('textbox').nth(1).fill('demo-riga-1');
      await page.keyboard.press('Enter');
      await expect(page.locator('input[type=password]')).toBeVisible();
      await well('sign in');
      await page.getByRole('textbox').first().fill('1001');
      await page.locator('input[type=password]').fill('000000');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('alert').getByText(/PIN/)).toBeVisible();
      await well('sign in refused');
      await page.locator('input[type=password]').fill('246810');
      await page.keyboard.press('Enter');

      const search = page.getByRole('searchbox');
      await expect(register.results.first()).toBeVisible({ timeout: 20_000 });
      await well('customers');
      await search.fill('berz');
      await expect(page.locator('mark').first()).toBeVisible();
      await well('customers found');
      await search.fill('qqqqzzzz');
      await expect(page.getByText('qqqqzzzz').first()).toBeVisible();
      await well('nobody found');
      await search.fill('berz');
      await register.results.first().click();
      await expect(button(words.edit)).toBeEnabled();
      await well('details');
      await button(words.edit).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await well('edit');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();

      await page.goto(line.url);
      await expect(search).toBeVisible();
      line.cut();
      const offline = page.getByRole('status').filter({ hasText: language === 'en' ? 'Offline' : 'Bezsaistē' });
      await expect(offline).toBeVisible({ timeout: OFFLINE_LIMIT_MS });
      await button(words.newCustomer).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await well('new customer');
      await button(words.save).click();
      await expect(page.locator('[aria-invalid=true]').first()).toBeVisible();
      await well('new customer with errors');
      await page.getByRole('dialog').getByRole('textbox').first().fill(LONG_NAME);
      await page.getByRole('dialog').locator('input[type=tel]').first().fill('+371 2999 8765');
      await button(words.save).click();
      await expect(page.getByRole('dialog')).toBeHidden();
      // Where there is room for one only, the new customer is in view now.
      const back = page.getByRole('link', { name: words.back, exact: true });
      if (await back.isVisible()) await back.click();
      await search.fill('maksimil');
      await expect(register.results.first()).toBeVisible();
      await well('saved offline');
      await register.results.first().click();
      await expect(button(words.issue)).toBeDisabled();
      await well('pending details');

      const go = (name: string) => page.getByRole('navigation').getByRole('link', { name }).click();
      await go(words.sync);
      await expect(page.getByRole('button').first()).toBeVisible();
      await well('sync status');
      await go(words.settings);
      await expect(page.getByRole('radio').first()).toBeAttached();
      await well('settings');
    });
  });
}

for (const [name, viewport] of Object.entries(SIZES)) {
  test.describe(name, () => {
    test.use({ viewport });

    test('news covers nothing that the hand needs, and ends with the page', async ({ register, line, page }) => {
      line.cut();
      await register.is('Offline', OFFLINE_LIMIT_MS);
      await register.create({ 'First name': LONG_NAME }, /^Saved on this register/);
      const news = page.locator('.toast');
      await atRest(page);
      const where = await boxOf(news);
      const actions = ['Edit', 'Issue loyalty card', 'Add address'].map((action) => register.button(action));
      for (const needed of [register.search, ...actions]) await expectApart(where, needed);
      await register.go('Settings');
      await expect(page.getByRole('radio').first()).toBeAttached();
      expect(await news.count()).toBe(0);
      await register.go('Customers');
      await expectApart(where, register.newCustomer);
      await register.newCustomer.click();
      await atRest(page);
      const save = register.sheet.getByRole('button', { name: 'Save' });
      await expectApart(where, save);
      await expectApart(await boxOf(register.sheet.getByRole('button', { name: 'Cancel' })), save);
    });
  });
}

type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;

async function boxOf(shown: Locator): Promise<Box> {
  const box = await shown.boundingBox();
  if (!box) throw new Error(`${shown} is not shown`);
  return box;
}

async function expectApart(one: Box, shown: Locator): Promise<void> {
  const other = await boxOf(shown);
  const across = one.x < other.x + other.width && other.x < one.x + one.width;
  const down = one.y < other.y + other.height && other.y < one.y + one.height;
  expect.soft(across && down, `${shown} is covered: ${JSON.stringify([one, other])}`).toBe(false);
}
