// Bad input gets a clear error at the field, and nothing is lost.
import { expect, test } from './kase.ts';
import { ACCOUNT_NUMBER, type Register } from './register.ts';

const MARKUP = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>';

const BAD: { what: string; field: string; typed: string; says: RegExp }[] = [
  { what: 'ten thousand characters', field: 'First name', typed: 'ā'.repeat(10_000), says: /100 characters/ },
  { what: 'a control character', field: 'First name', typed: 'An\u0007na', says: /control|character/i },
  { what: 'a reordering character', field: 'Last name', typed: 'An\u202Ena', says: /control|character/i },
  { what: 'an impossible phone', field: 'Phone', typed: '+371 12', says: /short/i },
  { what: 'a phone with an unknown calling code', field: 'Phone', typed: '+999 2111 1111', says: /code/i },
  { what: 'words as a phone', field: 'Phone', typed: 'call me', says: /digit|number/i },
  { what: 'a mail without a domain', field: 'Email', typed: 'janis.kalnins@inbox', says: /domain|@/i },
  { what: 'a mail without an @', field: 'Email', typed: 'janis.kalnins', says: /@/ },
];

for (const { what, field, typed, says } of BAD) {
  test(`${what} in ${field} is an error at the field`, async ({ register }) => {
    await register.fillNewCustomer({ 'First name': 'Anna', 'Last name': 'Kļūdiņa', [field]: typed });
    await register.save();
    const input = register.sheet.getByLabel(field, { exact: true });
    await expect(input).toHaveAttribute('aria-invalid', 'true');
    await expect(input).toHaveAccessibleDescription(says);
    await expect(input).toHaveValue(typed);
    await expect(register.sheet).toBeVisible();
    await correct(register, field);
  });
}

async function correct(register: Register, field: string): Promise<void> {
  await register.sheet.getByLabel(field, { exact: true }).fill(field.endsWith('name') ? 'Anna' : '');
  await register.save();
  await expect(register.saved(ACCOUNT_NUMBER)).toBeVisible();
}

test('a customer without a name is an error at the name', async ({ register }) => {
  await register.fillNewCustomer({ Email: 'bez@varda.lv' });
  await register.save();
  await expect(register.sheet.locator('[aria-invalid="true"]').first()).toHaveAccessibleDescription(/name/i);
  await expect(register.sheet.getByLabel('Email', { exact: true })).toHaveValue('bez@varda.lv');
});

test('a lone surrogate is an error at the field', async ({ register }) => {
  await register.fillNewCustomer({ 'Last name': 'Puse' });
  const input = register.sheet.getByLabel('First name', { exact: true });
  await input.evaluate((field: HTMLInputElement) => {
    field.value = 'An\uD83Dna';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
  await register.save();
  await expect(input).toHaveAttribute('aria-invalid', 'true');
  await expect(register.sheet).toBeVisible();
});

test('markup and script are text in every field', async ({ register, page }) => {
  const hurt = () => page.evaluate(() => (window as { hurt?: number }).hurt);
  await register.find(MARKUP);
  expect(await hurt()).toBeUndefined();
  await register.create({ 'First name': '<b>Anna</b>', 'Last name': MARKUP }, ACCOUNT_NUMBER);
  await register.openCustomer('<b>Anna</b>');
  await expect(page.getByRole('heading', { name: '<b>Anna</b>' })).toContainText('<script>');
  await page.reload();
  await expect(page.getByRole('heading', { name: '<b>Anna</b>' })).toBeVisible();
  expect(await hurt()).toBeUndefined();
});

test('what was typed and not found is carried into the right field', async ({ register }) => {
  for (const [typed, field] of [
    ['2555 9191', 'Phone'],
    ['nekur@neviena.lv', 'Email'],
    ['Neatrastā', 'First name'],
  ]) {
    await register.find(typed!);
    await register.search.press('Enter');
    await expect(register.sheet.getByLabel(field!, { exact: true })).toHaveValue(typed!);
    await register.page.keyboard.press('Escape');
    await expect(register.sheet).toBeHidden();
  }
});
