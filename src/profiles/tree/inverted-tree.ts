// The tree upside down: under the root the functions that were running, under each who called it. All ways up are walked side by side,
// one step a round, and those that have gone the same way so far are one node: memory is one entry a way, never a way's length.
import { FloatColumn, type PairIndex } from '../build/index.ts';
import type { Profile } from '../model.ts';
import { callTree } from './build-call-tree.ts';
import type { CallTree, ProfileSelection, PrunedTree } from './call-tree.ts';
import { keptTree } from './finish-tree.ts';
import { rootNode, startNodes } from './select-nodes.ts';

/** Under a ten-thousandth nothing is seen: a thousand pixels are wider. */
export const defaultMinShare = 1e-4;
/** Bounds for deep hostile stacks: steps of single ways, and nodes. What is left then counts as pruned. */
const maxSteps = 1 << 25;
const maxNodes = 1 << 20;

/** minShare: of the whole, 0..1; thinner branches are pruned and counted. `self`: what has no caller. */
export function invertedTree(profile: Profile, selection: ProfileSelection, minShare = defaultMinShare): PrunedTree {
  const tree = callTree(profile, selection);
  const leaves: number[] = [];
  for (let node = 0; node < tree.count; node++) if (tree.self[node] !== 0 || tree.selfSamples[node] !== 0) leaves.push(node);
  return waysUp(tree, Int32Array.from(leaves), tree.self, tree.selfSamples, minShare);
}

/** The ways from `leaves` (nodes of `tree`, themselves included) to the root, merged; the root as a leaf is what has no function. weight, samples: of each way, by node of `tree`. */
export function waysUp(tree: CallTree, leaves: Int32Array, weight: Float64Array, samples: Float64Array, minShare: number): PrunedTree {
  const ways = new Ways(tree, leaves, weight, samples);
  const floor = tree.total[rootNode]! * minShare;
  for (let steps = 0; ways.live > 0; steps += ways.live) ways.step(steps > maxSteps || ways.nodes.count > maxNodes ? Number.POSITIVE_INFINITY : floor);
  return ways.finish();
}

class Ways {
  readonly nodes: PairIndex = startNodes();
  live: number;
  readonly #tree: CallTree;
  readonly #weight: Float64Array;
  readonly #samples: Float64Array;
  /** By way: where it began, where it is, the node it has come to. The live ones stand in front. */
  readonly #leaf: Int32Array;
  readonly #cursor: Int32Array;
  readonly #node: Int32Array;
  /** By node: self, total and their samples. */
  readonly #self = new FloatColumn();
  readonly #selfSamples = new FloatColumn();
  readonly #total = new FloatColumn();
  readonly #totalSamples = new FloatColumn();
  readonly #pruned = new FloatColumn();
  #prunedWeight = 0;
  #prunedSamples = 0;

  constructor(tree: CallTree, leaves: Int32Array, weight: Float64Array, samples: Float64Array) {
    this.#tree = tree;
    this.#weight = weight;
    this.#samples = samples;
    this.#leaf = leaves.filter((leaf) => leaf !== rootNode);
    this.#cursor = this.#leaf.slice();
    this.#node = new Int32Array(this.#leaf.length);
    this.live = this.#leaf.length;
    this.#pad();
    for (const leaf of leaves) {
      this.#addTotal(rootNode, leaf);
      if (leaf === rootNode) this.#addSelf(rootNode, leaf);
    }
  }

  /** Every way to its next caller. Nodes lighter than `floor` end here and are pruned. */
  step(floor: number): void {
    for (let way = 0; way < this.live; way++) {
      const node = this.nodes.row(this.#node[way]!, this.#tree.function[this.#cursor[way]!]!);
      this.#node[way] = node;
      if (node >= this.#total.count) this.#pad();
      this.#addTotal(node, this.#leaf[way]!);
    }
    this.#advance(floor);
  }

  #advance(floor: number): void {
    let live = 0;
    for (let way = 0; way < this.live; way++) {
      const node = this.#node[way]!;
      const leaf = this.#leaf[way]!;
      const caller = this.#tree.parent[this.#cursor[way]!]!;
      if (Math.abs(this.#total.at(node)) < floor) this.#prune(node, leaf);
      else if (caller === rootNode) this.#addSelf(node, leaf);
      else {
        this.#leaf[live] = leaf;
        this.#cursor[live] = caller;
        this.#node[live++] = node;
      }
    }
    this.live = live;
  }

  #prune(node: number, leaf: number): void {
    this.#pruned.set(node, 1);
    this.#prunedWeight += this.#weight[leaf]!;
    this.#prunedSamples += this.#samples[leaf]!;
  }

  #pad(): void { for (const column of [this.#self, this.#selfSamples, this.#total, this.#totalSamples, this.#pruned]) column.padTo(this.nodes.count, 0); }

  #addSelf(node: number, leaf: number): void {
    this.#self.set(node, this.#self.at(node) + this.#weight[leaf]!);
    this.#selfSamples.set(node, this.#selfSamples.at(node) + this.#samples[leaf]!);
  }

  #addTotal(node: number, leaf: number): void {
    this.#total.set(node, this.#total.at(node) + this.#weight[leaf]!);
    this.#totalSamples.set(node, this.#totalSamples.at(node) + this.#samples[leaf]!);
  }

  finish(): PrunedTree {
    const keep = Uint8Array.from(this.#pruned.finish(), (pruned) => 1 - pruned);
    const tree = keptTree({
      parent: this.nodes.finishFirst(), function: this.nodes.finishSecond(), self: this.#self.finish(), selfSamples: this.#selfSamples.finish(),
      total: this.#total.finish(), totalSamples: this.#totalSamples.finish(),
    }, keep);
    return { ...tree, prunedNodes: keep.length - tree.count, prunedWeight: this.#prunedWeight, prunedSamples: this.#prunedSamples };
  }
}
