// How long it takes from the network's return to the account numbers on the screen: a reading, not a race.
import { expect, test } from './kase.ts';
import { OFFLINE_LIMIT_MS } from './register.ts';

/** Far above what it takes; the reading is printed. */
const LIMIT_MS = 60_000;

for (const waiting of [1, 20]) {
  test(`${waiting} waiting: all have their account numbers after the network is back`, async ({
    register,
    line,
    page,
  }, testInfo) => {
    test.setTimeout(180_000);
    line.cut();
    await register.is('Offline', OFFLINE_LIMIT_MS);
    for (let n = 1; n <= waiting; n++) {
      await register.create({ 'First name': `Laika${n}`, 'Last name': 'Mērītāja' }, /^Saved on this register/);
    }
    await register.find('Mērītāja');
    await expect(register.results).toHaveCount(waiting);
    const pending = page.getByRole('link').filter({ hasText: 'Pending sync' });
    await expect(pending).toHaveCount(waiting);

    const mended = Date.now();
    line.mend();
    await register.is('Online', LIMIT_MS);
    const online = Date.now();
    await expect(pending).toHaveCount(0, { timeout: LIMIT_MS });
    const numbered = Date.now();
    const reading = `${waiting} waiting: online after ${online - mended} ms, last number after ${numbered - mended} ms`;
    console.log(reading);
    testInfo.annotations.push({ type: 'create-to-number', description: reading });
  });
}
