// What a running server asks of the operating system, as strace sees it.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The calls that carry a request, an answer, and what lies on the disk. */
const CALLS = 'recvfrom,read,readv,recvmsg,sendto,sendmsg,write,writev,pwrite64,fsync,fdatasync';

/** One finished call. */
export interface SystemCall {
  name: string;
  /** Its place in the trace when it was made and when it came back: calls of different threads overlap. */
  made: number;
  back: number;
  /** What the first argument, a file descriptor, stands for. */
  on: string;
  /** The arguments and the result. */
  text: string;
}

/** A trace that is being written. */
export class Trace {
  private readonly child: ChildProcess;
  private readonly file: string;

  private constructor(child: ChildProcess, file: string) {
    this.child = child;
    this.file = file;
  }

  /** Watches a process from now on. */
  static async of(pid: number, folder: string): Promise<Trace> {
    const file = join(folder, 'strace.txt');
    const child = spawn('strace', ['-f', '-y', '-s', '4096', '-e', `trace=${CALLS}`, '-o', file, '-p', String(pid)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const told: string[] = [];
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`strace ended: ${told.join(' ')}`)));
      createInterface({ input: child.stderr! }).on('line', (line) => {
        told.push(line);
        if (line.includes('attached')) resolve();
      });
    });
    return new Trace(child, file);
  }

  /** Ends watching; tells what was seen, in the order in which it came back. */
  async calls(): Promise<SystemCall[]> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGINT');
    await ended;
    return read(await readFile(this.file, 'utf8'));
  }
}

/** `7  pwrite64(21</x/y.sqlite-wal>, …) = 4096`, or the same in two halves when another thread came between. */
export function read(text: string): SystemCall[] {
  const begun = new Map<string, { made: number; said: string }>();
  const calls: SystemCall[] = [];
  text.split('\n').forEach((line, at) => {
    const [, thread, said] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    if (thread === undefined || said === undefined) return;
    const unfinished = /^(.*) <unfinished \.\.\.>$/.exec(said)?.[1];
    if (unfinished !== undefined) {
      begun.set(thread, { made: at, said: unfinished });
      return;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(said)?.[1];
    const half = resumed === undefined ? undefined : begun.get(thread);
    const whole = `${half?.said ?? ''}${resumed ?? said}`;
    const [, name, on] = /^(\w+)\(\d+<([^>]*)>/.exec(whole) ?? [];
    if (name !== undefined && on !== undefined) calls.push({ name, made: half?.made ?? at, back: at, on, text: whole });
  });
  return calls;
}
