// A line that does to the bytes of each connection what bad networks do: after some of them, which chance chooses, it
// stalls, resets, ends an answer early, or changes bytes.
import type { Socket } from 'node:net';
import { Transform } from 'node:stream';
import { Line, type Passage } from '../e2e/line.ts';
import type { Random } from './plan.ts';

/** What the line does to connections that are opened from now on. */
export type Roughness = 'smooth' | 'stalls' | 'resets' | 'truncates' | 'corrupts answers' | 'corrupts requests';

/** From the first bytes of a head to well inside a body: 2^4 to 2^12 bytes. */
const EARLIEST = 4;
const LATEST = 12;

/** What becomes of a piece of the stream when its byte has come. */
type Blow = (transform: Transform, rest: Buffer) => void;

/** A rough line to one server. */
export class RoughLine {
  readonly line: Line;
  private readonly random: Random;
  private roughness: Roughness = 'smooth';

  private constructor(line: Line, random: Random) {
    this.line = line;
    this.random = random;
  }

  static async to(target: string, random: Random): Promise<RoughLine> {
    let rough: RoughLine | undefined;
    const line = await Line.to(target, (near) => rough?.passage(near));
    rough = new RoughLine(line, random);
    return rough;
  }

  /** Becomes so; connections that are open break. */
  become(roughness: Roughness): void {
    this.roughness = roughness;
    this.line.mend();
  }

  private passage(near: Socket): Passage | undefined {
    const quiet = () => new Transform({ transform: (piece, _, done) => done(null, piece) });
    switch (this.roughness) {
      case 'smooth':
        return undefined;
      case 'stalls':
        return { there: quiet(), back: this.once(() => {}) };
      case 'truncates':
        return { there: quiet(), back: this.once((transform) => transform.push(null)) };
      case 'resets': {
        const reset = () => this.once(() => near.resetAndDestroy());
        return this.random.chance(0.5) ? { there: reset(), back: quiet() } : { there: quiet(), back: reset() };
      }
      case 'corrupts answers':
        return { there: quiet(), back: this.corrupting() };
      case 'corrupts requests':
        return { there: this.corrupting(), back: quiet() };
    }
  }

  private somewhere(): number {
    return Math.floor(2 ** (EARLIEST + this.random.next() * (LATEST - EARLIEST)));
  }

  /** Passes some bytes on, and nothing more after the blow. */
  private once(blow: Blow): Transform {
    let left = this.somewhere();
    let struck = false;
    return new Transform({
      transform(piece: Buffer, _, done) {
        if (struck) return done();
        if (piece.length < left) {
          left -= piece.length;
          return done(null, piece);
        }
        struck = true;
        this.push(piece.subarray(0, left));
        blow(this, piece.subarray(left));
        done();
      },
    });
  }

  /** Changes a byte here and there. */
  private corrupting(): Transform {
    const [somewhere, random] = [() => this.somewhere(), this.random];
    let left = somewhere();
    return new Transform({
      transform(piece: Buffer, _, done) {
        const changed = Buffer.from(piece);
        let at = left;
        for (; at < changed.length; at += somewhere()) changed[at] = changed[at]! ^ (1 + random.below(255));
        left = at - changed.length;
        done(null, changed);
      },
    });
  }
}
