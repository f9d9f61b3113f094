// The services of a request as hashes.
import { columnId, hashBytes, type RecordCursor, type RequestView } from '../../otlp/index.ts';

/** The service of each resource of a view as a hash, by resource ordinal; reads one record per resource. */
export function serviceHashes(cursor: RecordCursor, view: RequestView, into: Int32Array): Int32Array {
  const hashes = view.resourceCount <= into.length ? into : new Int32Array(view.resourceCount * 2);
  hashes.fill(0, 0, view.resourceCount);
  const id = columnId(view.signal, 'ServiceName');
  let last = -1;
  for (let i = 0; i < view.recordCount; i++) {
    const resource = view.resourceOf(i);
    if (resource === last) continue;
    last = resource;
    cursor.moveTo(i);
    hashes[resource] = cursor.slice(id) ? hashBytes(view.bytes, cursor.sliceStart, cursor.sliceEnd) : 0;
  }
  return hashes;
}
