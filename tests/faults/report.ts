// The report of a campaign: a table on the screen and JSON beside it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { type Figures, told } from './figures.ts';
import { KILLS, SEED } from './plan.ts';

const COLUMNS = ['part', 'kills', 'at the register', 'through the API', 'found at HQ', 'doubled', 'lost', 'damaged'];

/** Gathers what the parts tell. */
export default class Report implements Reporter {
  private readonly parts: (Figures & { outcome: string; seconds: number })[] = [];
  private readonly skipped: { part: string; reason: string }[] = [];
  private readonly file: string;

  constructor({ outputFile }: { outputFile: string }) {
    this.file = outputFile;
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const skip = result.annotations.find(({ type }) => type === 'skip');
    if (skip) this.skipped.push({ part: test.title, reason: skip.description ?? '' });
    for (const figures of told(result.annotations)) {
      this.parts.push({ ...figures, outcome: result.status, seconds: Math.round(result.duration / 1000) });
    }
  }

  onEnd({ status }: FullResult): void {
    const { parts, skipped } = this;
    const total = {
      kills: sum(parts.map(killed)),
      acknowledged: sum(parts.map(({ verdict }) => (verdict ? verdict.acknowledged.register + verdict.acknowledged.api : 0))),
      found: sum(parts.map(({ verdict }) => verdict?.found ?? 0)),
      doubled: sum(parts.map(({ verdict }) => verdict?.doubled ?? 0)),
      lost: sum(parts.map(({ verdict }) => verdict?.lost ?? 0)),
      damaged: sum(parts.map(({ verdict }) => verdict?.damaged ?? 0)),
    };
    const report = { date: new Date().toISOString(), seed: SEED, asked_kills: KILLS, status, total, parts, skipped };
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, `${JSON.stringify(report, null, 2)}\n`);
    console.log(`\nReal faults, seed ${SEED}: customers who were told that they are saved\n`);
    console.log(table([COLUMNS, ...parts.map(row)]));
    for (const { part, seen } of parts) for (const line of seen ?? []) console.log(`${part}: ${line}`);
    for (const { part, reason } of skipped) console.log(`skipped: ${part}: ${reason}`);
    console.log(`\n${JSON.stringify(total)}\n${this.file}`);
  }

  printsToStdio(): boolean {
    return true;
  }
}

function row(figures: Figures): string[] {
  const { part, verdict } = figures;
  const kills = Object.entries(figures.kills ?? {}).map(([what, count]) => `${count} ${what}`);
  const counted = verdict && [
    verdict.acknowledged.register,
    verdict.acknowledged.api,
    verdict.found,
    verdict.doubled,
    verdict.lost,
    verdict.damaged,
  ];
  return [part, kills.join(', ') || '-', ...(counted?.map(String) ?? Array<string>(COLUMNS.length - 2).fill('-'))];
}

function killed({ kills }: Figures): number {
  return sum(Object.values(kills ?? {}));
}

function sum(numbers: number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

function table(rows: string[][]): string {
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head, ...body] = rows.map(line);
  return [head, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body].join('\n');
}
