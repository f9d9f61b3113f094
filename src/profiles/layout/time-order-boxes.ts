// Calls in the order of time: from one sample to the next only what is above their common ancestor ends and begins. One thread at a
// time. A box is one unbroken run of samples through the same node, or on the root a gap that nobody sampled. Axis: nanoseconds from the start of the chosen range.
import { none, notSampled, type Profile } from '../model.ts';
import type { ProfileSelection } from '../tree/call-tree.ts';
import { depths } from '../tree/finish-tree.ts';
import { selectNodes, type SelectedNodes } from '../tree/select-nodes.ts';
import type { FlameBoxes } from './boxes.ts';
import { packageRow } from './merged-boxes.ts';
import { RunBoxes } from './run-boxes.ts';
import { sampleSpans, type SampleSpans } from './sample-spans.ts';

export interface TimeOrderBoxes extends FlameBoxes {
  /** Boxes too short to be seen at this range, left out to bound memory (none below four million): a narrower range has them. */
  readonly leftOut: number;
}

/** The first of the selection's threads, else thread 0. `leftOut` 0 and no boxes when the profile has no times. */
export function timeOrderBoxes(profile: Profile, selection: ProfileSelection, tint: 'package' | null = null): TimeOrderBoxes {
  const spans = sampleSpans(profile, selection);
  const nodes = selectNodes(profile, selection);
  const runs = new RunBoxes(spans.extent);
  if (spans.extent > 0) new OpenPath(nodes, runs).run(profile, spans);
  const boxes = runs.finish();
  const leaf = stackOfNode(nodes);
  return {
    rows: boxes.rowStart.length - 1, rowStart: boxes.rowStart, start: boxes.start, end: boxes.end,
    node: boxes.node.map((node) => (node === notSampled ? none : leaf[node]!)), function: boxes.node.map((node) => (node === notSampled ? notSampled : nodes.function[node]!)), extent: spans.extent, leftOut: boxes.leftOut,
    tint: tint === null ? null : new Float32Array(boxes.node.length).map((_, box) => packageRow(profile, nodes.function[boxes.node[box]!] ?? none)),
  };
}

/** The first stack that ends in the node. */
function stackOfNode({ parent, nodeOfStack }: SelectedNodes): Int32Array {
  const first = new Int32Array(parent.length).fill(none);
  for (let stack = nodeOfStack.length - 1; stack >= 0; stack--) if (nodeOfStack[stack]! > 0) first[nodeOfStack[stack]!] = stack;
  return first;
}

/** What is on the stack at the moment, by depth, and since when. */
class OpenPath {
  readonly #nodes: SelectedNodes;
  readonly #depth: Int32Array;
  readonly #runs: RunBoxes;
  readonly #node: Int32Array;
  readonly #since: Float64Array;
  /** Open depths; the root is always open. */
  #open = 1;

  constructor(nodes: SelectedNodes, runs: RunBoxes) {
    this.#nodes = nodes;
    this.#runs = runs;
    this.#depth = depths(nodes.parent);
    let deepest = 0;
    for (const depth of this.#depth) if (depth > deepest) deepest = depth;
    this.#node = new Int32Array(deepest + 1);
    this.#since = new Float64Array(deepest + 1);
  }

  run({ samples }: Profile, { row, start, end, extent, gaps }: SampleSpans): void {
    let last = 0;
    let gap = 0;
    for (let at = 0; at < row.length; at++) {
      while (gap < gaps.length && gaps[gap]!.from < start[at]!) last = this.#gap(last, gaps[gap++]!);
      if (!(end[at]! > start[at]!)) continue;
      if (start[at]! > last) this.#close(1, last);
      const stack = samples.stack[row[at]!]!;
      this.#moveTo(stack === none ? 0 : Math.max(0, this.#nodes.nodeOfStack[stack]!), start[at]!);
      last = end[at]!;
    }
    while (gap < gaps.length) last = this.#gap(last, gaps[gap++]!);
    this.#close(1, last);
    this.#close(0, extent);
  }

  /** Nothing is drawn on the stack while nobody sampled, and it is said. What was open ended at `last`. */
  #gap(last: number, { from, to }: SampleSpans['gaps'][number]): number {
    this.#close(1, last);
    if (to > Math.max(last, from)) this.#runs.add(1, Math.max(last, from), to, notSampled);
    return Math.max(last, to);
  }

  #moveTo(node: number, time: number): void {
    const top = this.#depth[node]!;
    if (this.#open === top + 1 && this.#node[top] === node) return;
    let common = node;
    while (this.#depth[common]! >= this.#open || this.#node[this.#depth[common]!] !== common) common = this.#nodes.parent[common]!;
    this.#close(this.#depth[common]! + 1, time);
    for (let at = node; at !== common; at = this.#nodes.parent[at]!) {
      this.#node[this.#depth[at]!] = at;
      this.#since[this.#depth[at]!] = time;
    }
    this.#open = top + 1;
  }

  /** Ends all boxes from this depth on. */
  #close(depth: number, time: number): void {
    while (this.#open > depth) {
      this.#open--;
      if (time > this.#since[this.#open]!) this.#runs.add(this.#open, this.#since[this.#open]!, time, this.#node[this.#open]!);
    }
  }
}
