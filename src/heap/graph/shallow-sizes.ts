// Sizes as people count them: an array's elements, a map's table, an object's extra properties are the object's. V8's internal
// arrays and hidden objects that only one object leads to are added to it and count nothing themselves; the sum stays.
import { encodeUtf8 } from '../../base/index.ts';
import type { Heap, SizeColumn } from '../model.ts';
import { equalsBytes } from '../parse/string-table.ts';
import { userRoots } from './roots.ts';
import type { Scratch } from './scratch.ts';
import { roomyCopy, sumOf } from './size-column.ts';
import { typeRows } from './type-rows.ts';

const unowned = 0xffffffff;
const shared = 0xfffffffe;
const externalString = encodeUtf8('system / ExternalStringData');

export function shallowSizes(heap: Heap, scratch: Scratch): SizeColumn {
  const { nodes, root } = heap;
  const sizes = roomyCopy(nodes.selfSize, sumOf(nodes.selfSize));
  // Without user roots the snapshot was asked to show the engine's insides as they are.
  if (userRoots(heap).length === 0) return sizes;
  const { synthetic } = typeRows(heap).node;
  const owners = findOwners(heap, scratch);
  for (let row = 0; row < nodes.count; row++) {
    const owner = owners[row]!;
    if (owner === row || owner === unowned || owner === shared || owner === root || nodes.type[owner] === synthetic) continue;
    sizes[owner]! += sizes[row]!;
    sizes[row] = 0;
  }
  scratch.give(owners);
  return sizes;
}

/** By node: itself when it can own; else the one that owns it, `shared` or `unowned`. */
function findOwners(heap: Heap, scratch: Scratch): Uint32Array {
  const { weak } = typeRows(heap).edge;
  const { owners, ownable } = ownableNodes(heap, scratch.take());
  // Each ownable node is visited once when it gets an owner and once more when it gets a second.
  const stack = scratch.take(2 * ownable + 1);
  for (let row = 0; row < heap.nodes.count; row++) if (owners[row] === row) spread(heap, owners, row, stack, weak);
  scratch.give(stack);
  return owners;
}

function ownableNodes(heap: Heap, owners: Uint32Array): { readonly owners: Uint32Array; readonly ownable: number } {
  const { nodes, strings } = heap;
  const { hidden, array, native } = typeRows(heap).node;
  let ownable = 0;
  for (let row = 0; row < nodes.count; row++) {
    const type = nodes.type[row]!;
    const owned = type === hidden || type === array || (type === native && equalsBytes(strings, nodes.name[row]!, externalString));
    owners[row] = owned ? unowned : row;
    if (owned) ownable++;
  }
  return { owners, ownable };
}

/** Makes `from` the owner of all that it leads to through ownable nodes, or one of several owners. */
function spread({ nodes: { firstEdge }, edges: { to: target, type } }: Heap, owners: Uint32Array, from: number, stack: Uint32Array, weak: number): void {
  let depth = 1;
  stack[0] = from;
  while (depth > 0) {
    const row = stack[--depth]!;
    const owner = owners[row]!;
    const end = firstEdge[row + 1]!;
    for (let edge = firstEdge[row]!; edge < end; edge++) {
      const to = target[edge]!;
      const before = owners[to]!;
      if (before === to || before === owner || before === shared || type[edge] === weak) continue;
      owners[to] = before === unowned ? owner : shared;
      stack[depth++] = to;
    }
  }
}
