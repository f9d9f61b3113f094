import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtoWriter } from './proto-writer.ts';
import { signed64, unsigned64, varintEnd, varintHigh, varintLength, varintLow } from './varint.ts';

test('a signed 64-bit integer survives its varint', () => {
  fc.assert(fc.property(fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.maxSafeInteger().map(BigInt)), (value) => {
    const writer = new ProtoWriter(1);
    writer.int64(value);
    const bytes = writer.finish();
    expect(varintEnd(bytes, 0, bytes.length)).toBe(bytes.length);
    expect(varintEnd(bytes, 0, bytes.length - 1)).toBe(-1);
    expect(BigInt(signed64(varintLow(bytes, 0), varintHigh(bytes, 0)))).toBe(value);
    expect(unsigned64(varintLow(bytes, 0), varintHigh(bytes, 0))).toBe(BigInt.asUintN(64, value));
  }));
});

test('a varint that never ends is refused after ten bytes, and a huge length stays huge', () => {
  const endless = new Uint8Array(64).fill(0xff);
  expect(varintEnd(endless, 0, 64)).toBe(-1);
  const huge = new ProtoWriter();
  huge.int64(-1n);
  expect(varintLength(huge.finish(), 0)).toBeGreaterThan(2 ** 63);
});

test('nested messages get their lengths, however long', () => {
  fc.assert(fc.property(fc.array(fc.nat(400), { maxLength: 6 }), (sizes) => {
    const writer = new ProtoWriter(1);
    const marks = sizes.map((size) => { writer.raw(new Uint8Array(size)); return writer.open(1); });
    for (const mark of marks.reverse()) writer.close(mark);
    const bytes = writer.finish();
    let at = 0;
    let end = bytes.length;
    for (const size of sizes) {
      at += size;
      expect(bytes[at]).toBe(0x0a);
      const length = varintLength(bytes, at + 1);
      at = varintEnd(bytes, at + 1, end);
      expect(at + length).toBe(end);
      end = at + length;
    }
    expect(at).toBe(end);
  }));
});
