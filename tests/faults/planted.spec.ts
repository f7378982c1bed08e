// The check is checked: faults are planted between the web shop and the server, and the ledger has to find each.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { Headquarters } from '../e2e/headquarters.ts';
import { expect, test } from '../e2e/kase.ts';
import { Ledger } from './ledger.ts';
import { Load } from './load.ts';
import { Random, SEED } from './plan.ts';
import { Shop } from './shop.ts';

/** Every third customer meets the planted fault. */
const EVERY = 3;

const CUSTOMERS = 6;

/** What is asked and what is answered, for a liar to change. */
type Lie = (customer: Record<string, string>, send: (customer: object) => Promise<Response>) => Promise<string>;

const drops: Lie = async ({ id }) => JSON.stringify({ id, status: 'pending' });

const doubles: Lie = async (customer, send) => {
  await send({ ...customer, id: customer.id!.replace(/.$/, (last) => (last === '0' ? '1' : '0')) });
  return (await send(customer)).text();
};

const spoils: Lie = async (customer, send) => {
  const answer = await send({ ...customer, last_name: customer.last_name!.replace('t', 'f') });
  return answer.text();
};

for (const [name, lie, finds] of [
  ['an acknowledged customer that was dropped', drops, { lost: 2, doubled: 0, damaged: 0 }],
  ['a customer that was recorded twice', doubles, { lost: 0, doubled: 2, damaged: 0 }],
  ['a customer that was damaged on its way', spoils, { lost: 0, doubled: 0, damaged: 2 }],
] as const) {
  test(`the ledger finds ${name}`, async ({ server, headquarters }) => {
    const liar = await lying(server.url, lie);
    try {
      const ledger = new Ledger(`p${SEED}`);
      const campaign = { ledger, load: new Load(), random: new Random(SEED) };
      const shop = await Shop.open(server.url, 'RIGA-2', campaign, `http://127.0.0.1:${(liar.address() as AddressInfo).port}`);
      for (let count = 0; count < CUSTOMERS; count += 1) await shop.createOne();
      expect(await ledger.judge(headquarters, 2_000)).toMatchObject(finds);
    } finally {
      liar.closeAllConnections();
      liar.close();
    }
  });
}

test('the ledger finds what a server has forgotten that lost its disk', async ({ server, demo, headquarters }) => {
  const ledger = new Ledger(`p${SEED}`);
  const shop = await Shop.open(server.url, 'RIGA-2', { ledger, load: new Load(), random: new Random(SEED) });
  await shop.createOne();
  expect(await ledger.judge(headquarters, 10_000)).toMatchObject({ lost: 0, doubled: 0, damaged: 0 });
  await server.restartAnew(demo);
  expect(await ledger.judge(await Headquarters.signIn(server.url), 2_000)).toMatchObject({ lost: 1, doubled: 0, damaged: 0 });
});

/** A server before the server that tells the truth two times out of three. */
async function lying(target: string, lie: Lie): Promise<Server> {
  const liar = createServer(async (request, response) => {
    const customer = (await json(request)) as Record<string, string>;
    const headers = { 'Content-Type': 'application/json', Authorization: request.headers.authorization ?? '' };
    const send = (customer: object) =>
      fetch(`${target}${request.url}`, { method: 'POST', headers, body: JSON.stringify(customer) });
    // By the customer and not by the request, since some are asked for twice.
    const meets = Number(customer.first_name!.slice(-6)) % EVERY === 0;
    const answer = meets ? await lie(customer, send) : await (await send(customer)).text();
    response.writeHead(201, { 'Content-Type': 'application/json' }).end(answer);
  });
  await new Promise<void>((resolve) => liar.listen(0, '127.0.0.1', resolve));
  return liar;
}
