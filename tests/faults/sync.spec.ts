// SIGKILL does not test that what was written reached the disk: the operating system keeps it. So it is watched that
// the server asks for it before it answers, and that every write of the app asks the browser for it.
import { execFileSync } from 'node:child_process';
import { expect, test } from '../e2e/kase.ts';
import { ACCOUNT_NUMBER, Register } from '../e2e/register.ts';
import { tell } from './figures.ts';
import { Ledger } from './ledger.ts';
import { Load } from './load.ts';
import { Random, SEED } from './plan.ts';
import { Shop } from './shop.ts';
import { type SystemCall, Trace } from './trace.ts';

const CUSTOMERS = 5;

/** Of the customers of this test, as the ledger calls them. */
const NAME = /s\d+w\d{6}/;

const WRITES = ['write', 'writev', 'pwrite64', 'sendto', 'sendmsg'];
const SYNCS = ['fsync', 'fdatasync'];

for (const [mode, asynchronous, places] of [
  ['in async mode, to the channel', true, ['riga-centrs']],
  ['in sync mode, to headquarters', false, ['riga-centrs', 'headquarters']],
] as const) {
  test(`the server answers "created" after it has synced its log: ${mode}`, async ({ server, headquarters }, testInfo) => {
    const missing = withoutStrace();
    if (missing) return test.skip(true, missing);
    await headquarters.changeProfile('riga-centrs', { create_customer_async: asynchronous });
    const shop = await Shop.open(server.url, 'RIGA-2', { ledger: new Ledger(`s${SEED}`), load: new Load(), random: new Random(SEED) });
    await expect(async () => {
      const status = (await shop.createOne())?.body.status;
      expect(status, 'the profile has reached the channel').toBe(asynchronous ? 'pending' : 'synced');
    }).toPass();
    const trace = await Trace.of(server.pid, testInfo.outputPath());
    for (let count = 0; count < CUSTOMERS; count += 1) await shop.createOne();
    const calls = await trace.calls();
    const answers = creations(calls);
    expect(answers.length).toBeGreaterThanOrEqual(CUSTOMERS);
    for (const { name, between } of answers) {
      for (const place of places) {
        const log = between.filter((call) => call.on.includes(place) && call.on.endsWith('-wal'));
        const written = log.find((call) => WRITES.includes(call.name) && call.text.includes(name));
        expect(written, `${name} is written to the log of ${place} before the answer`).toBeDefined();
        const synced = log.find(
          (call) => SYNCS.includes(call.name) && call.made > written!.back && call.text.endsWith(' = 0'),
        );
        expect(synced, `the log of ${place} is synced with ${name} in it before the answer`).toBeDefined();
      }
    }
    tell(testInfo, {
      part: `sync before the answer, ${mode}`,
      seen: [`${answers.length} answers of 201, each after its customer was written and synced in the log of ${places.join(' and ')}`],
    });
  });
}

/** For each creation, what came back between the reading of its request and the beginning of its answer. */
function creations(calls: SystemCall[]): { name: string; between: SystemCall[] }[] {
  const asked = new Map<string, { at: number; name: string }>();
  return calls.flatMap((call) => {
    // A request may come in two pieces, its head and its body.
    if (call.text.includes('POST /api/v1/customers')) asked.set(call.on, { at: call.back, name: '' });
    const request = asked.get(call.on);
    if (!request) return [];
    const name = NAME.exec(call.text)?.[0];
    if (name) Object.assign(request, { at: call.back, name });
    if (!call.text.includes('HTTP/1.1 201')) return [];
    asked.delete(call.on);
    const between = calls.filter(({ made, back }) => made > request.at && back < call.made);
    return [{ name: request.name, between }];
  });
}

function withoutStrace(): string | undefined {
  try {
    execFileSync('strace', ['-V'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'strace is not installed';
  }
}

test('every write of the app, from its activation to an account number, asks for strict durability', async ({ page, line }, testInfo) => {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { durabilities: seen });
    const transaction = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...given) {
      const made = transaction.apply(this, given);
      if (made.mode === 'readwrite') seen.push(made.durability);
      return made;
    };
  });
  const register = new Register(page);
  await register.open(line.url);
  await register.create({ 'First name': 'Visur', 'Last name': 'Stingrā' }, ACCOUNT_NUMBER);
  line.cut();
  await register.is('Offline', 10_000);
  await register.create({ 'First name': 'Arī', 'Last name': 'Bezsaistē' }, /^Saved on this register/);
  line.mend();
  await register.find('Arī Bezsaistē');
  await expect(register.result('Arī Bezsaistē')).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: 30_000 });
  const seen = await page.evaluate(() => (window as unknown as { durabilities: string[] }).durabilities);
  expect(seen.length).toBeGreaterThan(0);
  expect(new Set(seen)).toEqual(new Set(['strict']));
  tell(testInfo, { part: 'durability in the browser', seen: [`${seen.length} writing transactions, all of them strict`] });
});
