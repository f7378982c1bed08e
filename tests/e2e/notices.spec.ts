// The screens that only some days show: forms for a synced customer, questions before something is lost, faults, news of
// the whole register. Each is well in both themes and both languages; the pictures lie with the results.
import type { Locator } from '@playwright/test';
import { expect, test } from './kase.ts';
import { NewVersionLine } from './new_version.ts';
import { ACCOUNT_NUMBER, OFFLINE_LIMIT_MS, Register, SIZES } from './register.ts';
import { expectWell } from './well.ts';

const LOOKS = [
  { size: 'phone', language: 'lv' },
  { size: 'desk', language: 'en' },
] as const;

const WORDS = {
  en: {
    addAddress: 'Add address', back: 'Back', card: 'Issue loyalty card', forget: 'Forget this register', keep: 'Keep editing',
    newCustomer: 'New customer', nobody: 'Nobody is signed in', offline: 'Offline', online: 'Online', refused: 'Refused · ', reload: 'Reload',
    retry: 'Retry now', searchAll: 'Search all stores', settings: 'Settings', signIn: 'Sign in', signOut: 'Sign out',
    sync: 'Sync status', without: 'Go on without signing in',
  },
  lv: {
    addAddress: 'Pievienot adresi', back: 'Atpakaļ', card: 'Izsniegt lojalitātes karti', forget: 'Aizmirst šo kasi',
    keep: 'Turpināt ievadīt', newCustomer: 'Jauns klients', nobody: 'Neviens nav pierakstījies', offline: 'Bezsaistē',
    online: 'Tiešsaistē', refused: 'Noraidīts · ', reload: 'Pārlādēt', retry: 'Mēģināt tūlīt', searchAll: 'Meklēt visos veikalos',
    settings: 'Iestatījumi', signIn: 'Pierakstīties', signOut: 'Izrakstīties', sync: 'Sinhronizācija',
    without: 'Turpināt bez pierakstīšanās',
  },
};

for (const { size, language } of LOOKS) {
  test.describe(`${size}, ${language}`, () => {
    test.use({ viewport: SIZES[size], locale: language });

    test('forms, questions and news of some days are well', async ({ page, server, context }) => {
      test.setTimeout(240_000);
      const words = WORDS[language];
      const versions = await NewVersionLine.to(server.url);
      const { line } = versions;
      const dialog = page.getByRole('dialog').last();
      const button = (name: string, within: Locator = page.locator('body')) =>
        within.getByRole('button', { name, exact: true });
      const go = (name: string) => page.getByRole('navigation').getByRole('link', { name }).click();
      const connection = (reads: string) => page.getByRole('status').filter({ hasText: reads });
      const well = (screen: string) => expectWell(page, screen);
      const signIn = async (within: Locator) => {
        await expect(within.locator('input[type=password]')).toBeVisible();
        await within.getByRole('textbox').first().fill('1001');
        await within.locator('input[type=password]').fill('246810');
        await page.keyboard.press('Enter');
      };

      await page.goto(line.url);
      await page.getByRole('textbox').nth(0).fill('RIGA-1');
      await page.getByRole('textbox').nth(1).fill('demo-riga-1');
      await page.keyboard.press('Enter');
      await signIn(page.locator('body'));
      const register = new Register(page);
      await expect(register.results.first()).toBeVisible({ timeout: 20_000 });

      await page.getByRole('searchbox').fill('liepi');
      await expect(page.locator('mark').first()).toBeVisible();
      await button(words.searchAll).click();
      await expect(button(words.searchAll)).toHaveCount(0);
      await well('all stores');
      await register.results.first().click();
      await button(words.addAddress).click();
      await well('add address');
      await page.keyboard.press('Escape');
      await button(words.card).click();
      await well('issue loyalty card');
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();

      const back = page.getByRole('link', { name: words.back, exact: true });
      if (await back.isVisible()) await back.click();
      await button(words.newCustomer).click();
      for (const folded of await dialog.locator('summary, [aria-expanded=false]').all()) await folded.click();
      await well('new customer unfolded');
      await dialog.getByRole('textbox').first().fill('Pusrakstīta');
      await page.keyboard.press('Escape');
      await expect(button(words.keep).first()).toBeVisible();
      await well('discard what was typed');
      await button(words.keep).first().click();

      line.cut();
      await expect(connection(words.offline)).toBeVisible({ timeout: OFFLINE_LIMIT_MS });
      await page.keyboard.press('Control+Enter');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await page.route('**/api/v1/replication/push', async (route) => {
        const { operations } = route.request().postDataJSON() as { operations: (string | { id: string })[] };
        const results = operations.map((operation) => ({
          id: (typeof operation === 'string' ? (JSON.parse(operation) as { id: string }) : operation).id,
          result: 'refused',
          code: 'invalid_field',
          detail: 'It is shown in the words of its code.',
          field: 'first_name',
        }));
        await route.fulfill({ json: { results } });
      });
      line.mend();
      await expect(connection(words.online)).toBeVisible({ timeout: 20_000 });
      await go(words.sync);
      await expect(page.getByText(words.refused).first()).toBeVisible({ timeout: 20_000 });
      await well('sync status with a refused operation');

      await go(words.settings);
      await button(words.forget).click();
      await expect(dialog).toBeVisible();
      await well('forget this register');
      await page.keyboard.press('Escape');
      line.cut();
      await expect(connection(words.offline)).toBeVisible({ timeout: OFFLINE_LIMIT_MS });
      await button(words.signOut).click();
      await expect(button(words.without)).toBeVisible({ timeout: 20_000 });
      await well('sign in offline');
      await button(words.without).click();
      await expect(page.getByText(words.nobody).first()).toBeVisible();
      await well('nobody is signed in');
      await button(words.signIn).click();
      await expect(dialog).toBeVisible();
      await well('sign in over the work');
      await page.keyboard.press('Escape');
      line.mend();
      await expect(page.getByText(words.nobody)).toHaveCount(0, { timeout: 20_000 });
      await signIn(page.locator('body'));
      await expect(page.getByRole('navigation').first()).toBeVisible();

      await register.canStartOffline();
      versions.deploy();
      await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
      await expect(button(words.reload)).toBeVisible({ timeout: 20_000 });
      await well('new version');

      const browser = await context.newCDPSession(page);
      await browser.send('Storage.clearDataForOrigin', { origin: line.url, storageTypes: 'indexeddb' });
      await page.reload();
      await expect(page.getByRole('textbox').first()).toBeVisible();
      await well('activation after a loss');
      await page.getByRole('textbox').nth(0).fill('RIGA-1');
      await page.getByRole('textbox').nth(1).fill('demo-riga-1');
      await page.keyboard.press('Enter');
      await signIn(page.locator('body'));
      await expect(page.getByRole('navigation').first()).toBeVisible();
      await well('loss');

      const nowhere = await page.goto(`${line.url}/nowhere`);
      expect(nowhere?.status()).toBe(404);
      await expect(page.getByRole('main').getByRole('link')).toBeVisible();
      await well('no such page');
      await line.close();
    });

    test('what stops Kase is said well', async ({ context, line }) => {
      const stops: Record<string, () => void> = {
        insecure: () => Object.defineProperty(window, 'isSecureContext', { value: false }),
        'no database': () => {
          indexedDB.open = () => {
            throw new DOMException('denied', 'SecurityError');
          };
        },
      };
      for (const [screen, stop] of Object.entries(stops)) {
        const page = await context.newPage();
        await page.addInitScript(stop);
        await page.goto(line.url);
        await expect(page.getByRole('heading').first()).toBeVisible();
        await expect(page.getByRole('textbox')).toHaveCount(0);
        await expectWell(page, screen);
        await page.close();
      }
    });
  });
}

test('a new version comes to every tab on a person\'s word in one of them', async ({ server, page }) => {
  const versions = await NewVersionLine.to(server.url);
  const first = new Register(page);
  await first.open(versions.line.url);
  await first.canStartOffline();
  const second = await first.beside();
  await second.page.goto(versions.line.url);
  await second.is('Online');
  await second.fillNewCustomer({ 'First name': 'Pusceļā' });
  versions.deploy();
  await first.page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  for (const { page } of [first, second]) await expect(page.getByText('A new version is ready')).toBeVisible({ timeout: 20_000 });
  await first.button('Reload').click();
  await expect(first.page.getByText('A new version is ready')).toBeHidden({ timeout: 20_000 });
  await first.is('Online');
  // The other tab's form is whole, and its own word brings it over.
  await expect(second.sheet.getByLabel('First name')).toHaveValue('Pusceļā');
  await second.save();
  await expect(second.saved(ACCOUNT_NUMBER)).toBeVisible();
  await second.button('Reload').click();
  await expect(second.page.getByText('A new version is ready')).toBeHidden({ timeout: 20_000 });
  await second.is('Online');
  await versions.line.close();
});
