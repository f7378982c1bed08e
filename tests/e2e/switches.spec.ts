// What is allowed while a customer is pending, as a person meets it: the chain's three switches, and fields that are
// held when headquarters drops out under a form.
import type { Page } from '@playwright/test';
import { expectNoGuid } from './guids.ts';
import type { Headquarters } from './headquarters.ts';
import { expect, test } from './kase.ts';
import { NUMBER_LIMIT_MS, OFFLINE_LIMIT_MS, type Register } from './register.ts';

const MORE = 'More about the customer';

/** The register has heard of the switches when what they open is there. */
async function switchOn(headquarters: Headquarters, register: Register, switches: string[]): Promise<void> {
  await headquarters.changeFeatures(Object.fromEntries(switches.map((name) => [name, true])));
  // The form says beforehand where it will be saved and what it may hold; offline it knows from the last exchange.
  await headquarters.changeProfile('riga-centrs', { create_customer_async: true });
  await register.newCustomer.click();
  await expect(register.sheet.getByText('Saved in the store, the account number follows.')).toBeVisible();
  await register.page.keyboard.press('Escape');
  await expect(register.sheet).toBeHidden();
}

/** What stands beside this word in the details. */
function said(page: Page, text: string) {
  return page.getByText(text, { exact: true }).filter({ visible: true }).first();
}

test('with all switches off, the form of a pending customer has no field that would be closed', async ({
  register,
  line,
}) => {
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.fillNewCustomer({ 'First name': 'Slēgtā' });
  await register.unfold(MORE);
  await expect(register.sheet.getByLabel('Middle name')).toBeVisible();
  await expect(register.sheet.getByLabel('Title', { exact: true })).toHaveCount(0);
  await expect(register.sheet.getByText('More contacts', { exact: true })).toHaveCount(0);
  await register.unfold('Address');
  await expect(register.sheet.getByLabel('Street')).toBeVisible();
  await expect(register.sheet.getByRole('button', { name: 'Add address' })).toHaveCount(0);
});

test('with enhanced creation and async addresses, they are in the form, and arrive', async ({
  register,
  line,
  headquarters,
  page,
}) => {
  await switchOn(headquarters, register, ['async_addresses', 'enhanced_creation']);
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.fillNewCustomer({ 'First name': 'Paplašinātā', 'Last name': 'Pircēja' });
  await register.unfold(MORE);
  await register.fill({ Title: 'Dr.' });
  await register.unfold('More contacts');
  await register.sheet.getByRole('button', { name: 'Add phone' }).click();
  await register.sheet.getByLabel('Another phone', { exact: true }).fill('2555 9001');
  await register.unfold('Address');
  await register.sheet.getByLabel('Street').fill('Brīvības iela 1');
  await register.sheet.getByRole('button', { name: 'Add address' }).click();
  await register.sheet.getByLabel('Street').nth(1).fill('Otrā iela 2');
  await register.save();
  await expect(register.saved(/^Saved on this register/)).toBeVisible();
  await register.openCustomer('Paplašinātā Pircēja');
  await expect(register.button('Edit')).toBeDisabled();
  await expect(register.button('Add address')).toBeEnabled();
  line.mend();
  await expect(register.button('Edit')).toBeEnabled({ timeout: NUMBER_LIMIT_MS });
  await register.find('phone: 25559001');
  await expect(register.result('Paplašinātā Pircēja')).toBeVisible();
  await register.result('Paplašinātā Pircēja').click();
  for (const text of ['Dr.', 'Brīvības iela 1', 'Otrā iela 2']) await expect(said(page, text)).toBeVisible();
  await expectNoGuid(page);
});

test('with async editing a pending customer can be edited, and still gets no card', async ({
  register,
  line,
  headquarters,
  page,
}) => {
  await switchOn(headquarters, register, ['async_addresses', 'enhanced_creation', 'async_editing']);
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.create({ 'First name': 'Labojamā', 'Last name': 'Pircēja' }, /^Saved on this register/);
  await register.openCustomer('Labojamā Pircēja');
  await register.button('Edit').click();
  await register.unfold(MORE);
  await register.fill({ 'Middle name': 'Vidus' });
  await register.save();
  await expect(page.getByRole('heading', { name: 'Labojamā Vidus Pircēja' })).toBeVisible();
  await expect(register.button('Issue loyalty card')).toBeDisabled();
  await expect(register.button('Issue loyalty card')).toHaveAccessibleDescription(/account number/);
  line.mend();
  await expect(register.button('Issue loyalty card')).toBeEnabled({ timeout: NUMBER_LIMIT_MS });
  await expect(page.getByRole('heading', { name: 'Labojamā Vidus Pircēja' })).toBeVisible();
  await expect.poll(() => headquarters.count('Labojamā Vidus Pircēja'), { timeout: NUMBER_LIMIT_MS }).toBe(1);
});

test('with async addresses a synced customer\'s new address waits by itself, and the customer does not', async ({
  register,
  line,
  headquarters,
  page,
}) => {
  await register.create({ 'First name': 'Sinhronā', 'Last name': 'Pircēja' }, /C-\d{7}/);
  await switchOn(headquarters, register, ['async_addresses']);
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.openCustomer('Sinhronā Pircēja');
  await expect(register.button('Edit')).toBeDisabled();
  await register.button('Add address').click();
  await register.fill({ Street: 'Gaidu iela 3', City: 'Rīga' });
  await register.save();
  await expect(register.sheet).toBeHidden();
  const address = page.locator('section').filter({ has: page.getByRole('heading', { name: /^Address/ }) });
  await expect(address.last().getByText('Gaidu iela 3')).toBeVisible();
  await expect(address.last().getByText('Pending sync')).toBeVisible();
  line.mend();
  await expect(address.last().getByText('Pending sync')).toHaveCount(0, { timeout: NUMBER_LIMIT_MS });
  await expect(address.last().getByText('Gaidu iela 3')).toBeVisible();
});

test('what was typed into closed fields before the network went is named, held, and sent', async ({
  register,
  line,
  page,
}) => {
  await register.fillNewCustomer({ 'First name': 'Aizturētā', 'Last name': 'Pircēja' });
  await register.unfold(MORE);
  await register.fill({ Title: 'Prof.' });
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await expect(register.sheet.getByLabel('Title', { exact: true })).toHaveValue('Prof.');
  await register.save();
  await expect(register.saved(/^Saved on this register.*wait until the account number is in: Title\./)).toBeVisible();
  await register.openCustomer('Aizturētā Pircēja');
  await register.showsPending();
  line.mend();
  await expect(register.button('Edit')).toBeEnabled({ timeout: NUMBER_LIMIT_MS });
  await expect(said(page, 'Prof.')).toBeVisible({ timeout: NUMBER_LIMIT_MS });
});
