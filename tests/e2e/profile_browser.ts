// A Chromium with a profile that outlives it, started as a process of our own so that it can be killed whole.
//
// It ends exactly the processes that it started: they are one group.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { executablePath, flags } from './chromium.ts';

const START_LIMIT_MS = 30_000;

const DEVTOOLS = /^DevTools listening on (ws:\/\/\S+)/;

/** One profile, and the browser that runs on it at the moment. */
export class ProfileBrowser {
  private readonly folder: string;
  private child: ChildProcess | undefined;
  private browser: Browser | undefined;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Starts one on a new profile, in a folder `under` another: a disk that the test made. */
  static async start({ under = tmpdir() }: { under?: string } = {}): Promise<ProfileBrowser> {
    const profile = new ProfileBrowser(await mkdtemp(join(under, 'kase-profile-')));
    try {
      await profile.launch();
    } catch (error) {
      await profile.dispose();
      throw error;
    }
    return profile;
  }

  get context(): BrowserContext {
    const context = this.browser?.contexts()[0];
    if (!context) throw new Error('the browser is not running');
    return context;
  }

  /** A page of its own, the only one there is. */
  async page(): Promise<Page> {
    const [first, ...others] = this.context.pages();
    for (const other of others) await other.close();
    return first ?? (await this.context.newPage());
  }

  /** Starts it again on the same profile. */
  async launch(): Promise<void> {
    if (this.child) throw new Error('the browser is still running');
    const child = spawn(
      executablePath(),
      [...flags, '--headless=new', '--window-size=1280,900', '--remote-debugging-port=0', `--user-data-dir=${this.folder}`, 'about:blank'],
      { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
    );
    this.child = child;
    const address = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the browser did not start')), START_LIMIT_MS);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the browser ended with ${code}`)));
      createInterface({ input: child.stderr! }).on('line', (line) => {
        const found = DEVTOOLS.exec(line)?.[1];
        if (found) {
          clearTimeout(timer);
          resolve(found);
        }
      });
    });
    this.browser = await chromium.connectOverCDP(address);
  }

  /** Ends it as a power cut would: no page hears of it. */
  async kill(): Promise<void> {
    const { child, browser } = this;
    this.child = undefined;
    this.browser = undefined;
    if (child?.pid !== undefined && child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      process.kill(-child.pid, 'SIGKILL');
      await ended;
    }
    await browser?.close().catch(() => {});
  }

  /** Ends it and removes the profile. */
  async dispose(): Promise<void> {
    await this.kill();
    // Its processes may still be letting go of their files.
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
