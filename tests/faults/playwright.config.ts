// How the campaign of real faults runs: `cargo xtask faults --seed N --kills K`, and a bounded part of it in
// `cargo xtask test`. It shares everything with the end-to-end tests but its length and its report.
import { defineConfig } from '@playwright/test';
import { join } from 'node:path';
import endToEnd from '../e2e/playwright.config.ts';

// xtask names the folder where results belong; by hand they lie in the same place.
const results = process.env.KASE_FAULTS_RESULTS ?? join(import.meta.dirname, '../../target/faults');

export default defineConfig({
  ...endToEnd,
  testDir: '.',
  outputDir: join(results, 'output'),
  // A campaign is one test; each of them sets a limit by what it has to do.
  timeout: 120_000,
  reporter: [
    ['list'],
    ['json', { outputFile: join(results, 'playwright.json') }],
    ['./report.ts', { outputFile: join(results, 'report.json') }],
  ],
});
