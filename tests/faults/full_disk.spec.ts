// A disk that is full: under the server's data, and under the browser's profile. It is told before "saved" is said,
// nothing that was acknowledged is lost, and all goes on when there is room again.
import { Headquarters } from '../e2e/headquarters.ts';
import { expect, test } from '../e2e/kase.ts';
import { OFFLINE_LIMIT_MS } from '../e2e/register.ts';
import { KaseServer } from '../e2e/server.ts';
import { Booth } from './booth.ts';
import { tell } from './figures.ts';
import { LAST_NAME, Ledger } from './ledger.ts';
import { Load } from './load.ts';
import { Random, SEED, WHOLE } from './plan.ts';
import { Shop } from './shop.ts';
import { SmallDisk } from './small_disk.ts';

/** The demo chain's databases take a third of it. */
const SERVER_DISK_MB = 48;

/** A new profile takes about half of it. */
const PROFILE_DISK_MB = 256;

/** A database may still have room in what it has allotted; it cannot have it for so many customers. */
const MOST_FITTING = 400;

test('a full disk under the server is answered with a code, and nothing acknowledged is lost', { tag: WHOLE }, async ({ demo }, testInfo) => {
  test.setTimeout(240_000);
  const disk = await SmallDisk.mount(SERVER_DISK_MB);
  if (typeof disk === 'string') return test.skip(true, disk);
  const server = await KaseServer.start({ demo, under: disk.folder });
  const [ledger, load] = [new Ledger(`d${SEED}`), new Load()];
  let booth: Booth | undefined;
  try {
    const shop = await Shop.open(server.url, 'RIGA-2', { ledger, load, random: new Random(SEED + 5) });
    booth = await Booth.open(server.url, ledger, load);
    await booth.begin();
    const [desk] = booth.desks;
    const seen: string[] = [];
    for (const then of ['goes on', 'is killed'] as const) {
      await shop.createOne();
      disk.fill();
      const refused = await untilRefused(shop);
      seen.push(`the full server answered ${refused.status} ${refused.code}, ${refused.type}`);
      expect(refused).toMatchObject({ status: 507, type: 'application/problem+json', code: 'storage_full' });
      // The register has a disk of its own: what it says is saved is saved there.
      await desk!.createOne();
      if (then === 'is killed') await server.kill();
      disk.free();
      if (then === 'is killed') await server.restart();
      await shop.createOne();
      await desk!.createOne();
    }
    await booth.close();
    const verdict = await ledger.judge(await Headquarters.signIn(server.url));
    tell(testInfo, { part: 'full disk, server', kills: { server: 1 }, verdict, seen });
    expect(verdict.suspects).toEqual([]);
    expect(verdict).toMatchObject({ lost: 0, doubled: 0, damaged: 0 });
  } finally {
    await booth?.dispose();
    await server.dispose();
    await disk.unmount();
  }
});

/** Creates customers until the server has no room for one more; tells what it said. */
async function untilRefused(shop: Shop) {
  for (let count = 0; count < MOST_FITTING; count += 1) {
    const answer = await shop.createOne(true);
    if (answer && answer.status >= 400) return answer;
  }
  throw new Error('the disk was never full');
}

test('a full disk under the browser is told before "saved" is said, and what was typed stays', async ({ server, line }, testInfo) => {
  test.setTimeout(240_000);
  const disk = await SmallDisk.mount(PROFILE_DISK_MB);
  if (typeof disk === 'string') return test.skip(true, disk);
  const [ledger, load] = [new Ledger(`e${SEED}`), new Load()];
  let booth: Booth | undefined;
  try {
    booth = await Booth.open(line.url, ledger, load, disk.folder);
    await booth.begin();
    const [desk, other] = booth.desks;
    const { register } = desk!;
    line.cut();
    await register.is('Offline', OFFLINE_LIMIT_MS * 2);
    await desk!.createOne();
    disk.fill();
    const told = await untilNotSaved(desk!, ledger);
    await expect(register.sheet.getByLabel('First name')).toHaveValue(told.name);
    await expect(register.sheet.getByLabel('Last name')).toHaveValue(LAST_NAME);
    disk.free();
    await register.save();
    await expect(register.news.getByText(/^Saved/)).toBeVisible({ timeout: 20_000 });
    ledger.acknowledge(told.name);
    await other!.createOne();
    await booth.kill();
    await booth.profile.launch();
    await booth.begin();
    line.mend();
    await booth.desks[0]!.createOne();
    await booth.close();
    const verdict = await ledger.judge(await Headquarters.signIn(server.url));
    tell(testInfo, { part: 'full disk, browser', kills: { browser: 1 }, verdict, seen: [`the form said: ${told.said}`] });
    expect(verdict.suspects).toEqual([]);
    expect(verdict).toMatchObject({ lost: 0, doubled: 0, damaged: 0 });
  } finally {
    await booth?.dispose();
    await disk.unmount();
  }
});

/** Creates customers until the browser has no room for one more; tells what the form said. */
async function untilNotSaved({ register }: Booth['desks'][number], ledger: Ledger): Promise<{ name: string; said: string }> {
  for (let count = 0; count < MOST_FITTING; count += 1) {
    const name = ledger.ask('register');
    await register.go('Customers');
    await register.fillNewCustomer({ 'First name': name, 'Last name': LAST_NAME });
    await register.news.getByRole('button').evaluateAll(([close]) => (close as HTMLElement | undefined)?.click());
    await expect(register.news.getByText(/^Saved/)).toHaveCount(0);
    await register.save();
    const saved = register.news.getByText(/^Saved/);
    const failed = register.sheet.getByRole('alert').getByText(/^Not saved/);
    await expect(saved.or(failed).first()).toBeVisible({ timeout: 20_000 });
    if (await failed.first().isVisible()) return { name, said: await failed.first().innerText() };
    ledger.acknowledge(name);
    await expect(register.sheet).toBeHidden();
  }
  throw new Error('the disk was never full');
}
