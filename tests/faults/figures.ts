// What a part of the campaign found out, for the report.
import type { TestInfo } from '@playwright/test';
import type { Verdict } from './ledger.ts';

/** One part's figures. What does not apply to a part is left out. */
export interface Figures {
  part: string;
  /** Processes killed, by what they were. */
  kills?: Record<string, number>;
  verdict?: Verdict;
  /** What else was seen, in words. */
  seen?: string[];
}

const TYPE = 'figures';

/** Leaves figures to the report. */
export function tell(testInfo: TestInfo, figures: Figures): void {
  testInfo.annotations.push({ type: TYPE, description: JSON.stringify(figures) });
}

/** The figures that a test left. */
export function told(annotations: { type: string; description?: string }[]): Figures[] {
  return annotations.flatMap(({ type, description }) => (type === TYPE && description ? [JSON.parse(description)] : []));
}
