// Immediate dominators by the SEMI-NCA algorithm (Georgiadis: Linear-Time Algorithms for Dominators and Related Problems, 2005):
// semidominators as Lengauer and Tarjan find them, with path compression, then each node's dominator as the nearest ancestor
// not below its semidominator. All in depth-first numbers, so that memory is walked mostly in order. No recursion.
import type { Tick } from '../model.ts';
import { withRoom } from '../parse/growing.ts';
import type { Adjacency } from './analysis.ts';
import type { DepthFirst } from './depth-first.ts';
import { keeps, retainerRow } from './retainers.ts';
import type { Scratch } from './scratch.ts';

const tickMask = 0x7ffff;

/**
 * By depth-first number: the number of the immediate dominator; 1, the root, is its own. They take the place of `order.parent`,
 * whose memory they use.
 */
export function findDominators(order: DepthFirst, retainers: Adjacency, scratch: Scratch, tick: Tick): Uint32Array {
  const semi = findSemidominators(order, retainers, scratch, tick);
  const dominator = order.parent;
  dominator[1] = 1;
  for (let at = 2; at < dominator.length; at++) {
    const limit = semi[at]!;
    let up = dominator[at]!;
    while (up > limit) up = dominator[up]!;
    dominator[at] = up;
  }
  scratch.give(semi);
  return dominator;
}

function findSemidominators(order: DepthFirst, { first, to }: Adjacency, scratch: Scratch, tick: Tick): Uint32Array {
  const { node, number } = order;
  const count = node.length - 1;
  const semi = scratch.take();
  const forest = new Forest(order.parent, semi, scratch);
  for (let at = count; at >= 2; at--) {
    const row = node[at]!;
    let best = at;
    let kept = false;
    for (let entry = first[row]!, end = first[row + 1]!; entry < end; entry++) {
      const retainer = to[entry]!;
      if (!keeps(retainer)) continue;
      kept = true;
      const from = number[retainerRow(retainer)]!;
      const candidate = from <= at ? from : forest.least(from, at);
      if (candidate < best) best = candidate;
    }
    semi[at] = kept ? best : 1;
    if ((at & tickMask) === 0) tick(1 - at / count);
  }
  forest.end(scratch);
  return semi;
}

/** Nodes above the current one linked to their parents; `semi` gives, along compressed paths, the least semidominator. */
class Forest {
  readonly #ancestor: Uint32Array;
  readonly #least: Uint32Array;
  readonly #semi: Uint32Array;
  /** As deep as the longest path so far. */
  #stack = new Uint32Array(1024);

  constructor(parent: Uint32Array, semi: Uint32Array, scratch: Scratch) {
    this.#ancestor = scratch.take();
    this.#ancestor.set(parent);
    this.#semi = semi;
    this.#least = scratch.takeZeros();
  }

  end(scratch: Scratch): void { scratch.give(this.#ancestor, this.#least); }

  /** The least semidominator on the path from `from` up to, without, the first node that is not above `current`. */
  least(from: number, current: number): number {
    const ancestor = this.#ancestor;
    let stack = this.#stack;
    let depth = 0;
    let at = from;
    while (ancestor[at]! > current) {
      if (depth === stack.length) stack = this.#stack = withRoom(stack, depth * 2);
      stack[depth++] = at;
      at = ancestor[at]!;
    }
    let best = this.#own(at);
    while (depth > 0) {
      const below = stack[--depth]!;
      const own = this.#own(below);
      best = own < best ? own : best;
      this.#least[below] = best;
      ancestor[below] = ancestor[at]!;
    }
    return best;
  }

  #own(at: number): number {
    const least = this.#least[at]!;
    return least === 0 ? (this.#least[at] = this.#semi[at]!) : least;
  }
}
