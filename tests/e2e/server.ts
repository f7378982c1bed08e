// A kase-server of a test's own: the demo chain in a temporary folder, on a port that was free.
//
// It can be stopped, killed and started again on the same port and data, as happens to servers.
// It ends exactly the process that it started.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const execute = promisify(execFile);

const BINARY = process.env.KASE_SERVER ?? join(import.meta.dirname, '../../target/debug/kase-server');

/** Filling a new database with the demo chain takes most of it. */
const START_LIMIT_MS = 30_000;

/** A clean stop has open streams to end; a server that needs longer hangs. */
const STOP_LIMIT_MS = 10_000;

const LISTENING = /^listening on (http:\/\/\S+)/;

/** Which role a server has when roles run apart; without one it has them all. */
export type Role =
  | { role: 'headquarters' }
  | { role: 'channel'; headquartersUrl: string; enrolment: string };

interface Start {
  demo?: string;
  apart?: Role;
  under?: string;
}

/** A running server, until it is stopped. */
export class KaseServer {
  /** Where it listens, for instance `http://127.0.0.1:40123`; the same after a restart. */
  readonly url: string;
  private readonly data: string;
  private readonly role: string[];
  private running: Running | undefined;

  private constructor(running: Running, url: string, data: string, role: string[]) {
    this.running = running;
    this.url = url;
    this.data = data;
    this.role = role;
  }

  /** Fills a folder with a new demo chain, for servers to start from: that takes longer than most tests. */
  static async makeDemo(): Promise<string> {
    const server = await KaseServer.start();
    await server.stop();
    return server.data;
  }

  /**
   * Starts one with a copy of `demo`, or a new demo chain; a channel apart has what its headquarters gives it. Its data
   * lie in a folder of their own `under` another: a disk that the test made.
   */
  static async start({ demo, apart, under = tmpdir() }: Start = {}): Promise<KaseServer> {
    const data = await mkdtemp(join(under, 'kase-e2e-'));
    if (demo) await cp(demo, data, { recursive: true });
    const role = apart ? flagsOf(apart) : ['--demo'];
    try {
      const running = new Running('127.0.0.1:0', data, role);
      return new KaseServer(running, await running.listening(), data, role);
    } catch (error) {
      await rm(data, { recursive: true, force: true });
      throw error;
    }
  }

  /** Starts it again after {@link stop} or {@link kill}, with the same data. */
  async restart(): Promise<void> {
    if (this.running) throw new Error('the server is still running');
    this.running = new Running(new URL(this.url).host, this.data, this.role);
    await this.running.listening();
  }

  /** Starts it again with the data of `demo`: whatever happened since is forgotten, as with a lost disk. */
  async restartAnew(demo: string): Promise<void> {
    await this.stop();
    await rm(this.data, { recursive: true, force: true });
    await cp(demo, this.data, { recursive: true });
    await this.restart();
  }

  /** Copies what it has into a new folder, while it runs. */
  async backUp(target: string): Promise<void> {
    await execute(BINARY, ['backup', target, '--data', this.data]);
  }

  /** Brings all of a backup back, on a disk that has lost everything since, and starts it again. */
  async restoreAnew(source: string): Promise<void> {
    await this.stop();
    await rm(this.data, { recursive: true, force: true });
    await execute(BINARY, ['restore', source, '--data', this.data]);
    await this.restart();
  }

  /** Asks it to end, and fails if it does not end cleanly. */
  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    await running?.stop();
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    await running?.kill();
  }

  /** Ends it and removes its data. */
  async dispose(): Promise<void> {
    try {
      await this.stop();
    } finally {
      await rm(this.data, { recursive: true, force: true });
    }
  }

  /** Its process, to be looked at. */
  get pid(): number {
    const pid = this.running?.pid;
    if (pid === undefined) throw new Error('the server is not running');
    return pid;
  }

  /** What it has logged since its last start, for a failure's report. */
  get log(): string {
    return this.running?.log ?? '';
  }
}

function flagsOf(apart: Role): string[] {
  if (apart.role === 'headquarters') return ['--role', 'headquarters', '--demo'];
  const { headquartersUrl, enrolment } = apart;
  return ['--role', 'channel', '--headquarters-url', headquartersUrl, '--enrolment', enrolment];
}

/** One process, from its start to its end. */
class Running {
  log = '';
  private readonly child: ChildProcess;
  private readonly url: Promise<string>;
  private readonly ended: Promise<void>;

  constructor(listen: string, data: string, role: string[]) {
    const child = spawn(BINARY, ['--listen', listen, '--data', data, ...role], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    this.ended = new Promise((resolve) => child.once('close', () => resolve()));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.log += text));
    this.url = new Promise((resolve, reject) => {
      child.once('error', reject);
      createInterface({ input: child.stdout! }).on('line', (line) => {
        const url = LISTENING.exec(line)?.[1];
        if (url) resolve(url);
      });
      void this.ended.then(() => reject(new Error(`the server ended before it listened:\n${this.log}`)));
    });
    // Whoever asks gets the failure; that nobody has asked yet is no failure of its own.
    this.url.catch(() => {});
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** The address, once it serves. */
  async listening(): Promise<string> {
    const url = await within(START_LIMIT_MS, this.url);
    if (url) return url;
    await this.kill();
    throw new Error(`the server did not listen within ${START_LIMIT_MS} ms:\n${this.log}`);
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    if (!(await within(STOP_LIMIT_MS, this.ended.then(() => true)))) {
      await this.kill();
      throw new Error(`the server did not end within ${STOP_LIMIT_MS} ms:\n${this.log}`);
    }
    if (this.child.exitCode !== 0) {
      throw new Error(`the server ended with ${this.child.exitCode ?? this.child.signalCode}:\n${this.log}`);
    }
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

/** What `promise` gives, or nothing if it takes longer. */
async function within<T>(limit_ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, limit_ms, undefined)));
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
