// The wire as one object, for those who take a Codec as a port.
import { columnId } from './columns.ts';
import { LazyCursor } from './cursor.ts';
import { editRecord } from './edit.ts';
import { encodeMetrics } from './encode.ts';
import { jsonToProtobuf } from './json-to-protobuf.ts';
import { protobufToJson } from './protobuf-to-json.ts';
import { picker } from './pick.ts';
import { rewrite } from './rewrite.ts';
import { mapRecordText, mapTextAround } from './text-map.ts';
import type { Codec } from './types.ts';
import { allServiceNames, serviceNames } from './service-names.ts';
import { walk } from './walk.ts';
import { withAttributes } from './with-attributes.ts';

export const codec: Codec = {
  walk, columnId, editRecord, mapRecordText, mapTextAround, serviceNames, allServiceNames, withAttributes, rewrite, picker, encodeMetrics, jsonToProtobuf, protobufToJson,
  cursor: () => new LazyCursor(),
};
