// What every end-to-end test imports: Playwright's `test`, with a server for each test.
import { test as base } from '@playwright/test';
import { KaseServer } from './server.ts';

export { expect } from '@playwright/test';

/** `server` is the test's own; `page.goto('/')` opens the point of sale that it serves. */
export const test = base.extend<{ server: KaseServer }>({
  server: async ({}, use, testInfo) => {
    const server = await KaseServer.start();
    try {
      await use(server);
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('server log', { body: server.log, contentType: 'text/plain' });
      }
    } finally {
      await server.dispose();
    }
  },
  baseURL: async ({ server }, use) => use(server.url),
});
