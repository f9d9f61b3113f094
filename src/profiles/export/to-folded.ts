// Folded stacks for flamegraph.pl, inferno and the like: one line a stack, the weight of the selection at its end. Kernel functions end in
// `_[k]`, as stackcollapse-perf.pl marks them; ";" within a name becomes ":".
import { none, type Profile } from '../model.ts';
import type { ProfileSelection } from '../tree/call-tree.ts';
import { mergeSamples } from './merged-samples.ts';
import { selectStacks } from './selected-stacks.ts';
import { chunked } from './text-chunks.ts';

const kernel = 'kernel';

/** Text in chunks; threads are merged, stacks that are empty or weigh nothing are left out. Weights with decimals keep three. */
export function toFolded(profile: Profile, selection: ProfileSelection): Generator<string> {
  return chunked(lines(profile, selection));
}

function* lines(profile: Profile, selection: ProfileSelection): Generator<string> {
  const stacks = selectStacks(profile, selection);
  const merged = mergeSamples(profile, selection, stacks);
  const names = frameNames(profile);
  const sums = new Map<number, number>();
  for (let row = 0; row < merged.count; row++) sums.set(merged.stackOf(row), (sums.get(merged.stackOf(row)) ?? 0) + merged.weightOf(row, selection.weight));
  for (const [stack, sum] of sums) {
    const weight = Math.round(sum * 1000) / 1000;
    if (stack === none || weight <= 0) continue;
    const path: string[] = [];
    for (let row = stack; row !== none; row = stacks.rows.first(row)) path.push(names(stacks.rows.second(row)));
    yield `${path.reverse().join(';')} ${weight}\n`;
  }
}

/** By frame, made when first asked for. */
function frameNames({ frames, functions, strings }: Profile): (frame: number) => string {
  const names: (string | undefined)[] = Array.from({ length: functions.count });
  const make = (row: number): string => {
    const clean = (strings[functions.name[row]!] ?? '').replace(/\s+/gu, ' ').replaceAll(';', ':').trim() || '(anonymous)';
    return functions.package[row] !== none && strings[functions.package[row]!] === kernel ? `${clean}_[k]` : clean;
  };
  return (frame) => names[frames.function[frame]!] ??= make(frames.function[frame]!);
}
