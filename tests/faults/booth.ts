// A browser with a profile of its own in which two tabs of one register create customers at once; killed whole, and
// started again on what it had kept.
import { expect } from '@playwright/test';
import { ProfileBrowser } from '../e2e/profile_browser.ts';
import { Register } from '../e2e/register.ts';
import { Desk } from './desk.ts';
import type { Ledger } from './ledger.ts';
import type { Load } from './load.ts';

/** Two tabs are what is hard; a third adds only work. */
const TABS = 2;

/** After a campaign thousands may wait behind a server that had to do without its own rest. */
const DRAIN_LIMIT_MS = 180_000;

/** A register in a browser that can be killed. */
export class Booth {
  readonly profile: ProfileBrowser;
  desks: Desk[] = [];
  private readonly url: string;
  private readonly ledger: Ledger;
  private readonly load: Load;
  private working: Promise<unknown> = Promise.resolve();

  private constructor(profile: ProfileBrowser, url: string, ledger: Ledger, load: Load) {
    this.profile = profile;
    this.url = url;
    this.ledger = ledger;
    this.load = load;
  }

  /** A new browser that has become the register RIGA-1 and can start without a network. */
  static async open(url: string, ledger: Ledger, load: Load, under?: string): Promise<Booth> {
    const booth = new Booth(await ProfileBrowser.start({ under }), url, ledger, load);
    const register = new Register(await booth.profile.page());
    await register.open(url);
    await register.canStartOffline();
    return booth;
  }

  /** Every tab opens the register. */
  async begin(): Promise<void> {
    const first = await this.profile.page();
    const others = await Promise.all(Array.from({ length: TABS - 1 }, () => this.profile.context.newPage()));
    const registers = [first, ...others].map((page) => new Register(page));
    for (const register of registers) {
      await register.page.goto(this.url);
      // It was a register and signed in: to ask for an activation code again would be to have lost everything.
      await expect(register.search).toBeVisible({ timeout: 40_000 });
    }
    this.desks = registers.map((register) => new Desk(register, this.ledger, this.load));
  }

  /** Every tab begins to create customers. What goes wrong is told when the work ends. */
  work(): void {
    this.working = Promise.all(this.desks.map((desk) => desk.run()));
    this.working.catch(() => {});
  }

  /** The power goes. */
  async kill(): Promise<void> {
    for (const desk of this.desks) desk.vanish();
    await this.profile.kill();
    await this.working;
  }

  /** The power is back. */
  async again(): Promise<void> {
    await this.profile.launch();
    await this.begin();
    this.work();
  }

  /** Closing time: the last customers are served, and everything that waits goes out. */
  async close(): Promise<void> {
    for (const desk of this.desks) desk.close();
    await this.working;
    for (const desk of this.desks) await desk.drain(DRAIN_LIMIT_MS);
  }

  async dispose(): Promise<void> {
    for (const desk of this.desks) desk.vanish();
    await this.profile.dispose();
  }
}
