// Random export requests for the property tests of this folder: fields in any order, unknown fields, empty messages,
// repeated single messages, long-winded lengths. A test file, because only those may use fast-check; its own tests hold it
// to being as odd as it says.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../base/index.ts';
import type { Signal } from '../../model/index.ts';
import { field, placed, varint, write, type Leaf, type MessageNode, type Part, type RecordNode } from './requests.ts';

const text = (value: string): number[] => [...encodeUtf8(value)];
const bytes = (count: number): fc.Arbitrary<number[]> => fc.array(fc.nat(255), { minLength: count, maxLength: count });

/** A field that no schema knows, of any wire type that protobuf has. */
export const unknownField: fc.Arbitrary<number[]> = fc.tuple(fc.integer({ min: 100, max: 3000 }), fc.oneof(
  fc.nat(1e9).map((value) => [0, varint(value)] as const), bytes(8).map((value) => [1, value] as const),
  fc.array(fc.nat(255), { maxLength: 12 }).map((value) => [2, value] as const), bytes(4).map((value) => [5, value] as const),
)).map(([number, [wire, value]]) => field(number, wire, value));

const word = fc.oneof(fc.constantFrom('service.name', 'http.route', 'code.line.number', 'a', ''), fc.string({ maxLength: 12, unit: 'grapheme' }));

/** The body of an AnyValue. */
export const anyValue: fc.Arbitrary<number[]> = fc.letrec<{ value: number[]; pair: number[] }>((tie) => ({
  pair: fc.tuple(word, tie('value')).map(([key, value]) => [...field(1, 2, text(key)), ...field(2, 2, value)]),
  value: fc.oneof({ maxDepth: 3, withCrossShrink: true },
    word.map((value) => field(1, 2, text(value))), fc.constant<number[]>([]), fc.boolean().map((value) => field(2, 0, [value ? 1 : 0])),
    fc.nat().map((value) => field(3, 0, varint(value))), bytes(8).map((value) => field(4, 1, value)), fc.array(fc.nat(255), { maxLength: 6 }).map((value) => field(7, 2, value)),
    fc.array(tie('value'), { maxLength: 3 }).map((values) => field(5, 2, values.flatMap((value) => field(1, 2, value)))),
    fc.array(tie('pair'), { maxLength: 3 }).map((pairs) => field(6, 2, pairs.flatMap((pair) => field(1, 2, pair))))),
})).value;

export const keyValue = (number: number): fc.Arbitrary<number[]> =>
  fc.tuple(word, anyValue).map(([key, value]) => field(number, 2, [...field(1, 2, text(key)), ...field(2, 2, value)]));

const time = (number: number): fc.Arbitrary<number[]> => bytes(8).map((value) => field(number, 1, value));
const string = (number: number): fc.Arbitrary<number[]> => word.map((value) => field(number, 2, text(value)));
const small = (number: number): fc.Arbitrary<number[]> => fc.nat(24).map((value) => field(number, 0, varint(value)));
const id = (number: number, size: number): fc.Arbitrary<number[]> => fc.oneof(bytes(size), fc.constant<number[]>([])).map((value) => field(number, 2, value));
const fields = (...one: fc.Arbitrary<number[]>[]): fc.Arbitrary<number[]> => fc.array(fc.oneof(...one, unknownField), { maxLength: 10 }).map((list) => list.flat());

const logBody = fields(time(1), time(11), small(2), string(3), anyValue.map((value) => field(5, 2, value)), keyValue(6), keyValue(6), bytes(4).map((value) => field(8, 5, value)), id(9, 16), id(10, 8), string(12));
const statusBody = fields(string(2), small(3));
const eventBody = fields(time(1), string(2), keyValue(3));
const spanBody = fields(id(1, 16), id(2, 8), string(3), id(4, 8), string(5), small(6), time(7), time(8), keyValue(9), keyValue(9),
  eventBody.map((body) => field(11, 2, body)), statusBody.map((body) => field(15, 2, body)), bytes(4).map((value) => field(16, 5, value)));
const points: Readonly<Record<number, fc.Arbitrary<number[]>>> = {
  5: fields(time(2), time(3), time(4), time(6), keyValue(7), small(8)), 7: fields(time(2), time(3), time(4), time(6), keyValue(7), small(8)),
  9: fields(time(2), time(3), time(4), time(5), bytes(16).map((value) => field(6, 2, value)), bytes(8).map((value) => field(7, 2, value)), keyValue(9), small(10), time(11), time(12)),
  10: fields(keyValue(1), time(2), time(3), time(4), time(5), small(6), small(10), time(12), time(13)), 11: fields(time(2), time(3), time(4), time(5), keyValue(7), small(8)),
};

const leaf = (body: fc.Arbitrary<number[]>): fc.Arbitrary<Leaf> => body.map((value) => ({ kind: 'field', bytes: value }));
const pad = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2) });
const record = (number: number, body: fc.Arbitrary<number[]>): fc.Arbitrary<RecordNode> => fc.record({ kind: fc.constant('record' as const), field: fc.constant(number), pad, body });
const message = (level: MessageNode['level'], number: number, ...parts: fc.Arbitrary<Part>[]): fc.Arbitrary<MessageNode> =>
  fc.record({ kind: fc.constant('message' as const), level: fc.constant(level), field: fc.constant(number), pad, parts: fc.array(fc.oneof(...parts), { maxLength: 6 }) });

const resource = fields(keyValue(1), keyValue(1)).map((body) => field(1, 2, body));
const scopeName = fields(string(1), string(2), keyValue(3)).map((body) => field(1, 2, body));
const around = (scope: fc.Arbitrary<Part>): fc.Arbitrary<Part[]> =>
  fc.array(fc.oneof(message('resource', 1, leaf(resource), scope, scope, leaf(string(3)), leaf(unknownField)), leaf(unknownField)), { maxLength: 3 });
const scopeOf = (child: fc.Arbitrary<Part>): fc.Arbitrary<Part> => message('scope', 2, leaf(scopeName), child, child, leaf(string(3)), leaf(unknownField));
const metric = message('metric', 2, leaf(string(1)), leaf(string(3)), leaf(unknownField),
  ...Object.entries(points).map(([number, body]) => message('data', Number(number), record(1, body), record(1, body), leaf(small(2)))));

export const requestParts: Readonly<Record<Signal, fc.Arbitrary<Part[]>>> = {
  logs: around(scopeOf(record(2, logBody))), spans: around(scopeOf(record(2, spanBody))), metrics: around(scopeOf(metric)),
};

test.each(['logs', 'spans', 'metrics'] as const)('random requests of %s have records, empty messages and padded lengths among them', (signal) => {
  const sample = fc.sample(requestParts[signal], { numRuns: 200, seed: 7 });
  expect(sample.filter((parts) => placed(parts).length > 1).length).toBeGreaterThan(20);
  const nodes = sample.flat().filter((part) => part.kind === 'message');
  expect(nodes.some((node) => node.parts.length === 0)).toBe(true);
  expect(nodes.some((node) => node.pad > 0)).toBe(true);
  expect(write([])).toHaveLength(0);
});
