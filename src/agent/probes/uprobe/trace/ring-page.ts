// One page of the kernel's trace ring as trace_pipe_raw gives it. Binary rather than text: a traced string may hold quotes, line breaks and
// whole forged lines. Format: kernel, ring_buffer.h and events/header_page: u64 time, u64 commit, then events with a header of 5 bits of
// type or length and 27 bits of time since the one before.

export interface RawEvent { /** Nanoseconds of the trace clock. */ readonly time: bigint; /** As `format` files describe it, from `common_type` on. */ readonly record: Buffer }

const [dataAt, padding, timeExtend, timeStamp] = [16, 29, 30, 31];
const commitMask = 0x3fff_ffff;

/** Events in order. What is not understood ends the page. */
export function* eventsOf(page: Buffer): Generator<RawEvent> {
  if (page.length < dataAt) return;
  let time = page.readBigUInt64LE(0);
  const end = Math.min(page.length, dataAt + (page.readUInt32LE(8) & commitMask));
  for (let at = dataAt; at + 4 <= end;) {
    const head = page.readUInt32LE(at);
    const [kind, delta] = [head & 31, BigInt(head >>> 5)];
    const next = kind === 0 || kind >= padding ? (at + 8 <= end ? page.readUInt32LE(at + 4) : 0) : 0;
    if (kind === timeStamp) { time = (time & ~0x7ff_ffff_ffff_ffffn) | (BigInt(next) << 27n) | delta; at += 8; continue; }
    time += kind === timeExtend ? (BigInt(next) << 27n) + delta : delta;
    if (kind === timeExtend) { at += 8; continue; }
    if (kind === padding) { if (delta === 0n) return; at += 4 + next; continue; }
    const [from, bytes] = kind === 0 ? [at + 8, next - 4] : [at + 4, kind * 4];
    if (bytes <= 0 || from + bytes > end) return;
    yield { time, record: page.subarray(from, from + bytes) };
    at = from + bytes;
  }
}
