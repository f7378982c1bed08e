// Attributes and groups, as headquarters defined them: typed, checked at the field, and read in either language.
import type { Locator, Page } from '@playwright/test';
import { expectNoGuid } from './guids.ts';
import { expect, test } from './kase.ts';
import { ACCOUNT_NUMBER, NUMBER_LIMIT_MS, OFFLINE_LIMIT_MS, Register } from './register.ts';
import { expectWell } from './well.ts';

/** The value that stands beside a name in the details. */
function fact(page: Page, name: string): Locator {
  return page.locator('.key-value').filter({ has: page.getByRole('term').getByText(name, { exact: true }) }).getByRole('definition');
}

async function speak(register: Register, language: 'English' | 'Latviešu'): Promise<void> {
  const { page } = register;
  await page.getByRole('navigation').getByRole('link', { name: /Settings|Iestatījumi/ }).click();
  await page.getByText(language, { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', language === 'English' ? 'en' : 'lv');
  await page.goBack();
}

async function fillAttributes(register: Register): Promise<void> {
  const { sheet } = register;
  await register.unfold('Attributes');
  await expect(sheet.getByLabel('Newsletter by post')).toHaveValue('no');
  await expect(sheet.getByLabel('Newsletter by post')).toHaveAccessibleDescription(/four times a year/);
  await register.fill({ 'Shoe size (EU)': '43', 'Highest discount (%)': '12,5', 'Contact person': 'Žanete Ķēniņa' });
  await sheet.getByLabel('Favourite category').selectOption({ label: 'Home' });
}

async function expectAttributesInBothLanguages(register: Register): Promise<void> {
  const { page } = register;
  await expect(fact(page, 'Shoe size')).toHaveText('43 EU');
  await expect(fact(page, 'Favourite category')).toHaveText('Home');
  await expect(fact(page, 'Newsletter by post')).toHaveText('No');
  await expect(fact(page, 'Highest discount')).toHaveText('12.5 %');
  await expect(fact(page, 'Contact person')).toHaveText('Žanete Ķēniņa');
  await expect(fact(page, 'Customer group')).toHaveText('Best customers');
  await speak(register, 'Latviešu');
  await expect(fact(page, 'Apavu izmērs')).toHaveText('43 EU');
  await expect(fact(page, 'Iecienītākā preču grupa')).toHaveText('Mājai');
  await expect(fact(page, 'Jaunumi pa pastu')).toHaveText('Nē');
  await expect(fact(page, 'Lielākā atlaide')).toHaveText('12,5 %');
  await expectNoGuid(page);
}

async function chooseGroup(register: Register): Promise<void> {
  await register.unfold('More about the customer');
  await register.sheet.getByLabel('Customer group').selectOption({ label: 'Best customers' });
}

test('a bad value is told at its field, and the customer that is made has its attributes', async ({ register, page }) => {
  await register.fillNewCustomer({ 'First name': 'Atribūtija', 'Last name': 'Vērtīgā' });
  await fillAttributes(register);
  await chooseGroup(register);
  const size = register.sheet.getByLabel('Shoe size (EU)');
  const discount = register.sheet.getByLabel('Highest discount (%)');
  await expect(size).toHaveAccessibleDescription('Between 15 and 55');
  for (const [typed, says] of [['99', /Outside the range allowed Between 15 and 55/], ['43.5', /whole number/], ['big', /whole number/]] as const) {
    await size.fill(typed);
    await size.press('Tab');
    await expect(size).toHaveAttribute('aria-invalid', 'true');
    await expect(size).toHaveAccessibleDescription(says);
    await expect(size).toHaveValue(typed);
  }
  await discount.fill('much');
  await register.save();
  await expect(register.sheet.getByRole('alert')).toContainText('2');
  await expect(size).toBeFocused();
  await expect(discount).toHaveAccessibleDescription(/Enter a number/);
  await expectWell(page, 'attributes with errors');
  await size.fill('43');
  await discount.fill('12,5');
  await register.save();
  await expect(register.saved(ACCOUNT_NUMBER)).toBeVisible();
  await register.openCustomer('Atribūtija Vērtīgā');
  await expectAttributesInBothLanguages(register);
});

test('a fold-out with a bad value opens by itself', async ({ register }) => {
  await register.fillNewCustomer({ 'First name': 'Aizlocīta' });
  await register.unfold('Attributes');
  await register.fill({ 'Shoe size (EU)': '7' });
  await register.unfold('Attributes');
  await expect(register.sheet.getByLabel('Shoe size (EU)')).toBeHidden();
  await register.save();
  await expect(register.sheet.getByLabel('Shoe size (EU)')).toBeFocused();
});

test('a customer made offline keeps its attributes through the sync, and can be edited then', async ({
  register,
  line,
  page,
}) => {
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.fillNewCustomer({ 'First name': 'Bezsaiste', 'Last name': 'Vērtīgā' });
  await fillAttributes(register);
  await chooseGroup(register);
  await register.save();
  await expect(register.saved(/^Saved on this register/)).toBeVisible();
  await register.openCustomer('Bezsaiste Vērtīgā');
  await expect(fact(page, 'Shoe size')).toHaveText('43 EU');
  line.mend();
  await expect(register.button('Edit')).toBeEnabled({ timeout: NUMBER_LIMIT_MS });
  await expectAttributesInBothLanguages(register);

  await speak(register, 'English');
  await register.button('Edit').click();
  await register.unfold('Attributes');
  await expect(register.sheet.getByLabel('Highest discount (%)')).toHaveValue('12.5');
  await register.fill({ 'Highest discount (%)': '7.25', 'Contact person': '' });
  await register.save();
  await expect(register.sheet).toBeHidden();
  await expect(fact(page, 'Highest discount')).toHaveText('7.25 %');
  await expect(fact(page, 'Contact person')).toHaveCount(0);
});

test('a definition that is changed at headquarters reaches the form, and old values stay', async ({
  register,
  headquarters,
  page,
}) => {
  await register.fillNewCustomer({ 'First name': 'Vecvērte' });
  await register.unfold('Attributes');
  await register.fill({ 'Shoe size (EU)': '50' });
  await register.save();
  await expect(register.saved(ACCOUNT_NUMBER)).toBeVisible();
  await headquarters.changeAttribute('shoe_size', { most: 40, label: { en: 'Size of shoe' } });
  await headquarters.removeAttribute('newsletter_by_post');
  await register.openCustomer('Vecvērte');
  await expect(fact(page, 'Size of shoe')).toHaveText('50 EU');
  await expect(fact(page, 'newsletter_by_post')).toHaveText('No');
  await register.button('Edit').click();
  await register.fill({ Email: 'vec@verte.lv' });
  await register.save();
  await expect(register.sheet).toBeHidden();
  await expect(page.getByText('vec@verte.lv').first()).toBeVisible();
  await register.button('Edit').click();
  await register.unfold('Attributes');
  await register.fill({ 'Size of shoe (EU)': '49' });
  await register.save();
  await expect(register.sheet.getByLabel('Size of shoe (EU)')).toHaveAccessibleDescription(/Between 15 and 40/);
});
