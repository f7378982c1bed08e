// Who may work at a register: activation, sessions that end, registers that the channel does not take as before.
import { Headquarters } from './headquarters.ts';
import { expect, test } from './kase.ts';
import { ACCOUNT_NUMBER, NUMBER_LIMIT_MS, OFFLINE_LIMIT_MS, Register } from './register.ts';

test('a kiosk is no point of sale, and the screen says so', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Register', { exact: true }).fill('KIOSK-1');
  await page.getByLabel('Activation code').fill('demo-kiosk-1');
  await page.getByRole('button', { name: 'Activate' }).click();
  await expect(page.getByRole('alert')).toContainText('This is a kiosk');
  await new Register(page).activate('RIGA-1');
});

test('two tabs that are both asked to activate become one register', async ({ context, page, line }) => {
  let activations = 0;
  context.on('request', (request) => (activations += request.url().endsWith('/devices/activate') ? 1 : 0));
  const first = new Register(page);
  const second = await first.beside();
  for (const { page } of [first, second]) await page.goto(line.url);
  await expect(second.page.getByLabel('Activation code')).toBeVisible();
  await first.activate('RIGA-1');
  await second.activate('RIGA-2');
  expect(activations).toBe(1);
  await expect(second.page.getByText('Register RIGA-1')).toBeVisible();
});

test('a session that ends asks for sign-in, and what is typed stays', async ({ page, line, request }) => {
  const register = new Register(page);
  await page.goto('/');
  await register.activate();
  const signedIn = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/sessions'));
  await register.signIn();
  const { session_token } = await (await signedIn).json();
  await register.fillNewCustomer({ 'First name': 'Aizmirstā', 'Last name': 'Sesija' });
  const headers = { Authorization: `Bearer ${session_token}` };
  expect((await request.delete(`${line.url}/api/v1/sessions/current`, { headers })).status()).toBe(204);
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  line.mend();
  await expect(page.getByText('Your session has ended')).toBeVisible({ timeout: NUMBER_LIMIT_MS });
  await register.save();
  await expect(register.saved(ACCOUNT_NUMBER)).toBeVisible();
  await page.getByRole('button', { name: 'Sign in' }).first().click();
  await register.sheet.getByLabel('Operator').fill('1001');
  await register.sheet.getByLabel('PIN', { exact: true }).fill('246810');
  await register.sheet.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Your session has ended')).toBeHidden();
});

test('a register that its channel forgot keeps what it holds, and delivers it once it is activated again', async ({
  register,
  server,
  line,
  demo,
}) => {
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.create({ 'First name': 'Aizmirstā', 'Last name': 'Kase' }, /^Saved on this register/);
  await server.restartAnew(demo);
  line.mend();
  const notice = register.page.getByText('does not know this register any more');
  await expect(notice).toBeVisible({ timeout: NUMBER_LIMIT_MS });
  await register.create({ 'First name': 'Vēl', 'Last name': 'Viena' }, /^Saved on this register/);
  await register.button('Activate again').click();
  await register.sheet.getByLabel('Activation code').fill('wrong');
  await register.sheet.getByRole('button', { name: 'Activate' }).click();
  await expect(register.sheet.getByRole('alert')).toContainText('does not belong to this register');
  await register.sheet.getByLabel('Activation code').fill('demo-riga-1');
  await register.sheet.getByRole('button', { name: 'Activate' }).click();
  await expect(notice).toBeHidden();
  const headquarters = await Headquarters.signIn(server.url);
  for (const name of ['Aizmirstā Kase', 'Vēl Viena']) {
    await register.find(name);
    await expect(register.result(name)).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: NUMBER_LIMIT_MS });
    await expect.poll(() => headquarters.count(name)).toBe(1);
  }
});

test('a register that is deactivated while it is away delivers for review, and creates nothing more', async ({
  register,
  headquarters,
  line,
}) => {
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.create({ 'First name': 'Pēdējais', 'Last name': 'Klients' }, /^Saved on this register/);
  await headquarters.changeRegister('RIGA-1', { deactivated: true });
  line.mend();
  await register.is('Online');
  await expect(register.page.getByText('Headquarters has deactivated this register').first()).toBeVisible();
  await expect.poll(() => headquarters.operations('review')).toHaveLength(1);
  await register.find('Agnese');
  await expect(register.results).toHaveCount(0);
  await expect(register.newCustomer).toBeDisabled();
  await expect(register.newCustomer).toHaveAccessibleDescription(/creates no customers/);
  await expect(register.page.getByText('No customers are kept here any more')).toBeVisible();
  await expect(register.page.getByText('No customer matches')).toHaveCount(0);

  await register.button('Activate again').click();
  await register.sheet.getByLabel('Activation code').fill('demo-riga-1');
  await register.sheet.getByRole('button', { name: 'Activate' }).click();
  await expect(register.sheet.getByRole('alert')).toContainText('Headquarters has deactivated this register');
  await register.page.keyboard.press('Escape');

  const [waiting] = await headquarters.operations('review');
  await headquarters.synchronize(waiting!);
  await headquarters.changeRegister('RIGA-1', { deactivated: false });
  await expect(register.page.getByText('Headquarters has deactivated this register')).toHaveCount(0);
  await register.find('Pēdējais Klients');
  await expect(register.result('Pēdējais Klients')).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: NUMBER_LIMIT_MS });
  expect(await headquarters.count('Pēdējais Klients')).toBe(1);
});

test('offline, who signed out cannot sign in, and the register creates customers all the same', async ({
  register,
  headquarters,
  line,
}) => {
  const { page } = register;
  line.cut();
  await register.is('Offline', OFFLINE_LIMIT_MS);
  await register.go('Settings');
  await expect(page.getByText('nobody can sign in until the connection is back')).toBeVisible();
  await register.button('Sign out').click();
  await expect(page.getByText("Signing in needs the store's server")).toBeVisible();
  await register.button('Go on without signing in').click();
  await register.go('Customers');
  await expect(page.getByText('Nobody is signed in.')).toBeVisible();
  await register.create({ 'First name': 'Bez', 'Last name': 'Operatora' }, /^Saved on this register/);
  line.mend();
  // As soon as somebody can sign in, somebody has to.
  await expect(page.getByLabel('Operator')).toBeVisible({ timeout: NUMBER_LIMIT_MS });
  await register.signIn();
  await expect(page.getByText('Nobody is signed in.')).toBeHidden();
  await register.find('Bez Operatora');
  await expect(register.result('Bez Operatora')).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: NUMBER_LIMIT_MS });
  expect(await headquarters.count('Bez Operatora')).toBe(1);
});

test('signing out in one tab leaves what is being typed in another', async ({ register, line }) => {
  const other = await register.beside();
  await other.page.goto(line.url);
  await expect(other.search).toBeVisible();
  await other.fillNewCustomer({ 'First name': 'Pusrakstīta', 'Last name': 'Veidlapa' });
  await register.go('Settings');
  await register.button('Sign out').click();
  await expect(register.page.getByLabel('Operator')).toBeVisible();
  // Signing in leads back to where the work was; the test's hands expect the search there.
  await register.page.goto(line.url);
  await expect(other.page.getByText('Nobody is signed in.')).toBeVisible();
  await other.save();
  // With the form gone, the sign-out is this tab's too.
  await expect(other.page.getByLabel('Operator')).toBeVisible();
  await register.signIn();
  await other.find('Pusrakstīta');
  await expect(other.result('Pusrakstīta Veidlapa')).toHaveAccessibleName(ACCOUNT_NUMBER);
  await register.go('Settings');
  await register.button('Sign out').click();
  await expect(other.page.getByLabel('Operator')).toBeVisible();
});
