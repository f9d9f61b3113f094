// Where inside one function the time went, as far as the format tells.
import { none, type LineTicks, type Profile } from '../model.ts';
import type { ProfileSelection } from './call-tree.ts';
import { selectNodes } from './select-nodes.ts';
import { weighStacks, type StackWeights } from './weigh-stacks.ts';

/** share: 0..1 of what is known of the function's lines, by the selection's weight (position ticks: by samples). */
export interface LineRow { readonly line: number; readonly share: number; readonly samples: number }

/**
 * `self`: the line that ran (V8 position ticks). `total`: also the line that waited for what it called (formats with a line per frame);
 * where the function is on a stack several times, its innermost call counts.
 */
export interface FunctionLines { readonly of: 'self' | 'total'; /** Ascending by line; no line 0. */ readonly rows: readonly LineRow[] }

/** Position ticks have neither time nor thread: in a selection of those a stack's ticks count as far as its samples are chosen. */
export function linesOf(profile: Profile, selection: ProfileSelection, functionRow: number): FunctionLines {
  const chosen = weighStacks(profile, selection);
  const { nodeOfStack } = selectNodes(profile, { ...selection, collapseRecursion: false, hiddenPackages: [] });
  const lines = new LineSums();
  if (profile.lineTicks === null) sumFrames(profile, functionRow, chosen, nodeOfStack, lines);
  else sumTicks(profile, profile.lineTicks, functionRow, selection, nodeOfStack, chosen, lines);
  return { of: profile.lineTicks === null ? 'total' : 'self', rows: lines.rows() };
}

function sumTicks(profile: Profile, ticks: LineTicks, functionRow: number, selection: ProfileSelection, nodeOfStack: Int32Array, chosen: StackWeights, lines: LineSums): void {
  const whole = weighStacks(profile, { ...selection, threads: null, fromNanos: null, toNanos: null });
  for (let row = 0; row < ticks.count; row++) {
    const stack = ticks.stack[row]!;
    if (profile.frames.function[profile.stacks.frame[stack]!] !== functionRow || nodeOfStack[stack] === none) continue;
    const all = whole.samples[stack + 1]!;
    const count = all === 0 ? 0 : (ticks.ticks[row]! * chosen.samples[stack + 1]!) / all;
    lines.add(ticks.line[row]!, count, count);
  }
}

/** Children before parents: what a stack holds goes to the line of its frame when that is the function's, else on to the stack below. */
function sumFrames({ stacks, frames }: Profile, functionRow: number, { weight, samples }: StackWeights, nodeOfStack: Int32Array, lines: LineSums): void {
  const held = weight.slice();
  const heldSamples = samples.slice();
  for (let stack = stacks.count - 1; stack >= 0; stack--) {
    if (nodeOfStack[stack] === none) continue;
    const frame = stacks.frame[stack]!;
    if (frames.function[frame] === functionRow) {
      lines.add(frames.line[frame]!, held[stack + 1]!, heldSamples[stack + 1]!);
      continue;
    }
    held[stacks.parent[stack]! + 1]! += held[stack + 1]!;
    heldSamples[stacks.parent[stack]! + 1]! += heldSamples[stack + 1]!;
  }
}

class LineSums {
  readonly #lines = new Map<number, { weight: number; samples: number }>();

  add(line: number, weight: number, samples: number): void {
    if (line <= 0 || samples === 0) return;
    const sum = this.#lines.get(line);
    if (sum === undefined) this.#lines.set(line, { weight, samples });
    else { sum.weight += weight; sum.samples += samples; }
  }

  rows(): LineRow[] {
    let all = 0;
    for (const { weight } of this.#lines.values()) all += weight;
    const rows = Array.from(this.#lines, ([line, { weight, samples }]) => ({ line, share: all === 0 ? 0 : weight / all, samples }));
    return rows.sort((a, b) => a.line - b.line);
  }
}
