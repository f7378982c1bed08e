// The connection is shown honestly, changes at any moment, and takes nothing typed with it.
import { Headquarters } from './headquarters.ts';
import { expect, test } from './kase.ts';
import { Line } from './line.ts';
import { ACCOUNT_NUMBER, NUMBER_LIMIT_MS, OFFLINE_LIMIT_MS, Register } from './register.ts';
import { KaseServer } from './server.ts';

test('a line that is cut reads Offline within three seconds, and Online again when it is mended', async ({
  register,
  line,
}) => {
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  line.mend();
  await register.is('Online');
});

test('a line on which nothing ever comes reads Offline within three seconds', async ({ register, line }) => {
  line.become('silent');
  await register.is('Offline', OFFLINE_LIMIT_MS);
  line.mend();
  await register.is('Online');
});

test('a sign-in page of a hotel is not online', async ({ register, line }) => {
  line.become('hotel');
  await register.is('Offline', OFFLINE_LIMIT_MS);
  // The gate answers each request with 200 all the while.
  await register.create({ 'First name': 'Viesnīcas', 'Last name': 'Viesis' }, /^Saved on this register/);
  await register.is('Offline');
  line.mend();
  await register.find('Viesnīcas Viesis');
  await expect(register.result('Viesnīcas Viesis')).toHaveAccessibleName(ACCOUNT_NUMBER, {
    timeout: NUMBER_LIMIT_MS,
  });
});

test('what the browser says of its network is a hint only', async ({ register, page }) => {
  await page.evaluate(() => window.dispatchEvent(new Event('offline')));
  await register.create({ 'First name': 'Tomēr', 'Last name': 'Sasniegts' }, ACCOUNT_NUMBER);
  await register.is('Online');
});

test('a server that is killed and started again gets what waited', async ({ register, server }) => {
  await server.kill();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.create({ 'First name': 'Pēc', 'Last name': 'Strāvas' }, /^Saved on this register/);
  await server.restart();
  await register.find('Pēc Strāvas');
  await expect(register.result('Pēc Strāvas')).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: 20_000 });
});

test('a server that is stopped ends its open streams and takes its leave', async ({ register, server }) => {
  await server.stop();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await server.restart();
  await register.is('Online', 20_000);
});

test('the network goes in the middle of a form and nothing typed is lost', async ({ register, line }) => {
  await register.fillNewCustomer({ 'First name': 'Pusceļā', 'Last name': 'Tīkliņš', Phone: '2555 0101' });
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await expect(register.sheet.getByLabel('First name')).toHaveValue('Pusceļā');
  await expect(register.sheet.getByLabel('Phone', { exact: true })).toHaveValue('2555 0101');
  await register.save();
  await expect(register.saved(/^Saved on this register/)).toBeVisible();
  line.mend();
  await register.find('Tīkliņš');
  await expect(register.result('Tīkliņš')).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: NUMBER_LIMIT_MS });
});

test('what waits is listed with its reason, and Retry now sends it', async ({ register, line, page }) => {
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.create({ 'First name': 'Gaidošā', 'Last name': 'Rinda' }, /^Saved on this register/);
  await register.go('Sync status');
  await expect(page.getByText('New customer').first()).toBeVisible();
  await expect(page.getByText(/goes on by itself when the store’s server answers again/).first()).toBeVisible();
  await expect(register.button('Export')).toBeVisible();
  line.mend();
  await register.button('Retry now').click();
  await expect(page.getByText('Nothing waits', { exact: true })).toBeVisible({ timeout: NUMBER_LIMIT_MS });
});

test('a register never tells of customers before it was activated', async ({ page, line }) => {
  await page.goto(line.url);
  await expect(page.getByRole('button', { name: 'Activate' })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('searchbox')).toHaveCount(0);
  await page.getByLabel('Register', { exact: true }).fill('RIGA-1');
  await page.getByLabel('Activation code').fill('demo-riga-2');
  await page.getByRole('button', { name: 'Activate' }).click();
  await expect(page.getByRole('alert')).toContainText('does not belong to this register');
});

test('a wrong PIN is refused in words', async ({ page, line }) => {
  const register = new Register(page);
  await page.goto(line.url);
  await register.activate();
  await page.getByLabel('Operator').fill('1001');
  await page.getByLabel('PIN', { exact: true }).fill('111111');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('PIN is wrong');
  await register.signIn();
});

test('with roles apart, headquarters out of reach is said, and the store goes on by itself', async ({ page }) => {
  test.setTimeout(120_000);
  const server = await KaseServer.start({ apart: { role: 'headquarters' } });
  const toHeadquarters = await Line.to(server.url);
  let channel: KaseServer | undefined;
  try {
    const enrolment = await (await Headquarters.signIn(server.url)).enrol('riga-centrs');
    const apart = { role: 'channel', headquartersUrl: toHeadquarters.url, enrolment } as const;
    channel = await KaseServer.start({ apart });
    const register = new Register(page);
    await register.open(channel.url);

    toHeadquarters.cut();
    await register.is('Headquarters out of reach');
    await register.create({ 'First name': 'Veikala', 'Last name': 'Pircējs' }, /^Saved in the store/);
    await register.openCustomer('Veikala Pircējs');
    await register.showsPending();
    await expect(page.getByRole('list', { name: 'Way to the account number' })).toContainText('In the channel');

    await register.openCustomer('Bērziņ');
    await expect(register.button('Edit')).toBeDisabled();
    await expect(register.button('Edit')).toHaveAccessibleDescription(/headquarters/i);

    toHeadquarters.mend();
    await register.is('Online');
    await register.find('Veikala Pircējs');
    await expect(register.result('Veikala Pircējs')).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: 20_000 });
  } finally {
    await channel?.dispose();
    await toHeadquarters.close();
    await server.dispose();
  }
});
