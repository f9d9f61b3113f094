// What of each stack a selection keeps, as tree/select-nodes.ts has it, but by frame: exporters keep the line that was running.
import { PairIndex } from '../build/index.ts';
import { none, type Profile } from '../model.ts';
import type { ProfileSelection } from '../tree/call-tree.ts';
import { walkPaths } from '../tree/walk-paths.ts';

/** A stack that the focus is not on. */
export const leftOut = -2;

export interface SelectedStacks {
  /** Rows of (parent row or `none`, frame row of the profile), a parent before its children. */
  readonly rows: PairIndex;
  /** By stack of the profile: a row of `rows`, `none` for what is empty now, or `leftOut`. */
  readonly rowOfStack: Int32Array;
}

export function selectStacks(profile: Profile, { hiddenPackages, focusFunction, collapseRecursion }: ProfileSelection): SelectedStacks {
  const { stacks, frames, functions, strings } = profile;
  const rows = new PairIndex();
  const rowOfStack = new Int32Array(stacks.count).fill(leftOut);
  const hiddenNames = new Set(hiddenPackages);
  const hidden = Uint8Array.from(functions.package, (row) => (row !== none && hiddenNames.has(strings[row]!) ? 1 : 0));
  /** By function: its row on the way to where the walk is. */
  const open = collapseRecursion ? new Int32Array(functions.count).fill(leftOut) : null;
  const openedBy = open === null ? null : new Int32Array(functions.count).fill(none);

  const enter = (stack: number): void => {
    const above = stacks.parent[stack]!;
    const frame = stacks.frame[stack]!;
    const called = frames.function[frame]!;
    const parent = above === none ? (focusFunction === null ? none : leftOut) : rowOfStack[above]!;
    if (parent === leftOut && called !== focusFunction) return;
    const under = parent === leftOut ? none : parent;
    if (hidden[called] === 1) rowOfStack[stack] = under;
    else if (open !== null && open[called] !== leftOut) rowOfStack[stack] = open[called]!;
    else {
      rowOfStack[stack] = rows.row(under, frame);
      if (open !== null) { open[called] = rowOfStack[stack]!; openedBy![called] = stack; }
    }
  };
  const leave = (stack: number): void => {
    const called = frames.function[stacks.frame[stack]!]!;
    if (openedBy![called] === stack) { open![called] = leftOut; openedBy![called] = none; }
  };
  if (open === null) for (let stack = 0; stack < stacks.count; stack++) enter(stack);
  else walkPaths(stacks.parent, enter, leave);
  return { rows, rowOfStack };
}

/** Rows of samples in the selection: their threads and times are, and the focus is on their stacks. */
export function eachSelectedSample(profile: Profile, selection: ProfileSelection, { rowOfStack }: SelectedStacks, visit: (sample: number, row: number, thread: number) => void): void {
  const { count, stack, time, thread } = profile.samples;
  const threads = selection.threads === null ? null : new Set(selection.threads);
  const from = time === null ? -Infinity : selection.fromNanos ?? -Infinity;
  const to = time === null ? Infinity : selection.toNanos ?? Infinity;
  for (let sample = 0; sample < count; sample++) {
    if (time !== null && (time[sample]! < from || time[sample]! >= to)) continue;
    const inThread = thread === null ? 0 : thread[sample]!;
    if (threads !== null && !threads.has(inThread)) continue;
    const row = stack[sample] === none ? (selection.focusFunction === null ? none : leftOut) : rowOfStack[stack[sample]!]!;
    if (row !== leftOut) visit(sample, row, inThread);
  }
}
