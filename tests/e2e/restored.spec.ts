// The whole installation is lost and comes back from a backup: what was made since comes back from the registers.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Headquarters } from './headquarters.ts';
import { expect, test } from './kase.ts';
import { ACCOUNT_NUMBER, NUMBER_LIMIT_MS, OFFLINE_LIMIT_MS } from './register.ts';

test('a customer made after the backup is at headquarters again with the same number', async ({
  register,
  server,
  line,
}) => {
  test.setTimeout(120_000);
  const folder = await mkdtemp(join(tmpdir(), 'kase-backup-'));
  try {
    const backup = join(folder, 'monday');
    await server.backUp(backup);
    await register.create({ 'First name': 'Atgrieztā', 'Last name': 'Pircēja' }, /Account number C-\d{7}/);
    await register.openCustomer('Atgrieztā Pircēja');
    const number = ACCOUNT_NUMBER.exec(await register.page.locator('main').innerText())?.[0];
    line.cut();
    await register.is('Offline', OFFLINE_LIMIT_MS);
    await server.restoreAnew(backup);
    const headquarters = await Headquarters.signIn(server.url);
    expect(await headquarters.customers('Atgrieztā'), 'nobody but the register has it').toEqual([]);

    line.mend();
    await register.is('Online');
    const held = async () => (await headquarters.customers('Atgrieztā')).map((customer) => customer.number);
    await expect.poll(held, { timeout: 2 * NUMBER_LIMIT_MS }).toEqual([number]);
    await register.go('Sync status');
    await expect(register.page.getByText('Nothing waits')).toBeVisible({ timeout: NUMBER_LIMIT_MS });
    await register.find('Atgrieztā');
    await expect(register.result('Atgrieztā')).toContainText(number!);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
