// Protobuf carries no name of its message, so a file is told by the shape of its first fields.
import { ProtoReader, wireBytes, wireVarint } from '../../../base/index.ts';

const maxFields = 64;
const maxField = 15;
/** drop_frames 7, keep_frames 8, time_nanos 9, duration_nanos 10, period 12, comment 13, default_sample_type 14, doc_url 15. */
const integers = new Set([7, 8, 9, 10, 12, 13, 14, 15]);

/** Whether the file begins as a pprof Profile: its own fields with their own kinds, and a sample type of integers among the first. */
export function isPprof(bytes: Uint8Array): boolean {
  const reader = new ProtoReader().reset(bytes);
  let types = 0;
  for (let fields = 0; fields < maxFields && reader.next(); fields++) {
    const { field, wire } = reader;
    if (field > maxField) return false;
    if (integers.has(field) ? wire !== wireVarint && wire !== wireBytes : wire !== wireBytes) return false;
    if (field !== 1) continue;
    if (!isValueType(bytes, reader.start, reader.end)) return false;
    types++;
  }
  return types > 0;
}

function isValueType(bytes: Uint8Array, start: number, end: number): boolean {
  const reader = new ProtoReader().reset(bytes, start, end);
  while (reader.next()) if (reader.field > 2 || reader.wire !== wireVarint) return false;
  return reader.fault === null;
}
