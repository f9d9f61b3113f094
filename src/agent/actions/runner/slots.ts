// How many run at the same time; who comes later waits, first come first served.

export class Slots {
  #used = 0;
  readonly #waiting: (() => void)[] = [];

  /** Null when the signal aborted first; otherwise a function that gives the place back. */
  async take(most: number, signal: AbortSignal): Promise<(() => void) | null> {
    while (this.#used >= most) {
      if (!await this.#turn(signal)) return null;
    }
    if (signal.aborted) { this.#waiting.shift()?.(); return null; }
    this.#used++;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.#used--;
      this.#waiting.shift()?.();
    };
  }

  get waiting(): number { return this.#waiting.length; }

  #turn(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const come = (): void => { signal.removeEventListener('abort', leave); resolve(true); };
      const leave = (): void => { this.#waiting.splice(this.#waiting.indexOf(come), 1); resolve(false); };
      this.#waiting.push(come);
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
    });
  }
}
