// What every end-to-end test imports: Playwright's `test`, with a server for each test, and what lies around it.
import { rm } from 'node:fs/promises';
import { test as base } from '@playwright/test';
import { Headquarters } from './headquarters.ts';
import { Line } from './line.ts';
import { ProfileBrowser } from './profile_browser.ts';
import { Register } from './register.ts';
import { KaseServer } from './server.ts';

export { expect } from '@playwright/test';

interface WorkerFixtures {
  /** A folder with the demo chain as it is at first, to start servers from. */
  demo: string;
}

interface Fixtures {
  /** The test's own server. */
  server: KaseServer;
  /** The line from the browser to it; `page.goto('/')` goes along it. */
  line: Line;
  /** Headquarters' API. */
  headquarters: Headquarters;
  /** `RIGA-1`, activated, with `1001` signed in and online. */
  register: Register;
  /** A browser that can be killed. */
  profile: ProfileBrowser;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  demo: [
    async ({}, use) => {
      const demo = await KaseServer.makeDemo();
      await use(demo);
      await rm(demo, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  server: async ({ demo }, use, testInfo) => {
    const server = await KaseServer.start({ demo });
    try {
      await use(server);
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('server log', { body: server.log, contentType: 'text/plain' });
      }
    } finally {
      await server.dispose();
    }
  },
  line: async ({ server }, use) => {
    const line = await Line.to(server.url);
    await use(line);
    await line.close();
  },
  baseURL: async ({ line }, use) => use(line.url),
  headquarters: async ({ server }, use) => use(await Headquarters.signIn(server.url)),
  register: async ({ page, line }, use) => {
    const register = new Register(page);
    await register.open(line.url);
    await use(register);
  },
  profile: async ({}, use) => {
    const profile = await ProfileBrowser.start();
    try {
      await use(profile);
    } finally {
      await profile.dispose();
    }
  },
});
