// A large request in pieces, so that long work can stop between them.
import { codec } from '../../../otlp/index.ts';
import { ProtoReader } from '../../../base/index.ts';
import type { DryRunRequest } from '../types.ts';

const mostRecords = 2000;

/** At the resources first, which costs nothing; one resource of many records is cut too. What is no OTLP stays whole. */
export function splitRequest(request: DryRunRequest): readonly DryRunRequest[] {
  const walked = codec.walk(request.signal, request.bytes);
  if (!walked.ok || walked.value.recordCount <= mostRecords) return [request];
  const parts = partsOf(request);
  return parts.length > 1 ? parts.flatMap(splitRequest) : chunks(request, walked.value.recordCount);
}

/** One request per top-level field: each is a request by itself. */
function partsOf(request: DryRunRequest): readonly DryRunRequest[] {
  const reader = new ProtoReader().reset(request.bytes);
  const parts: DryRunRequest[] = [];
  while (reader.next()) parts.push({ ...request, bytes: request.bytes.subarray(reader.fieldStart, reader.end) });
  return parts;
}

function chunks(request: DryRunRequest, count: number): readonly DryRunRequest[] {
  const walked = codec.walk(request.signal, request.bytes);
  if (!walked.ok) return [request];
  const pieces: DryRunRequest[] = [];
  for (let from = 0; from < count; from += mostRecords) {
    const outcome = Array.from({ length: count }, (_, i) => (i >= from && i < from + mostRecords ? null : false));
    pieces.push({ ...request, bytes: codec.rewrite(walked.value, outcome) });
  }
  return pieces;
}
