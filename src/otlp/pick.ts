// Some records of a request as requests of their own, for whoever parts a request in many: each costs what it holds, not the whole
// request again. Resource and scope come along; within a message what is its own stands before what it holds.
import { varintEnd } from '../base/index.ts';
import type { RequestPicker, RequestView } from './types.ts';
import { nEnd, nodeStride, nParent, nStart, nTag, recordStride, rEnd, rNode, rTag, walked, type WalkedRequest } from './view.ts';
import { varintSize, writeVarint } from './wire-size.ts';

interface Picked { readonly index: number; readonly bytes: Uint8Array | null }
/** A message of the new request: its node, the size of its body, and what it holds, in the order it lay. */
interface Message { readonly node: number; size: number; readonly held: (Picked | Message)[] }

export function picker(view: RequestView): RequestPicker {
  const own = walked(view);
  const runs = ownRuns(own);
  return (records) => build(own, runs, records);
}

/** Per node the byte ranges of its body that belong to no message or record in it, [from, to) pairs. One pass over the request. */
function ownRuns({ nodes, records, recordCount }: WalkedRequest): readonly (readonly number[])[] {
  const count = nodes.length / nodeStride;
  const runs: number[][] = Array.from({ length: count }, (_, node) => [nodes[node * nodeStride + nStart]!]);
  const hole = (node: number, from: number, to: number): void => { if (node >= 0) runs[node]!.push(from, to); };
  // Both lists are in the order they lie, and a node holds either nodes or records.
  for (let node = 0; node < count; node++) hole(nodes[node * nodeStride + nParent]!, nodes[node * nodeStride + nTag]!, nodes[node * nodeStride + nEnd]!);
  for (let i = 0; i < recordCount; i++) hole(records[i * recordStride + rNode]!, records[i * recordStride + rTag]!, records[i * recordStride + rEnd]!);
  for (let node = 0; node < count; node++) runs[node]!.push(nodes[node * nodeStride + nEnd]!);
  return runs.map(withoutEmpty);
}

function withoutEmpty(run: readonly number[]): readonly number[] {
  const kept: number[] = [];
  for (let i = 0; i < run.length; i += 2) if (run[i]! < run[i + 1]!) kept.push(run[i]!, run[i + 1]!);
  return kept;
}

const sizeOfRuns = (run: readonly number[]): number => { let size = 0; for (let i = 0; i < run.length; i += 2) size += run[i + 1]! - run[i]!; return size; };

function build(view: WalkedRequest, runs: readonly (readonly number[])[], picked: readonly Picked[]): Uint8Array {
  const { nodes, records } = view;
  const messages = new Map<number, Message>();
  const roots: Message[] = [];
  const messageOf = (node: number): Message => {
    const known = messages.get(node);
    if (known !== undefined) return known;
    const message: Message = { node, size: sizeOfRuns(runs[node]!), held: [] };
    messages.set(node, message);
    const parent = nodes[node * nodeStride + nParent]!;
    (parent < 0 ? roots : messageOf(parent).held).push(message);
    return message;
  };
  for (const record of picked) {
    const message = messageOf(records[record.index * recordStride + rNode]!);
    message.held.push(record);
    message.size += fieldSize(view, record.index, record.bytes);
  }
  const inOrder = [...messages.keys()].sort((a, b) => b - a);
  let total = 0;
  // A node lies after the node around it, so going backwards meets all that is inside a node before the node itself.
  for (const node of inOrder) {
    const { size } = messages.get(node)!;
    const parent = nodes[node * nodeStride + nParent]!;
    const field = tagSize(view, nodes[node * nodeStride + nTag]!) + varintSize(size) + size;
    if (parent < 0) total += field; else messages.get(parent)!.size += field;
  }
  return write(view, runs, roots, total);
}

const tagSize = ({ bytes }: WalkedRequest, at: number): number => varintEnd(bytes, at, bytes.length) - at;

function fieldSize(view: WalkedRequest, index: number, replaced: Uint8Array | null): number {
  const at = index * recordStride;
  const [tag, end] = [view.records[at + rTag]!, view.records[at + rEnd]!];
  return replaced === null ? end - tag : tagSize(view, tag) + varintSize(replaced.length) + replaced.length;
}

function write({ bytes, nodes, records }: WalkedRequest, runs: readonly (readonly number[])[], roots: readonly Message[], total: number): Uint8Array {
  const out = new Uint8Array(total);
  let to = 0;
  const copy = (from: number, end: number): void => { out.set(bytes.subarray(from, end), to); to += end - from; };
  const header = (tag: number, size: number): void => { copy(tag, varintEnd(bytes, tag, bytes.length)); to = writeVarint(out, to, size); };
  const record = ({ index, bytes: replaced }: Picked): void => {
    const at = index * recordStride;
    if (replaced === null) { copy(records[at + rTag]!, records[at + rEnd]!); return; }
    header(records[at + rTag]!, replaced.length);
    out.set(replaced, to);
    to += replaced.length;
  };
  // At most four messages stand within each other.
  const message = ({ node, size, held }: Message): void => {
    header(nodes[node * nodeStride + nTag]!, size);
    const run = runs[node]!;
    for (let i = 0; i < run.length; i += 2) copy(run[i]!, run[i + 1]!);
    for (const one of held) if ('node' in one) message(one); else record(one);
  };
  for (const root of roots) message(root);
  if (to !== total) throw new Error(`A request of ${total} bytes was parted as ${to}.`);
  return out;
}
