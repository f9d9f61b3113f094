// An evented profile: frames that open ("O") and close ("C") at points of the axis. Between two events the open frames are one sample.
import type { ProfileBuilder } from '../../build/index.ts';
import { none } from '../../model.ts';
import { asNumber, asRecord, JsonScanner } from '../json/index.ts';
import type { Unit } from '../units.ts';
import type { FrameRow, SpeedscopeSource } from './source.ts';

interface OpenFrame { readonly frame: number; readonly stack: number }

export function readEvents(builder: ProfileBuilder, rowOf: FrameRow, { bytes, startOf, start, tell }: SpeedscopeSource, { unit, factor }: Unit): void {
  const scanner = new JsonScanner(bytes, startOf('events') ?? bytes.length);
  if (scanner.peek() < 0) return;
  const open = new OpenFrames(builder, rowOf);
  let last = start;
  scanner.elements(() => {
    const { type, frame, at } = asRecord(scanner.value(1024 * 1024));
    tell(scanner.at);
    const point = asNumber(at);
    if (!Number.isFinite(point)) return builder.leaveOut('Events without a point in time, left out');
    if (point > last) addSpan(builder, open.stack, last * factor, (point - last) * factor, unit === 'nanoseconds');
    last = Math.max(last, point);
    if (type === 'O') open.open(asNumber(frame));
    else if (type === 'C') open.close(asNumber(frame));
  });
  if (open.count > 0) builder.leaveOut('Frames that are never closed', open.count);
}

function addSpan(builder: ProfileBuilder, stack: number, from: number, weight: number, timed: boolean): void {
  builder.sample(stack, 0, timed ? from : NaN);
  builder.weigh(0, weight);
}

/** What is on the stack at a point. */
class OpenFrames {
  readonly #builder: ProfileBuilder;
  readonly #rowOf: FrameRow;
  readonly #open: OpenFrame[] = [];
  /** By frame: how often it is open, and how many of these are to close as soon as nothing stands on them. */
  readonly #times = new Map<number, { open: number; closing: number }>();

  constructor(builder: ProfileBuilder, rowOf: FrameRow) {
    this.#builder = builder;
    this.#rowOf = rowOf;
  }

  get stack(): number { return this.#open.at(-1)?.stack ?? none; }
  get count(): number { return this.#open.length; }

  open(frame: number): void {
    const row = this.#rowOf(frame);
    this.#open.push({ frame, stack: row === null ? this.stack : this.#builder.stack(this.stack, row) });
    const times = this.#times.get(frame);
    if (times === undefined) this.#times.set(frame, { open: 1, closing: 0 });
    else times.open++;
  }

  /** A frame that others still stand on (some writers close in another order at one point) closes with the last of them. */
  close(frame: number): void {
    const times = this.#times.get(frame);
    if (times === undefined || times.closing >= times.open) return this.#builder.leaveOut('Frames closed that were not open, left out');
    times.closing++;
    if (this.#open.at(-1)?.frame !== frame) this.#builder.leaveOut('Frames closed before what they called, shown until that ended');
    this.#popClosed();
  }

  #popClosed(): void {
    for (let top = this.#open.at(-1); top !== undefined; top = this.#open.at(-1)) {
      const times = this.#times.get(top.frame)!;
      if (times.closing === 0) return;
      times.closing--;
      times.open--;
      this.#open.pop();
    }
  }
}
