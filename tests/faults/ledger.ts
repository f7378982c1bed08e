// Who was told that a customer is saved, kept outside the code under test; and what headquarters then has of it.
//
// Each customer is known by a word that nobody else has. A customer whose saving was never acknowledged may be at
// headquarters or not, but never twice.
import { expect } from '@playwright/test';
import type { Headquarters, Held } from '../e2e/headquarters.ts';

/** Through which door a customer came. */
export type Door = 'register' | 'api';

/** What the customers of a campaign have become. */
export interface Verdict {
  acknowledged: Record<Door, number>;
  /** Of the acknowledged ones. */
  found: number;
  /** Customers too many, whether acknowledged or not, and account numbers given twice. */
  doubled: number;
  lost: number;
  /** Found, but not as they were typed. */
  damaged: number;
  /** Never acknowledged and there all the same: the answer was lost, not the customer. */
  unacknowledgedFound: number;
  /** What to look for in a failure. */
  suspects: string[];
}

/** Everybody has the same, so that a damaged one is seen. */
export const LAST_NAME = 'Izturīgā-Ķeizarmeža';

/** Headquarters answers so many questions at once without hurting anybody. */
const ASKED_AT_ONCE = 8;

/** The customers of one campaign. */
export class Ledger {
  private readonly asked = new Map<string, Door>();
  private readonly acknowledged = new Set<string>();
  private readonly prefix: string;

  constructor(prefix: string) {
    this.prefix = prefix;
  }

  /** A first name for a customer that is about to be asked for. */
  ask(door: Door): string {
    const name = `${this.prefix}${door === 'api' ? 'w' : 'r'}${String(this.asked.size).padStart(6, '0')}`;
    this.asked.set(name, door);
    return name;
  }

  /** Somebody was told that it is saved. */
  acknowledge(name: string): void {
    this.acknowledged.add(name);
  }

  /** How many were acknowledged at a door. */
  count(door: Door): number {
    return [...this.acknowledged].filter((name) => this.asked.get(name) === door).length;
  }

  /** Waits until all that was acknowledged is at headquarters, but no longer than the limit; then judges. */
  async judge(headquarters: Headquarters, limit_ms = 60_000): Promise<Verdict> {
    const missing = new Set(this.acknowledged);
    const look = async () => {
      for (const { name, held } of await lookUp(headquarters, [...missing])) {
        if (held.length > 0) missing.delete(name);
      }
      return missing.size;
    };
    // What is missing when the time is over is lost, and the verdict says so.
    await expect.poll(look, { timeout: limit_ms }).toBe(0).catch(() => {});
    return this.verdict(await lookUp(headquarters, [...this.asked.keys()]));
  }

  private verdict(looked: Looked[]): Verdict {
    const acknowledged = { register: this.count('register'), api: this.count('api') };
    const verdict: Verdict = { acknowledged, found: 0, doubled: 0, lost: 0, damaged: 0, unacknowledgedFound: 0, suspects: [] };
    const numbers = new Set<string>();
    for (const { name, held } of looked) {
      const told = this.acknowledged.has(name);
      const damaged = held.filter((customer) => customer.name !== `${name} ${LAST_NAME}`).length;
      const repeated = held.filter(({ number }) => number && (numbers.has(number) || !numbers.add(number))).length;
      const doubled = Math.max(held.length - 1, 0) + repeated;
      const lost = told && held.length === 0 ? 1 : 0;
      verdict.found += told ? 1 - lost : 0;
      verdict.unacknowledgedFound += !told && held.length > 0 ? 1 : 0;
      verdict.doubled += doubled;
      verdict.lost += lost;
      verdict.damaged += damaged;
      if (doubled + lost + damaged > 0) verdict.suspects.push(`${name}: ${JSON.stringify(held)}`);
    }
    return verdict;
  }
}

interface Looked {
  name: string;
  held: Held[];
}

async function lookUp(headquarters: Headquarters, names: string[]): Promise<Looked[]> {
  const looked: Looked[] = [];
  const left = [...names];
  const ask = async () => {
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
      looked.push({ name, held: await headquarters.customers(name) });
    }
  };
  await Promise.all(Array.from({ length: ASKED_AT_ONCE }, ask));
  return looked;
}
