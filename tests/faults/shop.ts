// A web shop's checkout that creates customers through the API, as its contract says one may: the id is made here,
// and whoever gets no answer asks again with the same.
import { createHash, randomBytes } from 'node:crypto';
import { expect } from '@playwright/test';
import { LAST_NAME, type Ledger } from './ledger.ts';
import type { Door, Load } from './load.ts';
import { type Random, moment } from './plan.ts';

/** Headquarters tells a new channel everything within this. */
const START_LIMIT_MS = 30_000;

/** A checkout waits no longer for one answer. */
const ANSWER_LIMIT_MS = 10_000;

/** Customers of a web shop come apart from each other by this at most. */
const MOST_APART_MS = 600;

/** A checkout that got no answer asks again after so long. */
const AGAIN_AFTER_MS = 100;

/** Of those who get no answer, some go away and never ask again. */
const GOES_AWAY = 0.1;

/** Some press the button twice. */
const PRESSES_TWICE = 0.15;

/** A checkout, signed in. */
export class Shop {
  private readonly url: string;
  private readonly token: string;
  private readonly ledger: Ledger;
  private readonly load: Load;
  private readonly random: Random;
  private readonly door: Door | undefined;
  private closed = false;
  private working: Promise<void> = Promise.resolve();

  private constructor(url: string, token: string, campaign: { ledger: Ledger; load: Load; random: Random; door?: Door }) {
    this.url = url;
    this.token = token;
    this.ledger = campaign.ledger;
    this.load = campaign.load;
    this.random = campaign.random;
    this.door = campaign.door;
  }

  /** Activates a device and signs in, while all is well; works through `url` from then on. */
  static async open(
    server: string,
    device: string,
    campaign: { ledger: Ledger; load: Load; random: Random; door?: Door },
    url = server,
  ): Promise<Shop> {
    const activation = { register: device, code: `demo-${device.toLowerCase()}` };
    let device_token: string | undefined;
    // A channel that has just been enrolled first has to hear from headquarters who its devices are.
    await expect(async () => {
      ({ device_token } = await told(post(`${server}/api/v1/devices/activate`, undefined, activation)));
    }).toPass({ timeout: START_LIMIT_MS });
    const operator = { operator: '1001', pin: '246810' };
    const { session_token } = await told(post(`${server}/api/v1/sessions`, device_token, operator));
    return new Shop(url, session_token!, campaign);
  }

  /** Begins to create customers. What goes wrong is told when it closes. */
  work(): void {
    this.working = this.run();
    this.working.catch(() => {});
  }

  /** Ends after the customer that is being created. */
  async close(): Promise<void> {
    this.closed = true;
    await this.working;
  }

  /** Creates a customer, and notes it once the answer has said that it is saved. */
  async createOne(goesAway = false): Promise<Answer | undefined> {
    const name = this.ledger.ask('api');
    const customer = { id: timeOrderedId(), kind: 'person', first_name: name, last_name: LAST_NAME };
    for (;;) {
      this.load.note('began');
      const answer = await this.ask(customer);
      if (answer && (answer.status === 200 || answer.status === 201) && answer.body.id === customer.id) {
        this.ledger.acknowledge(name);
        this.load.note('told');
        return answer;
      }
      if (goesAway) return answer;
      // A status of another place (a hotel's gate, a damaged line) is no answer either; but what the service itself
      // refuses it would refuse for ever.
      if (answer && answer.code === 'idempotency_mismatch') throw new Error(`${name}: ${JSON.stringify(answer)}`);
      await this.door?.opened();
      await moment(AGAIN_AFTER_MS);
    }
  }

  private async run(): Promise<void> {
    while (!this.closed) {
      await this.door?.opened();
      await this.createOne(this.random.chance(GOES_AWAY));
      await moment(this.random.below(MOST_APART_MS));
    }
  }

  private async ask(customer: object): Promise<Answer | undefined> {
    const once = () => post(`${this.url}/api/v1/customers`, this.token, customer).catch(() => undefined);
    if (!this.random.chance(PRESSES_TWICE)) return once();
    const answers = await Promise.all([once(), once()]);
    return answers.find((answer) => answer?.status === 201) ?? answers.find((answer) => answer);
  }
}

/** What the service said: its status, and the code of a problem. */
export interface Answer {
  status: number;
  type: string;
  code: string | undefined;
  body: Record<string, string>;
}

async function told(answering: Promise<Answer>): Promise<Record<string, string>> {
  const { status, body } = await answering;
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

/** Asks once. Fails where no answer of this service came. */
async function post(url: string, token: string | undefined, body: object): Promise<Answer> {
  const text = JSON.stringify(body);
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      // Over plain HTTP nothing else notices a damaged request (RFC 9530).
      'Content-Digest': digest(text),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    body: text,
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  });
  const said = await answer.text();
  const sealed = answer.headers.get('unencoded-digest');
  if (sealed && sealed !== digest(said)) throw new Error('the answer was damaged on its way');
  const read = JSON.parse(said);
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', code: read.code, body: read };
}

function digest(text: string): string {
  return `sha-256=:${createHash('sha256').update(text).digest('base64')}:`;
}

/** UUIDv7 (RFC 9562): the time in milliseconds, then chance. */
function timeOrderedId(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
