// A move from one window to another that takes a moment, so that the eye can follow; at once where motion is reduced.
import { windowBetween } from '../layout/window.ts';
import type { FlameWindow } from '../types.ts';

export class Glide {
  readonly to: FlameWindow;
  readonly #from: FlameWindow;
  readonly #durationMs: number;
  /** The first frame's time: what passed before it is not lost. */
  #startMs: number | null = null;

  constructor(from: FlameWindow, to: FlameWindow, durationMs: number) { [this.#from, this.to, this.#durationMs] = [from, to, durationMs]; }

  /** Where it is at a frame's time; `to` itself from the end on. */
  at(frameMs: number): FlameWindow {
    this.#startMs ??= frameMs;
    const share = this.#durationMs > 0 ? Math.min((frameMs - this.#startMs) / this.#durationMs, 1) : 1;
    return windowBetween(this.#from, this.to, 1 - (1 - share) ** 3);
  }
}
