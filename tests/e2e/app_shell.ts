// A server of a tiny app shell with Kase's service worker, whose version a test can change while pages are
// open: what a real deployment does to a register, without building the app twice.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';

const WORKER = readFileSync(join(import.meta.dirname, '../../public/sw.js'), 'utf8');

/** The line that `cargo xtask` fills in. */
const PLACE = 'const SHELL = {};';

const TYPES: Record<string, string> = { '/': 'text/html', js: 'text/javascript' };

/** A deployment: every file of one version, and nothing of another. */
export class AppShell {
  /** Addresses that were asked for, in their order. */
  readonly asked: string[] = [];
  private files = new Map<string, string>();
  private readonly server: Server;
  private port = 0;

  private constructor() {
    this.server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      this.asked.push(path);
      this.answer(path, response);
    });
  }

  static async start(version: string): Promise<AppShell> {
    const shell = new AppShell();
    shell.deploy(version);
    await shell.open();
    return shell;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Replaces everything by another version; `spoil` changes a file after its hash was taken. */
  deploy(version: string, spoil?: string): void {
    this.files = new Map([
      ['/', `<!doctype html><title>${version}</title><script src="/app-${version}.js"></script>`],
      [`/app-${version}.js`, `navigator.serviceWorker.register('/sw.js'); window.started = '${version}';`],
      [`/late-${version}.js`, `window.late = '${version}';`],
      ['/font.js', `window.font = 'the same in every version';`],
    ]);
    const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
    const list = Object.fromEntries([...this.files].map(([path, text]) => [path, hash(text)]));
    if (!WORKER.includes(PLACE)) throw new Error(`sw.js has no line ${PLACE}`);
    this.files.set('/sw.js', WORKER.replace(PLACE, `const SHELL = ${JSON.stringify(list)};`));
    if (spoil) this.files.set(spoil, `${this.files.get(spoil)} // not what was built`);
  }

  /** Listens, on the same port as before. */
  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    const address = this.server.address();
    if (typeof address === 'object' && address) this.port = address.port;
  }

  /** Is gone, with every connection. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private answer(path: string, response: ServerResponse): void {
    const api = path.startsWith('/api/') || path.startsWith('/hq');
    const text = api ? `{"asked":${this.asked.length}}` : this.files.get(path);
    response.writeHead(text === undefined ? 404 : 200, {
      'content-type': api ? 'application/json' : (TYPES[path] ?? TYPES.js),
      'cache-control': 'no-cache',
      vary: 'accept-encoding',
    });
    response.end(text ?? 'not found');
  }
}
