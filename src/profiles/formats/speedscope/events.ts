// An evented profile: frames that open ("O") and close ("C") at points of the axis. Between two events the open frames are one sample.
import type { ProfileBuilder } from '../../build/index.ts';
import { none } from '../../model.ts';
import { asNumber, asRecord, JsonScanner } from '../json/index.ts';
import type { Unit } from '../units.ts';
import type { FrameRow, SpeedscopeSource } from './source.ts';

interface Open { readonly frame: number; readonly stack: number }

export function readEvents(builder: ProfileBuilder, rowOf: FrameRow, { bytes, startOf, start, tell }: SpeedscopeSource, { unit, factor }: Unit): void {
  const scanner = new JsonScanner(bytes, startOf('events') ?? bytes.length);
  if (scanner.peek() < 0) return;
  const open: Open[] = [];
  let last = start;
  scanner.elements(() => {
    const { type, frame, at } = asRecord(scanner.value(1024 * 1024));
    tell(scanner.at);
    const point = asNumber(at);
    if (!Number.isFinite(point)) return builder.leaveOut('Events without a point in time, left out');
    if (point > last) addSpan(builder, open.at(-1)?.stack ?? none, last * factor, (point - last) * factor, unit === 'nanoseconds');
    last = Math.max(last, point);
    if (type === 'O') openFrame(builder, open, rowOf, asNumber(frame));
    else if (type === 'C') closeFrame(builder, open, asNumber(frame));
  });
  if (open.length > 0) builder.leaveOut('Frames that are never closed', open.length);
}

function addSpan(builder: ProfileBuilder, stack: number, from: number, weight: number, timed: boolean): void {
  builder.sample(stack, 0, timed ? from : NaN);
  builder.weigh(0, weight);
}

function openFrame(builder: ProfileBuilder, open: Open[], rowOf: FrameRow, frame: number): void {
  const row = rowOf(frame);
  const parent = open.at(-1)?.stack ?? none;
  open.push({ frame, stack: row === null ? parent : builder.stack(parent, row) });
}

/** Frames close in the reverse of the order they opened in; a close of another frame is passed over. */
function closeFrame(builder: ProfileBuilder, open: Open[], frame: number): void {
  if (open.at(-1)?.frame === frame) open.pop();
  else builder.leaveOut('Frames closed out of order, left open');
}
