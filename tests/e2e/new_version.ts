// A line over which a new version of the app's service worker comes on the test's word: one letter of its first comment
// is another, and so the browser takes it for the next version of the same app.
import { Transform } from 'node:stream';
import { Line } from './line.ts';

const OLD = 'starts the app without a network';
const NEW = 'Starts the app without a network';

/** Another header, as long, which nobody knows. */
const masked = (header: string) => 'X'.repeat(header.length);

export class NewVersionLine {
  readonly line: Line;
  private deployed = false;

  private constructor(line: Line) {
    this.line = line;
  }

  static async to(target: string): Promise<NewVersionLine> {
    let made: NewVersionLine | undefined;
    const replacing = (change: (text: string) => string) =>
      new Transform({
        transform: (piece: Buffer, _, done) => done(null, Buffer.from(change(piece.toString('latin1')), 'latin1')),
      });
    const line = await Line.to(target, () => ({
      // Compressed, or not sent since it is known, the comment could not be found.
      there: replacing((text) => text.replaceAll(/^(?:Accept-Encoding|If-None-Match|If-Modified-Since)(?=:)/gim, masked)),
      back: replacing((text) => (made?.deployed ? text.replace(OLD, NEW) : text)),
    }));
    made = new NewVersionLine(line);
    return made;
  }

  /** From now on the server has another version. */
  deploy(): void {
    this.deployed = true;
  }
}
