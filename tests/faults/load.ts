// What happens while things break: a blow falls when something has begun and its answer is awaited.
import { EventEmitter, once } from 'node:events';

/** `pressed`: Save was pressed at a register. `began`: that, or a request of a web shop. `told`: one was acknowledged. */
export type Happening = 'pressed' | 'began' | 'told';

/** The load of one campaign. */
export class Load {
  private readonly events = new EventEmitter();

  note(happening: Happening): void {
    this.events.emit(happening);
    if (happening === 'pressed') this.events.emit('began');
  }

  /** Waits for the next. */
  async next(happening: Happening): Promise<void> {
    await once(this.events, happening);
  }
}

/** Whether a server can be asked; whoever waits at its door is told when it opens. */
export class Door {
  private opening = Promise.resolve();
  private open: () => void = () => {};

  shut(): void {
    this.opening = new Promise((resolve) => (this.open = resolve));
  }

  reopen(): void {
    this.open();
  }

  /** Waits until it is open. */
  async opened(): Promise<void> {
    await this.opening;
  }
}
