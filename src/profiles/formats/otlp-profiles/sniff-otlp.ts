// Protobuf carries no name of its message, so a file is told by the shape of its first fields.
import { ProtoReader, varintEnd, wireBytes } from '../../../base/index.ts';

/** Whether the file is ProfilesData: nothing but fields 1 and 2 at the top, and messages of messages within the first of each. */
export function isOtlpProfiles(bytes: Uint8Array): boolean {
  const reader = new ProtoReader().reset(bytes);
  let [fields, resources] = [0, 0];
  for (; fields < 64 && reader.next(); fields++) {
    const { field, wire } = reader;
    if (field > 2 || wire !== wireBytes) return false;
    if (field === 1) resources++;
    if (!onlyMessages(bytes, reader.start, reader.end, field === 1 ? 3 : 7)) return false;
  }
  return resources > 0 || (fields === 0 && reader.fault !== null && cutInFirst(bytes));
}

/** The file ends within its first field, which holds nothing but messages as far as it goes. */
function cutInFirst(bytes: Uint8Array): boolean {
  const start = bytes[0] === 0x0a || bytes[0] === 0x12 ? varintEnd(bytes, 1, bytes.length) : -1;
  if (start < 0) return false;
  const reader = new ProtoReader().reset(bytes, start);
  let fields = 0;
  for (; fields < 64 && reader.next(); fields++) if (reader.wire !== wireBytes || reader.field > 7) return false;
  return fields > 0;
}

/** Resource and scope profiles, and every table of the dictionary, are length-delimited. */
function onlyMessages(bytes: Uint8Array, start: number, end: number, maxField: number): boolean {
  const reader = new ProtoReader().reset(bytes, start, end);
  for (let fields = 0; fields < 64 && reader.next(); fields++) if (reader.wire !== wireBytes || reader.field > maxField) return false;
  return reader.fault === null;
}
