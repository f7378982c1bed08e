// The network breaks in every way while two tabs of a register and a web shop create customers through it. Nothing is
// lost, doubled or damaged, and no answer of somebody else is taken for the server's.
import { Headquarters } from '../e2e/headquarters.ts';
import { expect, test } from '../e2e/kase.ts';
import type { LineState } from '../e2e/line.ts';
import { ACCOUNT_NUMBER, Register } from '../e2e/register.ts';
import { Desk } from './desk.ts';
import { tell } from './figures.ts';
import { Ledger } from './ledger.ts';
import { Load } from './load.ts';
import { KILLS, Random, SEED } from './plan.ts';
import { RoughLine, type Roughness } from './rough_line.ts';
import { Shop } from './shop.ts';

/** Every fault comes so often: once in the bounded part, and with the length of a full run. */
const ROUNDS = Math.max(1, Math.round(KILLS / 40));

/** So many customers are told that they are saved while one fault lasts, and as many after it. */
const TOLD = ROUNDS > 1 ? 3 : 1;

const ROUGH: Roughness[] = ['stalls', 'resets', 'truncates', 'corrupts answers', 'corrupts requests'];
const BROKEN: LineState[] = ['cut', 'silent', 'deaf', 'hotel'];

const DRAIN_LIMIT_MS = 120_000;

test('a network that breaks in every way loses, doubles and damages nothing', async ({ page, context, server }, testInfo) => {
  test.setTimeout(300_000 + ROUNDS * (ROUGH.length + BROKEN.length + 1) * 120_000);
  const [ledger, load, random] = [new Ledger(`n${SEED}`), new Load(), new Random(SEED + 3)];
  const rough = await RoughLine.to(server.url, random);
  const shop = await Shop.open(server.url, 'RIGA-2', { ledger, load, random: new Random(SEED + 4) }, rough.line.url);
  try {
    const first = new Register(page);
    await first.open(rough.line.url);
    await first.canStartOffline();
    const second = new Register(await context.newPage());
    await second.page.goto(rough.line.url);
    await second.is('Online');
    const desks = [first, second].map((register) => new Desk(register, ledger, load));
    const working = Promise.all(desks.map((desk) => desk.run()));
    // What goes wrong is told when it ends.
    working.catch(() => {});
    shop.work();
    const told = async () => {
      for (let count = 0; count < TOLD; count += 1) await Promise.race([load.next('told'), working]);
    };
    await test.step('a server that is killed', async () => {
      await server.kill();
      await told();
      await server.restart();
      await told();
    });
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const roughness of ROUGH) {
        await test.step(`a line that ${roughness}`, async () => {
          rough.become(roughness);
          await told();
          rough.become('smooth');
          await told();
        });
      }
      for (const state of BROKEN) {
        await test.step(`a line that is ${state}`, async () => {
          rough.line.become(state);
          await told();
          rough.become('smooth');
          await told();
        });
      }
    }
    for (const desk of desks) desk.close();
    await working;
    await shop.close();
    for (const desk of desks) await desk.drain(DRAIN_LIMIT_MS);
    const verdict = await ledger.judge(await Headquarters.signIn(server.url));
    const failures = desks.flatMap((desk) => desk.work.failures);
    const seen = [
      `${ROUNDS} × ${[...ROUGH, ...BROKEN].join(', ')}; the server killed`,
      `${verdict.unacknowledgedFound} came through whose answer was lost`,
      ...failures.map((said) => `a form said: ${said}`),
    ];
    tell(testInfo, { part: 'network', kills: { server: 1 }, verdict, seen });
    expect(verdict.suspects).toEqual([]);
    expect(verdict).toMatchObject({ lost: 0, doubled: 0, damaged: 0 });
    expect(verdict.acknowledged.register).toBeGreaterThan(0);
    expect(verdict.acknowledged.api).toBeGreaterThan(0);
  } finally {
    await rough.line.close();
  }
});

test('while a hotel answers 200 to every address, the register takes nothing of it for its server\'s', async ({ register, line, page }) => {
  line.become('hotel');
  await register.is('Offline', 10_000);
  await register.create({ 'First name': 'Vārtu', 'Last name': 'Sargs' }, /^Saved on this register/);
  for (const path of ['/', '/sync', '/settings', '/customers/R1-0001']) {
    await page.goto(`${line.url}${path}`);
    await expect(register.connection).toHaveText('Offline');
    await expect(page.getByText('Please sign in to use the network')).toHaveCount(0);
  }
  await register.go('Sync status');
  await expect(page.getByText('New customer').first()).toBeVisible();
  line.mend();
  await register.find('Vārtu Sargs');
  await expect(register.result('Vārtu Sargs')).toHaveAccessibleName(ACCOUNT_NUMBER, { timeout: 30_000 });
});
