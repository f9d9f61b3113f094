import { expect, test } from 'vitest';
import fc from 'fast-check';
import { Framer } from './framer.ts';

function framed(chunks: readonly Buffer[], most = 1000): { text: string; cut: number }[] {
  const out: { text: string; cut: number }[] = [];
  const framer = new Framer(most, (bytes, cut) => out.push({ text: bytes.toString(), cut }));
  for (const chunk of chunks) framer.add(chunk);
  framer.end();
  return out;
}
const texts = (...parts: string[]): string[] => framed(parts.map((part) => Buffer.from(part))).map(({ text }) => text);

test('counted, line by line, mixed, and the last one without an end', () => {
  expect(texts('8 <1>a\nb c10 <1>defghij<2>k\r\n12 monkeys\n<3>l\0<4>m')).toEqual(['<1>a\nb c', '<1>defghij', '<2>k', '12 monkeys', '<3>l', '<4>m']);
});

test('what is too long is cut, and the next message is whole', () => {
  expect(framed([Buffer.from(`1500 <1>${'x'.repeat(1497)}<2>${'y'.repeat(1200)}\n<3>z\n`)])).toEqual([
    { text: `<1>${'x'.repeat(997)}`, cut: 500 }, { text: `<2>${'y'.repeat(997)}`, cut: 203 }, { text: '<3>z', cut: 0 },
  ]);
});

const message = fc.string({ unit: fc.constantFrom('a', ' ', '1', '<', '>', 'é'), minLength: 1, maxLength: 30 });
const frame = fc.tuple(message, fc.boolean()).map(([text, isCounted]) => (isCounted ? `${Buffer.byteLength(`<5>${text}`)} <5>${text}` : `<5>${text}\n`));

test('however the bytes are split, the messages are the same', () => {
  fc.assert(fc.property(fc.array(fc.oneof(frame, message.map((text) => `${text}\n`)), { maxLength: 10 }), fc.array(fc.nat(400)), (frames, cuts) => {
    const bytes = Buffer.from(frames.join(''));
    const at = [0, ...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b), bytes.length];
    expect(framed(at.slice(1).map((end, i) => bytes.subarray(at[i], end)), 20)).toEqual(framed([bytes], 20));
  }));
});

test('a byte at a time for long', () => {
  const bytes = Buffer.from(`99999999 <${'x'.repeat(200_000)}`);
  expect(framed(Array.from(bytes, (_, i) => bytes.subarray(i, i + 1)))).toEqual([{ text: `<${'x'.repeat(999)}`, cut: 199_001 }]);
});
