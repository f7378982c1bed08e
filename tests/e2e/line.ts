// The line between a browser and its server, or between a channel and headquarters: a TCP proxy that can be cut.
//
// It passes bytes on and knows nothing of what they say, except as a hotel's gate, which answers itself.
import { createServer, Socket, type Server } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * `whole`: everything passes. `cut`: nobody answers, at once. `silent`: connections open and nothing ever comes, as
 * in a cellar. `deaf`: what is sent arrives and no answer comes back. `hotel`: a sign-in page answers to everything.
 */
export type LineState = 'whole' | 'cut' | 'silent' | 'deaf' | 'hotel';

const SIGN_IN_PAGE = '<!doctype html><title>Welcome to our hotel</title><h1>Please sign in to use the network</h1>';

/** What the bytes of one connection go through on their way: to the server, and back from it. */
export interface Passage {
  there: Duplex;
  back: Duplex;
}

/** An open line to one server, until it is closed. */
export class Line {
  /** Where it listens: what the browser is told instead of the server's own address. */
  readonly url: string;
  private readonly server: Server;
  private readonly host: string;
  private readonly port: number;
  private readonly pairs = new Set<[Socket, Socket]>();
  private readonly passage: ((near: Socket) => Passage | undefined) | undefined;
  private state: LineState = 'whole';

  private constructor(server: Server, target: URL, passage?: (near: Socket) => Passage | undefined) {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the line has no port');
    this.server = server;
    this.passage = passage;
    this.url = `http://127.0.0.1:${address.port}`;
    this.host = target.hostname;
    this.port = Number(target.port);
    server.on('connection', (near) => this.accept(near));
  }

  /** Lays a line to the server at `target`; `passage` may put something into the way of a new connection. */
  static async to(target: string, passage?: (near: Socket) => Passage | undefined): Promise<Line> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return new Line(server, new URL(target), passage);
  }

  /** Becomes `state`, for open connections too. */
  become(state: LineState): void {
    this.state = state;
    for (const [near, far] of this.pairs) {
      if (state === 'silent' || state === 'deaf') {
        far.unpipe();
        far.pause();
        if (state === 'silent') {
          near.unpipe();
          near.pause();
        }
      } else {
        // What was held back must not come now, as if nothing had been: the other side has long given up.
        near.destroy();
        far.destroy();
      }
    }
  }

  /** Nothing passes and nothing answers from now on. */
  cut(): void {
    this.become('cut');
  }

  /** All is well again, for connections opened from now on. */
  mend(): void {
    this.become('whole');
  }

  /** Ends it. */
  async close(): Promise<void> {
    this.become('cut');
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private accept(near: Socket): void {
    near.on('error', () => near.destroy());
    if (this.state === 'cut') {
      near.resetAndDestroy();
      return;
    }
    if (this.state === 'hotel') {
      near.once('data', () => near.end(hotelAnswer()));
      return;
    }
    const far = new Socket();
    const pair: [Socket, Socket] = [near, far];
    this.pairs.add(pair);
    far.on('error', () => near.destroy());
    const end = () => {
      this.pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    near.once('close', end);
    far.once('close', end);
    const passage = this.passage?.(near);
    if (this.state !== 'silent') {
      far.connect(this.port, this.host);
      (passage ? near.pipe(passage.there) : near).pipe(far);
    }
    if (this.state !== 'deaf') (passage ? far.pipe(passage.back) : far).pipe(near);
  }
}

function hotelAnswer(): string {
  const length = Buffer.byteLength(SIGN_IN_PAGE);
  return `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${SIGN_IN_PAGE}`;
}
