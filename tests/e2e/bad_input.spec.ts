// Bad input gets a clear error at the field, and nothing is lost.
import type { Locator } from '@playwright/test';
import { expect, test } from './kase.ts';
import { ACCOUNT_NUMBER, type Register } from './register.ts';

const MARKUP = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>';

const SECTIONS = ['Address', 'More contacts', 'Receipts and language', 'More about the customer', 'Attributes'];

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

test('what cannot be is an error at its field, until it is corrected', async ({ register }) => {
  await register.fillNewCustomer({ 'First name': 'Anna', 'Last name': 'Kļūdiņa' });
  for (const { what, field, typed, says } of BAD) {
    await test.step(`${what} in ${field}`, async () => {
      const input = register.sheet.getByLabel(field, { exact: true });
      const before = await input.inputValue();
      await input.fill(typed);
      await register.save();
      await expect(input).toHaveAttribute('aria-invalid', 'true');
      await expect(input).toHaveAccessibleDescription(says);
      await expect(input).toHaveValue(typed);
      await expect(register.sheet.locator('[aria-invalid="true"]')).toHaveCount(1);
      await input.fill(before);
      await expect(input).not.toHaveAttribute('aria-invalid', 'true');
    });
  }
  await register.save();
  await expect(register.saved(ACCOUNT_NUMBER)).toBeVisible();
});

test('a customer without a name is an error at the name', async ({ register }) => {
  await register.fillNewCustomer({ Email: 'bez@varda.lv' });
  await register.save();
  await expect(register.sheet.locator('[aria-invalid="true"]').first()).toHaveAccessibleDescription(/name/i);
  await expect(register.sheet.getByLabel('Email', { exact: true })).toHaveValue('bez@varda.lv');
});

test('what is text nowhere is an error at every field of the form, and stays there to be corrected', async ({ register }) => {
  const fields = await everyField(register);
  for (const { what, typed } of [
    { what: 'ten thousand characters', typed: 'ā'.repeat(10_000) },
    { what: 'a control character', typed: 'An\u0007na' },
    { what: 'a lone surrogate', typed: 'An\uD83Dna' },
  ]) {
    await test.step(what, async () => {
      const names = await typeInto(fields, typed);
      await register.save();
      await expect(register.sheet).toBeVisible();
      for (const [at, name] of names.entries()) {
        await expect.soft(fields.nth(at), name).toHaveAttribute('aria-invalid', 'true');
        await expect.soft(fields.nth(at), name).toHaveAccessibleDescription(/\S/);
      }
      // A browser gives the half of a pair to nobody as it is.
      if (typed.isWellFormed()) for (const field of await fields.all()) await expect.soft(field).toHaveValue(typed);
      await typeInto(fields, '');
      await expect(register.sheet.locator('[aria-invalid="true"]')).toHaveCount(1);
    });
  }
});

test('markup and script are text in every field', async ({ register, page }) => {
  const hurt = () => page.evaluate(() => (window as { hurt?: number }).hurt);
  await register.find(MARKUP);
  expect(await hurt()).toBeUndefined();
  const fields = await everyField(register);
  const names = await typeInto(fields, MARKUP);
  await register.save();
  // What has a form of its own, a phone for one, takes no markup; every other field does.
  const closed = await Promise.all((await fields.all()).map((field) => field.getAttribute('aria-invalid')));
  for (const [at, invalid] of closed.entries()) if (invalid === 'true') await fields.nth(at).fill('');
  expect(names.filter((_, at) => closed[at] !== 'true').length, names.join()).toBeGreaterThan(12);
  await register.sheet.getByLabel('First name', { exact: true }).fill('<b>Anna</b>');
  await register.save();
  await expect(register.saved(ACCOUNT_NUMBER)).toBeVisible();
  await register.openCustomer('<b>Anna</b>');
  await expect(page.getByRole('heading', { name: '<b>Anna</b>' })).toContainText('<script>');
  await expect(page.locator('article').getByText(MARKUP).nth(8)).toBeAttached();
  await page.reload();
  await expect(page.getByRole('heading', { name: '<b>Anna</b>' })).toBeVisible();
  expect(await page.locator('article script, article img').count()).toBe(0);
  expect(await hurt()).toBeUndefined();
});

/** Opens the form with all that folds out, and gives the fields into which somebody can type. */
async function everyField(register: Register): Promise<Locator> {
  await register.newCustomer.click();
  await expect(register.sheet).toBeVisible();
  for (const section of SECTIONS) await register.unfold(section);
  await register.sheet.getByRole('button', { name: 'Add email' }).click();
  await register.sheet.getByRole('button', { name: 'Add phone' }).click();
  const fields = register.sheet.locator('input:not([type=radio]):not([type=checkbox]):not([type=hidden])');
  await expect(fields.nth(20)).toBeVisible();
  return fields;
}

/** Types the same into each; tells what they are called. */
async function typeInto(fields: Locator, typed: string): Promise<string[]> {
  return fields.evaluateAll((inputs, typed) => {
    const type = (input: HTMLInputElement) => {
      input.value = typed;
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      return input.labels?.[0]?.textContent ?? '';
    };
    return (inputs as HTMLInputElement[]).map(type);
  }, typed);
}

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
