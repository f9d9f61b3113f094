// A request with some records dropped or replaced. Everything else is copied in long runs; only the lengths of messages
// around a change are written anew. A scope, metric or resource that loses its last record goes; one that never had any stays.
import { varintEnd } from '../base/index.ts';
import { freshBytes } from './fresh-bytes.ts';
import type { RequestView } from './types.ts';
import { nEnd, nodeStride, nParent, nStart, nTag, recordStride, rEnd, rNode, rStart, rTag, walked, type WalkedRequest } from './view.ts';
import { varintSize, writeVarint } from './wire-size.ts';

type Outcome = null | false | Uint8Array;

/** All kept: `view.bytes` itself. `outcome` shorter than the records keeps the rest. */
export function rewrite(view: RequestView, outcome: readonly Outcome[]): Uint8Array {
  const own = walked(view);
  for (let i = 0; i < own.recordCount; i++) if ((outcome[i] ?? null) !== null) return rebuild(own, outcome);
  return own.bytes;
}

/** Where the length of the field that starts at `tagAt` begins. */
const lengthAt = (view: WalkedRequest, tagAt: number): number => varintEnd(view.bytes, tagAt, view.bytes.length);

/** Bytes of the whole field (tag, length, body) with a body of another size. */
const fieldSize = (view: WalkedRequest, tagAt: number, body: number): number => lengthAt(view, tagAt) - tagAt + varintSize(body) + body;

/** New body size per node; -1 where the node goes, -2 where nothing in it changed. */
function newSizes(view: WalkedRequest, outcome: readonly Outcome[]): { readonly sizes: Int32Array; readonly total: number } {
  const { nodes, records } = view;
  const count = nodes.length / nodeStride;
  const delta = new Int32Array(count);
  const state = new Uint8Array(count);
  for (let i = 0; i < view.recordCount; i++) {
    const at = i * recordStride;
    const node = records[at + rNode]!;
    const what = outcome[i] ?? null;
    state[node]! |= what === null ? keeps : what === false ? changed : keeps | changed;
    if (what === null) continue;
    const tag = records[at + rTag]!;
    delta[node]! += (what === false ? 0 : fieldSize(view, tag, what.length)) - (records[at + rEnd]! - tag);
  }
  const sizes = new Int32Array(count);
  let total = view.bytes.length;
  // A node lies after the node around it, so going backwards meets all that is inside a node before the node itself.
  for (let node = count - 1; node >= 0; node--) {
    const at = node * nodeStride;
    const tag = nodes[at + nTag]!;
    const oldField = nodes[at + nEnd]! - tag;
    const goes = (state[node]! & changed) !== 0 && (state[node]! & keeps) === 0;
    const body = nodes[at + nEnd]! - nodes[at + nStart]! + delta[node]!;
    sizes[node] = goes ? gone : (state[node]! & changed) === 0 ? same : body;
    const change = goes ? -oldField : sizes[node] === same ? 0 : fieldSize(view, tag, body) - oldField;
    const parent = nodes[at + nParent]!;
    if (parent < 0) total += change;
    else { delta[parent]! += change; state[parent]! |= state[node]!; }
  }
  return { sizes, total };
}

const keeps = 1, changed = 2;
const gone = -1, same = -2;

/** Copies the source up to each change, writes the change, and goes on behind it. */
function rebuild(view: WalkedRequest, outcome: readonly Outcome[]): Uint8Array {
  const { bytes, nodes, records } = view;
  const { sizes, total } = newSizes(view, outcome);
  const out = freshBytes(total);
  let to = 0;
  let from = 0;
  const copyUpTo = (end: number): void => {
    // A request of which little is kept goes from one dropped record to the next.
    if (end === from) return;
    out.set(bytes.subarray(from, end), to);
    to += end - from;
    from = end;
  };
  const header = (tagAt: number, body: number, bodyAt: number): void => {
    copyUpTo(lengthAt(view, tagAt));
    to = writeVarint(out, to, body);
    from = bodyAt;
  };
  let record = 0;
  const recordsBefore = (end: number): void => {
    for (; record < view.recordCount; record++) {
      const at = record * recordStride;
      const tag = records[at + rTag]!;
      if (tag >= end) return;
      const what = outcome[record] ?? null;
      // What lies before `from` went with the node around it.
      if (what === null || tag < from) continue;
      if (what === false) copyUpTo(tag);
      else {
        header(tag, what.length, records[at + rStart]!);
        out.set(what, to);
        to += what.length;
      }
      from = records[at + rEnd]!;
    }
  };
  for (let node = 0; node < sizes.length; node++) {
    const at = node * nodeStride;
    const tag = nodes[at + nTag]!;
    recordsBefore(tag);
    if (tag < from || sizes[node] === same) continue;
    if (sizes[node] === gone) { copyUpTo(tag); from = nodes[at + nEnd]!; } else header(tag, sizes[node]!, nodes[at + nStart]!);
  }
  recordsBefore(bytes.length);
  copyUpTo(bytes.length);
  // Nothing that was in this memory before may leave with a request.
  if (to !== total) throw new Error(`A request of ${total} bytes was rewritten as ${to}.`);
  return out;
}
