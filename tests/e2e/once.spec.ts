// Always exactly one customer: double click, two tabs, a lost answer, a replay.
import { expect, test } from './kase.ts';
import { ACCOUNT_NUMBER, NUMBER_LIMIT_MS, OFFLINE_LIMIT_MS, Register } from './register.ts';

test('a double click on Save makes one customer', async ({ register, headquarters }) => {
  await register.fillNewCustomer({ 'First name': 'Dubultā', 'Last name': 'Klikšķe' });
  await register.sheet.getByRole('button', { name: 'Save' }).dblclick({ noWaitAfter: true });
  await expect(register.saved(ACCOUNT_NUMBER)).toBeVisible();
  await register.find('Dubultā Klikšķe');
  await expect(register.results.filter({ hasText: 'Dubultā Klikšķe' })).toHaveCount(1);
  expect(await headquarters.count('Dubultā Klikšķe')).toBe(1);
});

test('three presses at once make one customer offline', async ({ register, headquarters, line }) => {
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.fillNewCustomer({ 'First name': 'Trīskārša', 'Last name': 'Steiga' });
  await register.sheet.getByRole('button', { name: 'Save' }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
    button.click();
  });
  await expect(register.saved(/^Saved on this register/)).toBeVisible();
  line.mend();
  await register.find('Trīskārša Steiga');
  await expect(register.result('Trīskārša Steiga')).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: NUMBER_LIMIT_MS });
  await expect(register.results.filter({ hasText: 'Trīskārša Steiga' })).toHaveCount(1);
  expect(await headquarters.count('Trīskārša Steiga')).toBe(1);
});

test('an answer that is lost on its way makes one customer', async ({ register, headquarters, line }) => {
  await register.fillNewCustomer({ 'First name': 'Pazudusī', 'Last name': 'Atbilde' });
  line.become('deaf');
  await register.save();
  await expect(register.saved(/^Saved on this register/)).toBeVisible({ timeout: 20_000 });
  await expect.poll(() => headquarters.count('Pazudusī Atbilde')).toBe(1);
  line.mend();
  await register.find('Pazudusī Atbilde');
  await expect(register.result('Pazudusī Atbilde')).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: NUMBER_LIMIT_MS });
  await expect(register.results.filter({ hasText: 'Pazudusī Atbilde' })).toHaveCount(1);
  expect(await headquarters.count('Pazudusī Atbilde')).toBe(1);
});

test('what is corrected after a lost answer is the same customer, also where the register keeps nothing', async ({
  register,
  headquarters,
  line,
}) => {
  await headquarters.changeSchema('riga-centrs', { filter_shared_customer_data: true });
  await expect(register.page.getByText('This store keeps none on its registers')).toBeVisible();
  await register.fillNewCustomer({ 'First name': 'Kļūdaina', 'Last name': 'Vecā' });
  line.become('deaf');
  await register.save();
  await expect(register.sheet.getByRole('alert')).toContainText('did not answer in time', { timeout: 20_000 });
  await expect.poll(() => headquarters.count('Kļūdaina Vecā')).toBe(1);
  line.mend();
  await register.is('Online');
  await register.fill({ 'Last name': 'Jaunā' });
  await register.save();
  await expect(register.saved(ACCOUNT_NUMBER)).toBeVisible();
  expect(await headquarters.count('Kļūdaina')).toBe(1);
  expect(await headquarters.count('Kļūdaina Jaunā')).toBe(1);
});

test('two tabs show the same, and both may record', async ({ register, line, headquarters }) => {
  const other = await register.beside();
  await other.page.goto(line.url);
  await other.is('Online');
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await other.is('Offline', OFFLINE_LIMIT_MS);
  await Promise.all([
    register.create({ 'First name': 'Pirmā', 'Last name': 'Cilne' }, /^Saved on this register/),
    other.create({ 'First name': 'Otrā', 'Last name': 'Cilne' }, /^Saved on this register/),
  ]);
  for (const tab of [register, other]) {
    await tab.find('cilne');
    await expect(tab.results).toHaveCount(2);
  }
  const references = await register.results.allInnerTexts();
  expect(new Set(references.map((text) => /R\d+-\d{4}/.exec(text)?.[0])).size).toBe(2);
  line.mend();
  for (const tab of [register, other]) {
    for (const name of ['Pirmā Cilne', 'Otrā Cilne']) {
      await expect(tab.result(name)).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: NUMBER_LIMIT_MS });
    }
  }
  expect(await headquarters.count('Cilne')).toBe(2);
});

test('the tab that leads is closed, and the other takes over', async ({ register, line }) => {
  const other = await register.beside();
  await other.page.goto(line.url);
  await other.is('Online');
  line.cut();
  await other.is('Offline', OFFLINE_LIMIT_MS);
  await register.create({ 'First name': 'Aizvērtā', 'Last name': 'Cilne' }, /^Saved on this register/);
  await register.page.close();
  line.mend();
  await other.find('Aizvērtā Cilne');
  await expect(other.result('Aizvērtā Cilne')).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: NUMBER_LIMIT_MS });
});
