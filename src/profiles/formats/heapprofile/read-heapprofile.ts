// V8's sampling heap profile (`node --heap-prof`, DevTools "Allocation sampling"): a tree of call frames with the bytes that were allocated
// there and are alive. https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/#type-SamplingHeapProfile
import type { Result } from '../../../base/index.ts';
import { ProfileBuilder } from '../../build/index.ts';
import { none, type Profile } from '../../model.ts';
import { FormatFault, guarded } from '../fault.ts';
import { asNumber, asRecord, asRecords, wholeJson, type JsonRecord } from '../json/index.ts';
import { isRoot, v8Function } from '../v8-call-frame.ts';

/** One row a call site; real files are a few megabytes, so the whole is parsed at once up to here. */
const maxBytes = 256 * 1024 * 1024;

/** Weight `space` in bytes; samples of a call site are counted when the file lists them. */
export function readHeapProfile(bytes: Uint8Array, name: string, progress?: (share: number) => void): Result<Profile> {
  return guarded(name, 'a V8 heap profile', () => {
    const file = asRecord(wholeJson(bytes, maxBytes));
    progress?.(0.5);
    const head = asRecord(file['head']);
    if (!('callFrame' in head)) throw new FormatFault('malformed', 'its "head" has no "callFrame"');
    const builder = new ProfileBuilder();
    builder.thread('main');
    const space = builder.weight('space', 'bytes');
    addTree(builder, head, space, samplesByNode(file['samples']));
    if (builder.sampleCount === 0) throw new FormatFault('empty', 'no call site in it holds any bytes');
    return builder.finish({ format: 'heapprofile', name });
  });
}

/** Null when the file lists no samples (it may be written without them). */
function samplesByNode(samples: unknown): ReadonlyMap<number, number> | null {
  const counts = new Map<number, number>();
  for (const { nodeId } of asRecords(samples)) counts.set(asNumber(nodeId), (counts.get(asNumber(nodeId)) ?? 0) + 1);
  return counts.size === 0 ? null : counts;
}

/** Parents before children, without recursion: a stack may be as deep as the program's was. */
function addTree(builder: ProfileBuilder, head: JsonRecord, space: number, counts: ReadonlyMap<number, number> | null): void {
  const open: { readonly node: JsonRecord; readonly parent: number }[] = [{ node: head, parent: none }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, parent } = next;
    const root = parent === none && isRoot(node['callFrame']);
    const stack = root ? none : builder.stack(parent, builder.frame(v8Function(builder, node['callFrame'])));
    const size = asNumber(node['selfSize']);
    if (size > 0) {
      builder.sample(stack);
      builder.weigh(space, size);
      if (counts !== null) builder.counted(counts.get(asNumber(node['id'])) ?? 0);
    }
    for (const child of asRecords(node['children']).toReversed()) open.push({ node: child, parent: stack });
  }
}
