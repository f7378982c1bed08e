// What a run is asked for, and the chance that its draws come from.
//
// The seed decides every draw: victims, moments, bytes. How real processes interleave is theirs, so the same seed
// gives the same plan and not the same trace; that is what the simulator is for.

/** The seed of this run. */
export const SEED = wholeNumber('KASE_FAULTS_SEED', 1);

/** How many processes are killed in this run. */
export const KILLS = wholeNumber('KASE_FAULTS_KILLS', 200);

function wholeNumber(name: string, usual: number): number {
  const text = process.env[name] ?? String(usual);
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`${name} is no whole number: ${text}`);
  return number;
}

/** What only a whole campaign has time for. */
export const WHOLE = '@whole';

/** Chance from a seed (Mulberry32). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 to 1, without 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0, below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(part: number): boolean {
    return this.next() < part;
  }

  pick<T>(from: readonly [T, ...T[]]): T {
    return from[this.below(from.length)] ?? from[0];
  }
}

/** A moment that the chance chose. Nothing is ever waited for in this way: it says when a blow falls. */
export function moment(length_ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, length_ms));
}
