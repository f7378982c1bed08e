// A disk so small that a test can fill it: a tmpfs of its own, which needs the right to mount.
import { execFile } from 'node:child_process';
import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A full disk has no room for these any more; the last rounds leave not even a page of a database. */
const PIECES_BYTES = [1_048_576, 65_536, 4_096, 512];

/** A mounted disk. */
export class SmallDisk {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Mounts one, or says why that cannot be done here. */
  static async mount(size_mb: number): Promise<SmallDisk | string> {
    const folder = await mkdtemp(join(tmpdir(), 'kase-disk-'));
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${size_mb}m`, 'kase-test', folder]);
    } catch (error) {
      await rmdir(folder);
      return `no tmpfs can be mounted here: ${(error as Error).message.trim().split('\n').at(-1)}`;
    }
    return new SmallDisk(folder);
  }

  /** Leaves no room. */
  fill(): void {
    const file = openSync(this.ballast, 'a');
    for (const bytes of PIECES_BYTES) {
      const piece = Buffer.alloc(bytes);
      while (writes(file, piece));
    }
    closeSync(file);
  }

  /** Makes room again. */
  free(): void {
    unlinkSync(this.ballast);
  }

  async unmount(): Promise<void> {
    // What a killed process still held is let go within the moment that a lazy unmount allows for.
    await run('umount', ['--lazy', this.folder]);
    await rmdir(this.folder);
  }

  private get ballast(): string {
    return join(this.folder, 'ballast');
  }
}

function writes(file: number, piece: Buffer): boolean {
  try {
    return writeSync(file, piece) === piece.length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw error;
  }
}
