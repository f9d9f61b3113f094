import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../base/index.ts';
import { codec, durableId, durableIdHash, encodeLogs, hashBytes, type Value } from './index.ts';

const file = fc.constantFrom<Value>('src/a.ts', 'src/é.ts', '', 7);
const line = fc.oneof<fc.Arbitrary<Value>[]>(fc.nat(), fc.constantFrom<Value>('12', 'é', -3, 1.5, 0, 10, 2_000_000_000, 2n ** 60n, true));
const attributes = fc.record({ 'code.file.path': file, 'code.line.number': line, 'code.filepath': file, 'code.lineno': line }, { requiredKeys: [] });

test('the hash of a durable id is that of its text, made or not', () => {
  fc.assert(fc.property(fc.constantFrom('', 'Launch', 'src/a.ts:7'), attributes, (eventName, of) => {
    const walked = codec.walk('logs', encodeLogs({}, '', [{ eventName, attributes: of as Readonly<Record<string, Value>> }]));
    if (!walked.ok) throw new Error(walked.error.message);
    const cursor = codec.cursor();
    cursor.reset(walked.value);
    cursor.moveTo(0);
    const { id } = durableId(cursor);
    expect(durableIdHash(cursor)).toBe(id === null ? 0 : hashBytes(encodeUtf8(id)));
  }), { numRuns: 1000 });
});
