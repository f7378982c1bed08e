// The main job: a customer made offline gets its account number, whatever happens to page and browser meanwhile.
import { expectNoGuid } from './guids.ts';
import { expect, test } from './kase.ts';
import type { ProfileBrowser } from './profile_browser.ts';
import { ACCOUNT_NUMBER, NUMBER_LIMIT_MS, OFFLINE_LIMIT_MS, Register, SIZES, type Typed, accountNumberIn } from './register.ts';

const LATVIAN = 'Kristiāna Elizabete Žubīte-Šķērsgrāve-Ņikiforova';
const ORGANIZATION = 'SIA „Ziemeļvidzemes Ķieģeļi”';
const CYRILLIC = 'Семён Йорданов';

const OFFLINE: [string, Typed][] = [
  [
    LATVIAN,
    { 'First name': 'Kristiāna Elizabete', 'Last name': 'Žubīte-Šķērsgrāve-Ņikiforova', Phone: '2555 0001' },
  ],
  [ORGANIZATION, { 'Organization name': ORGANIZATION, Email: 'birojs@kiegeli.lv' }],
  [CYRILLIC, { 'First name': 'Семён', 'Last name': 'Йорданов' }],
];

for (const [size, viewport] of Object.entries(SIZES)) {
  test(`on a ${size}, a customer made offline gets its account number without a touch, through a reload and a killed browser`, async ({
    profile,
    line,
  }) => {
    test.setTimeout(180_000);
    let register = await at(profile, viewport);

    await test.step('a new device becomes a register, and an operator signs in', async () => {
      await register.open(line.url);
      await register.canStartOffline();
      await expectNoGuid(register.page);
    });

    await test.step('the demo customers are found', async () => {
      await expect(register.results.first()).toBeVisible();
      await register.find('berzins');
      await expect(register.results.first()).toContainText(/B[ēe]rzi[ņn]/i);
      await expect(register.results.first()).toHaveAccessibleName(ACCOUNT_NUMBER);
      await expectNoGuid(register.page);
    });

    await test.step('online, in sync mode, the account number stands there at once', async () => {
      await register.create({ 'First name': 'Tiešsaistes', 'Last name': 'Pircēja' }, /Account number C-\d{7}/);
      await register.openCustomer('Tiešsaistes Pircēja');
      await expect(register.page.getByText('Pending sync')).toHaveCount(0);
      await expect(register.button('Edit')).toBeEnabled();
      await expectNoGuid(register.page);
    });

    await test.step('without a network it reads Offline within three seconds', async () => {
      await profile.context.setOffline(true);
      line.cut();
      await register.is('Offline', OFFLINE_LIMIT_MS);
    });

    await test.step('three customers are created, and each says where it is and what is closed', async () => {
      for (const [name, typed] of OFFLINE) {
        await register.go('Customers');
        await register.create(typed, /^Saved on this register/);
        await register.openCustomer(name);
        await register.showsPending();
        await expectNoGuid(register.page);
      }
    });

    await test.step('after a reload without a network the app starts, and they are there', async () => {
      await register.page.reload();
      await expect(register.search).toBeVisible();
      await register.is('Offline');
      await expectPending(register);
    });

    await test.step('after the browser was killed they are still there', async () => {
      await profile.kill();
      await profile.launch();
      await profile.context.setOffline(true);
      register = await at(profile, viewport);
      await register.page.goto(line.url);
      await expect(register.search).toBeVisible();
      await expectPending(register);
      await expectNoGuid(register.page);
    });

    await test.step('with the network back, the account numbers appear without a touch', async () => {
      await register.find(LATVIAN);
      await expect(register.result(LATVIAN)).toContainText('Pending sync');
      line.mend();
      await profile.context.setOffline(false);
      await expect(register.result(LATVIAN)).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: NUMBER_LIMIT_MS });
      await register.is('Online');
      const numbers = new Set<string>();
      for (const [name] of OFFLINE) {
        await register.find(name);
        await expect(register.result(name)).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: NUMBER_LIMIT_MS });
        await expect(register.result(name)).not.toContainText('Pending sync');
        numbers.add(accountNumberIn(await register.result(name).innerText()));
      }
      expect(numbers.size).toBe(OFFLINE.length);
      await expectNoGuid(register.page);
    });

    await test.step('editing opens, and works', async () => {
      await register.openCustomer(CYRILLIC);
      await register.button('Edit').click();
      await register.unfold('More about the customer');
      await register.fill({ 'Middle name': 'Петрович', Phone: '+371 2555 0003' });
      await register.save();
      await expect(register.sheet).toBeHidden();
      await expect(register.page.getByRole('heading', { name: 'Семён Петрович Йорданов' })).toBeVisible();
      await expect(register.page.getByText('+371 2555 0003').filter({ visible: true }).first()).toBeVisible();
    });

    await test.step('loyalty opens, and works', async () => {
      await register.openCustomer(LATVIAN);
      await register.button('Issue loyalty card').click();
      await register.save();
      await expect(register.page.getByText(/Loyalty card \S+ issued/)).toBeVisible();
      await expect(register.sheet).toBeHidden();
      await expectNoGuid(register.page);
    });
  });
}

/** A register in a window of this size. */
async function at(profile: ProfileBrowser, viewport: { width: number; height: number }): Promise<Register> {
  const page = await profile.page();
  await page.setViewportSize(viewport);
  return new Register(page);
}

async function expectPending(register: Register): Promise<void> {
  for (const [name] of OFFLINE) {
    await register.openCustomer(name);
    await register.showsPending();
  }
}
