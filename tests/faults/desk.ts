// A cashier who creates one customer after the other on the screen of one tab, and believes only what it says.
import { expect } from '@playwright/test';
import { Register } from '../e2e/register.ts';
import { LAST_NAME, type Ledger } from './ledger.ts';
import type { Load } from './load.ts';

/** A real-time call may take eight seconds before the register goes on by itself; this machine may be busy besides. */
const SAVE_LIMIT_MS = 40_000;

/** A register that never saves is a failure, not a load. */
const MOST_TRIES = 5;

/** How a cashier's work went. */
export interface Work {
  /** What a form said when it had not saved. */
  failures: string[];
}

/** One cashier at one tab. */
export class Desk {
  readonly register: Register;
  readonly work: Work = { failures: [] };
  private readonly ledger: Ledger;
  private readonly load: Load;
  private state: 'working' | 'closing' | 'gone' = 'working';

  constructor(register: Register, ledger: Ledger, load: Load) {
    this.register = register;
    this.ledger = ledger;
    this.load = load;
  }

  /** Works until it is closed or its browser is gone. */
  async run(): Promise<void> {
    try {
      while (this.state === 'working') await this.createOne();
    } catch (error) {
      // Whatever a page says while its browser is being killed says nothing of the page.
      if (this.state !== 'gone') throw error;
    }
  }

  /** Ends after the customer that is being created. */
  close(): void {
    if (this.state === 'working') this.state = 'closing';
  }

  /** The browser is about to be killed. */
  vanish(): void {
    this.state = 'gone';
  }

  /** Creates a customer, and notes it once the screen has said that it is saved. */
  async createOne(): Promise<string> {
    const { register, ledger, load } = this;
    const name = ledger.ask('register');
    await register.go('Customers');
    await register.fillNewCustomer({ 'First name': name, 'Last name': LAST_NAME });
    for (let tries = 1; ; tries += 1) {
      // The news of the customer before must not be taken for that of this one.
      // Not by an element's handle: one that is on its way when the browser is killed is an error of no page's.
      await register.news.getByRole('button').evaluateAll(([close]) => (close as HTMLElement | undefined)?.click());
      await expect(register.news.getByText(/^Saved/)).toHaveCount(0);
      load.note('pressed');
      await register.save();
      const saved = register.news.getByText(/^Saved/);
      const failed = register.sheet.getByRole('alert').getByText(/./);
      await expect(saved.or(failed).first()).toBeVisible({ timeout: SAVE_LIMIT_MS });
      if (await saved.isVisible()) break;
      this.work.failures.push(await failed.first().innerText());
      if (tries === MOST_TRIES) throw new Error(`not saved after ${tries} tries: ${this.work.failures.join(' | ')}`);
    }
    ledger.acknowledge(name);
    load.note('told');
    await expect(register.sheet).toBeHidden();
    return name;
  }

  /** Waits until nothing waits on the register any more. */
  async drain(limit_ms: number): Promise<void> {
    await this.register.go('Sync status');
    await expect(this.register.page.getByText('Nothing waits', { exact: true })).toBeVisible({ timeout: limit_ms });
  }
}
