// What can be done with a customer that has its account number.
import { expectNoGuid } from './guids.ts';
import { expect, test } from './kase.ts';
import { ACCOUNT_NUMBER, OFFLINE_LIMIT_MS, Register } from './register.ts';
import { expectWell } from './well.ts';

test('an address is added to a synced customer and found by it', async ({ register, page }) => {
  await register.create({ 'First name': 'Adresāte', 'Last name': 'Jaunā' }, ACCOUNT_NUMBER);
  await register.openCustomer('Adresāte Jaunā');
  await register.button('Add address').click();
  await register.fill({ Street: 'Mazā Nometņu iela 27', City: 'Rīga', 'Postal code': 'LV-1002' });
  await register.save();
  await expect(register.sheet).toBeHidden();
  await expect(page.getByText('Mazā Nometņu iela 27').first()).toBeVisible();
  await register.find('address: nometnu');
  await expect(register.result('Adresāte Jaunā')).toBeVisible();
  await expectNoGuid(page);
});

test('of two who edit the same, the second is told that a person decides, and sees it waiting', async ({
  register,
  line,
}) => {
  await register.create({ 'First name': 'Divreiz', 'Last name': 'Labota' }, ACCOUNT_NUMBER);
  const other = await register.beside();
  await other.page.goto(line.url);
  await other.openCustomer('Divreiz Labota');
  for (const tab of [register, other]) {
    if (tab === register) await tab.openCustomer('Divreiz Labota');
    await tab.button('Edit').click();
  }
  await other.fill({ 'Last name': 'Pirmā' });
  await other.save();
  await expect(other.page.getByText('Changes saved.')).toBeVisible();
  await register.fill({ 'Last name': 'Otrā' });
  await register.save();
  await expect(register.page.getByText(/^Not changed yet: somebody else/)).toBeVisible();
  await expectWell(register.page, 'held change');
  await register.go('Sync status');
  await expect(register.page.getByText(/looks at it before it takes effect/)).toBeVisible();
});

test('without a network, editing a synced customer is closed and says why', async ({ register, line }) => {
  await register.find('berzins');
  await register.results.first().click();
  await expect(register.button('Edit')).toBeEnabled();
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  for (const name of ['Edit', 'Add address', 'Issue loyalty card']) {
    await expect(register.button(name)).toBeDisabled();
    await expect(register.button(name)).toHaveAccessibleDescription(/offline/i);
  }
});

test('in async mode a new customer is pending for a moment, and no call to headquarters is waited for', async ({
  register,
  headquarters,
}) => {
  await headquarters.changeProfile('riga-centrs', { create_customer_async: true });
  await register.fillNewCustomer({ 'First name': 'Asinhronā', 'Last name': 'Pircēja' });
  await expect(register.sheet.getByText('Saved in the store, the account number follows.')).toBeVisible();
  await register.save();
  await expect(register.saved(/^Saved in the store/)).toBeVisible();
  await register.find('Asinhronā Pircēja');
  await expect(register.result('Asinhronā Pircēja')).toHaveAccessibleName(ACCOUNT_NUMBER);
});

test('a customer made at one register is found at another of the store', async ({ register, browser, line }) => {
  const context = await browser.newContext();
  const other = new Register(await context.newPage());
  await other.open(line.url, 'RIGA-2');
  await register.create({ 'First name': 'Divkasu', 'Last name': 'Staigule' }, ACCOUNT_NUMBER);
  await other.find('divkasu');
  await expect(other.result('Divkasu Staigule')).toHaveAccessibleName(ACCOUNT_NUMBER);
  await context.close();
});

test('a customer that waits is seen at another register with how far it is and since when', async ({
  register,
  headquarters,
  browser,
  line,
}) => {
  const context = await browser.newContext();
  const other = new Register(await context.newPage());
  await other.open(line.url, 'RIGA-2');
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.create({ 'First name': 'Gaidošais', 'Last name': 'Kaimiņš' }, /^Saved on this register/);
  // What it delivers waits for a person now.
  await headquarters.changeRegister('RIGA-1', { deactivated: true });
  line.mend();
  await expect.poll(() => headquarters.operations('review'), { timeout: 20_000 }).toHaveLength(1);
  await other.find('gaidosais');
  await other.openCustomer('Gaidošais Kaimiņš');
  const stages = other.page.getByRole('list', { name: 'Way to the account number' });
  await expect(stages.getByText('On its register')).toBeVisible();
  await expect(stages.getByText(/^(just now|\d+ s(econds)? ago), /i)).toBeVisible();
  await expectWell(other.page, 'pending at another register');
  await context.close();
});

test('a likely duplicate is hinted at and blocks nothing', async ({ register, page }) => {
  await register.create({ 'First name': 'Pirmais', 'Last name': 'Dubults', Phone: '2555 7001' }, ACCOUNT_NUMBER);
  await register.fillNewCustomer({ 'First name': 'Cits', 'Last name': 'Dubults', Phone: '25557001' });
  const hint = register.sheet.getByText('has this phone');
  await expect(hint).toBeVisible();
  await register.save();
  await expect(register.saved(ACCOUNT_NUMBER)).toBeVisible();
  await register.find('phone: 25557001');
  await expect(register.results).toHaveCount(2);
  await expect(page.locator('mark').first()).toBeVisible();
});

test('only a name is needed, and a scanner\'s Enter never saves', async ({ register, page }) => {
  await register.search.fill('Vienvārde');
  await page.keyboard.press('Enter');
  await expect(register.sheet.getByLabel('First name')).toHaveValue('Vienvārde');
  await register.sheet.getByLabel('Last name').press('Enter');
  await expect(register.sheet).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(register.saved(ACCOUNT_NUMBER)).toBeVisible();
  await expect(register.sheet).toBeHidden();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('typing into the search box leaves the details for the list', async ({ register, page }) => {
    await register.find('berzins');
    await register.results.first().click();
    await expect(register.button('Edit')).toBeVisible();
    await register.search.fill('kalnins');
    await expect(page.getByRole('list', { name: 'Customers found' })).toBeVisible();
  });
});

test('nothing comes from another host, and nothing is said on the console', async ({ page, line }) => {
  const others: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(line.url) && !request.url().startsWith('data:')) others.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  const register = new Register(page);
  await register.open(line.url);
  await register.create({ 'First name': 'Klusā', 'Last name': 'Daba' }, ACCOUNT_NUMBER);
  await register.go('Sync status');
  await register.go('Settings');
  await register.go('Customers');
  expect(others).toEqual([]);
  expect(errors).toEqual([]);
});
