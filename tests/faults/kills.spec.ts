// Processes are killed at random moments while two tabs of a register and a web shop create customers. SIGKILL: none
// of them hears of it. In the end everything is started again, everything drains, and headquarters is asked.
import type { TestInfo } from '@playwright/test';
import { Headquarters } from '../e2e/headquarters.ts';
import { expect, test } from '../e2e/kase.ts';
import { KaseServer } from '../e2e/server.ts';
import { Booth } from './booth.ts';
import { tell } from './figures.ts';
import { Ledger } from './ledger.ts';
import { Door, Load } from './load.ts';
import { KILLS, Random, SEED, moment } from './plan.ts';
import { Shop } from './shop.ts';

/** A blow falls so long after something has begun at most: before, in the middle of and after its writing. */
const LATEST_BLOW_MS = 400;

/** What was killed stays dead so long at most: some find nobody, some do not notice. */
const LONGEST_DEATH_MS = 800;

/** Starting again a browser, or a server with a debug build's slowness, under whatever else this machine does. */
const KILL_LIMIT_MS = 30_000;

/** Starting, draining and judging. */
const REST_LIMIT_MS = 400_000;

/** Of the victims, a browser takes longest to come back. */
const BROWSER_PART = 0.35;

interface Campaign {
  part: string;
  kills: number;
  random: Random;
  /** Servers by their roles, in the order in which they start. */
  servers: Record<string, KaseServer>;
  /** Where register and web shop go. */
  store: KaseServer;
  headquarters: KaseServer;
}

test('all roles in one process: what was acknowledged is at headquarters once, whatever is killed', async ({ server }, testInfo) => {
  const kills = Math.ceil(KILLS * 0.6);
  await campaign({ part: 'one process', kills, random: new Random(SEED), servers: { server }, store: server, headquarters: server }, testInfo);
});

test('channel and headquarters apart: what was acknowledged is at headquarters once, whatever is killed', async ({}, testInfo) => {
  const kills = KILLS - Math.ceil(KILLS * 0.6);
  const headquarters = await KaseServer.start({ apart: { role: 'headquarters' } });
  let channel: KaseServer | undefined;
  try {
    const enrolment = await (await Headquarters.signIn(headquarters.url)).enrol('riga-centrs');
    channel = await KaseServer.start({ apart: { role: 'channel', headquartersUrl: headquarters.url, enrolment } });
    const servers = { headquarters, channel };
    await campaign({ part: 'roles apart', kills, random: new Random(SEED + 1), servers, store: channel, headquarters }, testInfo);
  } finally {
    await channel?.dispose();
    await headquarters.dispose();
  }
});

async function campaign({ part, kills, random, servers, store, headquarters }: Campaign, testInfo: TestInfo): Promise<void> {
  test.setTimeout(REST_LIMIT_MS + kills * KILL_LIMIT_MS);
  const [ledger, load, door] = [new Ledger(`k${SEED}${part[0]}`), new Load(), new Door()];
  const shop = await Shop.open(store.url, 'RIGA-2', { ledger, load, random: new Random(SEED + 2), door });
  const booth = await Booth.open(store.url, ledger, load);
  const killed: Record<string, number> = {};
  try {
    await booth.begin();
    booth.work();
    shop.work();
    for (let count = 0; count < kills; count += 1) {
      const victim = random.chance(BROWSER_PART) ? 'browser' : random.pick(Object.keys(servers) as [string, ...string[]]);
      const blow_ms = random.below(LATEST_BLOW_MS);
      const death_ms = random.below(LONGEST_DEATH_MS);
      await load.next(victim === 'browser' ? 'pressed' : 'began');
      await moment(blow_ms);
      const server = servers[victim];
      if (server) await killServer(server, server === store ? door : undefined, death_ms);
      else await killBrowser(booth, death_ms);
      killed[victim] = (killed[victim] ?? 0) + 1;
    }
    await shop.close();
    await booth.close();
    const verdict = await ledger.judge(await Headquarters.signIn(headquarters.url));
    const failures = booth.desks.flatMap((desk) => desk.work.failures);
    const seen = [`${verdict.unacknowledgedFound} came through whose answer was lost`, ...failures.map((said) => `a form said: ${said}`)];
    tell(testInfo, { part, kills: killed, verdict, seen });
    expect(verdict.suspects).toEqual([]);
    expect(verdict).toMatchObject({ lost: 0, doubled: 0, damaged: 0 });
    expect(verdict.acknowledged.register).toBeGreaterThan(0);
    expect(verdict.acknowledged.api).toBeGreaterThan(0);
  } finally {
    await booth.dispose();
  }
}

async function killServer(server: KaseServer, door: Door | undefined, death_ms: number): Promise<void> {
  door?.shut();
  await server.kill();
  await moment(death_ms);
  await server.restart();
  door?.reopen();
}

async function killBrowser(booth: Booth, death_ms: number): Promise<void> {
  await booth.kill();
  await moment(death_ms);
  await booth.again();
}
