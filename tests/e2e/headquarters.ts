// Headquarters' API, for what a test has to arrange there.
import { request, type APIRequestContext } from '@playwright/test';

/** A customer as headquarters holds it. */
export interface Held {
  id: string;
  /** Empty while there is none. */
  number: string;
  name: string;
}

interface Found {
  customer_id: string;
  account: { account_number?: string };
  customer: Record<string, string>;
}

/** A signed-in user of headquarters. */
export class Headquarters {
  private readonly api: APIRequestContext;

  private constructor(api: APIRequestContext) {
    this.api = api;
  }

  static async signIn(url: string): Promise<Headquarters> {
    const baseURL = `${url}/api/v1/hq/`;
    const door = await request.newContext({ baseURL });
    const session = await answered(door.post('sessions', { data: { user: 'admin', password: 'demo-admin' } }));
    await door.dispose();
    const extraHTTPHeaders = { Authorization: `Bearer ${session.session_token}` };
    return new Headquarters(await request.newContext({ baseURL, extraHTTPHeaders }));
  }

  /** *Create customer in async mode* and what else a functionality profile holds. */
  async changeProfile(channel: string, change: Record<string, boolean>): Promise<void> {
    await this.write('patch', `functionality-profiles/${channel}`, change);
  }

  /** *Filter shared customer data tables*. */
  async changeSchema(channel: string, change: Record<string, boolean>): Promise<void> {
    await this.write('patch', `channel-schemas/${channel}`, change);
  }

  /** The chain's switches, under Feature management. */
  async changeFeatures(change: Record<string, boolean>): Promise<void> {
    await this.write('patch', 'features', change);
  }

  /** Deactivates a register, or lets it work again. */
  async changeRegister(name: string, change: { deactivated: boolean }): Promise<void> {
    await this.write('patch', `registers/${name}`, change);
  }

  /** The ids of the operations of this status under Customer synchronization status. */
  async operations(status: 'refused' | 'review'): Promise<string[]> {
    const { operations } = await answered(this.api.get('operations', { params: { status } }));
    return operations.map(({ id }: { id: string }) => id);
  }

  /** Lets an operation that waits for a person go on. */
  async synchronize(operation: string): Promise<void> {
    await this.write('post', `operations/${operation}/synchronize`, {});
  }

  /** Gives up an operation that waits for a person. */
  async discard(operation: string, reason: string): Promise<void> {
    await this.write('post', `operations/${operation}/discard`, { reason });
  }

  /** Changes the definition of an attribute; `null` clears. */
  async changeAttribute(key: string, change: Record<string, unknown>): Promise<void> {
    await this.write('patch', `attributes/${key}`, change);
  }

  /** Removes the definition of an attribute. */
  async removeAttribute(key: string): Promise<void> {
    await this.write('delete', `attributes/${key}`, {});
  }

  /** The credential with which a channel's server that runs apart speaks to headquarters. */
  async enrol(channel: string): Promise<string> {
    const { secret } = await this.write('post', `stores/${channel}/enrolment`, {});
    return `${channel}.${secret}`;
  }

  /** How many customers headquarters holds whose name has this in it. */
  async count(name: string): Promise<number> {
    return (await this.customers(name)).length;
  }

  /** The customers that headquarters holds whose name has this in it. */
  async customers(name: string): Promise<Held[]> {
    const found = await answered(this.api.get('customers', { params: { query: name, limit: 50 } }));
    const held = ({ customer_id, account, customer }: Found): Held => ({
      id: customer_id,
      number: account.account_number ?? '',
      name: [customer.first_name, customer.middle_name, customer.last_name, customer.organization_name]
        .filter((part) => part)
        .join(' '),
    });
    return found.customers.map(held).filter((customer: Held) => customer.name.includes(name));
  }

  private async write(method: 'patch' | 'post' | 'delete', path: string, data: object): Promise<Record<string, string>> {
    const headers = { 'Idempotency-Key': crypto.randomUUID() };
    return answered(this.api[method](path, { data, headers }));
  }
}

async function answered(call: ReturnType<APIRequestContext['get']>) {
  const answer = await call;
  if (!answer.ok()) throw new Error(`${answer.url()} answered ${answer.status()}: ${await answer.text()}`);
  const text = await answer.text();
  return text ? JSON.parse(text) : {};
}
