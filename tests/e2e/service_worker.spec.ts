// The service worker's promises: the app starts offline, a new version waits for a person and breaks no open
// page, and the API is never answered from memory.
import { expect, test, type Page } from '@playwright/test';
import { AppShell } from './app_shell.ts';
import { openBeside } from './window.ts';

let shell: AppShell;

test.beforeEach(async () => {
  shell = await AppShell.start('one');
});

test.afterEach(async () => {
  await shell.close();
});

/** Opens the app; the worker has everything and serves the page. */
async function open(page: Page): Promise<void> {
  await page.goto(shell.url);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
}

/** Asks for a new version, and waits for what becomes of it. */
async function lookForUpdate(page: Page, becomes: 'installed' | 'redundant'): Promise<void> {
  const state = await page.evaluate(async () => {
    const registration = (await navigator.serviceWorker.getRegistration())!;
    await registration.update();
    const worker = registration.installing ?? registration.waiting!;
    return new Promise<string>((resolve) => {
      const tell = () => ['installed', 'redundant'].includes(worker.state) && resolve(worker.state);
      worker.addEventListener('statechange', tell);
      tell();
    });
  });
  expect(state).toBe(becomes);
}

async function takeOver(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const taken = new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    );
    (await navigator.serviceWorker.getRegistration())!.waiting!.postMessage('take-over');
    await taken;
  });
}

const kept = (page: Page) =>
  page.evaluate(async () => {
    const keys = await (await caches.open('kase-shell')).keys();
    return keys.map((request) => new URL(request.url).pathname).sort();
  });

const load = (page: Page, path: string) =>
  page.evaluate(
    (path) =>
      new Promise((resolve) => {
        const script = document.createElement('script');
        script.onload = () => resolve(true);
        script.onerror = () => resolve(false);
        script.src = path;
        document.head.append(script);
      }),
    path,
  );

test('every screen starts without a network, and nothing else does', async ({ page }) => {
  await open(page);
  await shell.close();
  for (const path of ['/', '/customers/R1-0001', '/sync', '/settings', '/sign-in', '/?from=home']) {
    await page.goto(shell.url + path);
    expect(await page.evaluate('window.started')).toBe('one');
  }
  for (const path of ['/hq/', '/hq', '/api/docs', '/health/live', '/customersxyz']) {
    await expect(page.goto(shell.url + path)).rejects.toThrow(/ERR_CONNECTION_REFUSED/);
  }
  await shell.open();
});

test('the API is never answered from memory', async ({ page }) => {
  await open(page);
  const ask = () => page.evaluate(async () => (await (await fetch('/api/v1/customers')).json()).asked);
  expect(await ask()).not.toBe(await ask());
  expect(shell.asked.filter((path) => path === '/api/v1/customers')).toHaveLength(2);
  expect(await kept(page)).not.toContain('/api/v1/customers');
});

test('a new version waits until a person agrees, and breaks no page that is open', async ({ page }) => {
  await open(page);
  const other = await openBeside(page);
  await open(other);
  shell.deploy('two');
  await lookForUpdate(page, 'installed');
  await page.reload();
  expect(await page.evaluate('window.started')).toBe('one');

  await takeOver(page);
  await page.reload();
  expect(await page.evaluate('window.started')).toBe('two');
  expect(await load(other, '/late-one.js'), 'the server has this file no more').toBe(true);

  await other.close();
  await page.reload();
  await expect.poll(() => kept(page)).toEqual(['/', '/app-two.js', '/font.js', '/late-two.js']);
  await shell.close();
  await page.reload();
  expect(await page.evaluate('window.started')).toBe('two');
  await shell.open();
});

test('a new version fetches only what is new', async ({ page }) => {
  await open(page);
  shell.deploy('two');
  shell.asked.length = 0;
  await lookForUpdate(page, 'installed');
  expect([...new Set(shell.asked)].sort()).toEqual(['/', '/app-two.js', '/late-two.js', '/sw.js']);
});

test('a file that is not what was built is never kept', async ({ page }) => {
  await open(page);
  shell.deploy('two', '/late-two.js');
  await lookForUpdate(page, 'redundant');
  await page.reload();
  expect(await page.evaluate('window.started')).toBe('one');
  shell.deploy('two');
  await lookForUpdate(page, 'installed');
  await takeOver(page);
  await page.reload();
  expect(await page.evaluate('window.started')).toBe('two');
});
