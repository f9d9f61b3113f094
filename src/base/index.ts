export type { Brand } from './brand.ts';
export { ManualClock, type Clock } from './clock.ts';
export { err, failure, ok, type Failure, type Result } from './result.ts';
export { decodeUtf8, encodeUtf8 } from './utf8.ts';
export { BoundedQueue, ByteRing } from './byte-ring.ts';
export { doubleAt, fixed32At, ProtoReader, wireBytes, wireFixed32, wireFixed64, wireVarint } from './proto-reader.ts';
export { ProtoWriter } from './proto-writer.ts';
export { signed64, unsigned64, varintEnd, varintHigh, varintLength, varintLow } from './varint.ts';
export { clearShortfall, fallShort, shortfall } from './shortfall.ts';
