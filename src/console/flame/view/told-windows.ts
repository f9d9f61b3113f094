// Windows that were told to those outside, until they come back as props. They may come late, when the graph has moved on, and rounded,
// as a URL holds them: neither is a wish to go there.
import type { FlameWindow } from '../types.ts';

/** Of the extent, and of the window's own width: what rounding may change. */
const ofExtent = 2e-6;
const ofWidth = 1e-3;
const most = 32;

export class ToldWindows {
  /** The oldest first; the last is what those outside know, or will. */
  #told: readonly FlameWindow[];

  constructor(known: FlameWindow) { this.#told = [known]; }

  get last(): FlameWindow { return this.#told.at(-1)!; }

  tell(window: FlameWindow): void { this.#told = [...this.#told.slice(1 - most), window]; }

  /** Whether this window is one of those that were told; those before it will not come any more. */
  isAnswer(window: FlameWindow, extent: number): boolean {
    const at = this.#told.findIndex(told => isNear(told, window, extent));
    if (at >= 0) this.#told = this.#told.slice(at);
    return at >= 0;
  }
}

function isNear(a: FlameWindow, b: FlameWindow, extent: number): boolean {
  const off = Math.max(extent * ofExtent, (a.end - a.start) * ofWidth);
  return Math.abs(a.start - b.start) <= off && Math.abs(a.end - b.end) <= off;
}
