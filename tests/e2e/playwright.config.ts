// How the end-to-end tests run. `cargo xtask test --only web --only e2e` builds what they need and calls them.
import { defineConfig } from '@playwright/test';
import { join } from 'node:path';
import { executablePath, flags } from './chromium.ts';

// xtask names the folder where results belong; by hand they lie in the same place.
const results = process.env.KASE_E2E_RESULTS ?? join(import.meta.dirname, '../../target/e2e');

export default defineConfig({
  testDir: '.',
  outputDir: join(results, 'output'),
  // A test that passes only sometimes is a mistake to find, not to repeat.
  retries: 0,
  forbidOnly: true,
  // Each has a browser of its own, and each test a server. One leaves a third of two cores idle.
  workers: 2,
  fullyParallel: false,
  timeout: 60_000,
  // Where a limit is a promise, the test names it; elsewhere a busy machine may take its time.
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: join(results, 'report.json') }]],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: executablePath(), args: flags },
    // A third of all the time, when it is on; `--trace retain-on-failure` gives one of a test that fails.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
});
