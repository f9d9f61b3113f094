// Secrets in places where OTLP has no text: numbers, ids, fields that no schema has, keys that do not count.
import { expect, test } from 'vitest';
import { encodeUtf8, ManualClock } from '../../base/index.ts';
import { redactionPolicy, type Signal } from '../../model/index.ts';
import { createPipeline } from '../index.ts';
import { randomText } from '../redaction/testing/places.ts';
// The plain model of the wire that the codec's own tests are made of.
const varint = (value: number): number[] => (value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))]);
const field = (number: number, body: readonly number[]): number[] => [...varint(number * 8 + 2), ...varint(body.length), ...body];
const str = (number: number, text: string): number[] => field(number, [...encodeUtf8(text)]);
const message = (number: number, ...parts: number[][]): number[] => field(number, parts.flat());
const any = (text: string): number[] => str(1, text);

const token = `ghp_${randomText(7, 36)}`;
const secret = `Zx${randomText(3, 10)}9q`;
const typed = `password=${randomText(4, 7)}`;
const service = message(1, message(1, str(1, 'service.name'), field(2, any('web'))));
const request = (...record: number[][]): Uint8Array => Uint8Array.from(message(1, service, message(2, message(2, ...record))));
const histogram = (...point: number[][]): Uint8Array => request(str(1, 'm'), message(9, message(1, ...point)));
const exponential = (...buckets: number[][]): Uint8Array => request(str(1, 'm'), message(10, message(1, message(8, ...buckets))));
const gauge = (...point: number[][]): Uint8Array => request(str(1, 'm'), message(5, message(1, ...point)));
const doubles = [...new Uint8Array(Float64Array.of(0.5, 10, 1e9).buffer)];

function left(signal: Signal, bytes: Uint8Array): Buffer {
  const pipeline = createPipeline({ clock: new ManualClock(1_700_000_000_000_000_000n), resource: {}, recorderBytes: 1, maxGroups: 1 });
  const done = pipeline.replaceRules([{ id: 'p', name: 'p', version: 1, order: 1, plan: null, policy: redactionPolicy.parse({}) }]);
  if (!done.ok) throw new Error(done.error.message);
  const result = pipeline.process(signal, bytes, { in: false, out: false });
  if (!result.ok) throw new Error(result.error.message);
  return Buffer.concat(result.value.out.map((one) => one.bytes));
}

test.each<[string, Signal, Uint8Array, string]>([
  ['bounds', 'metrics', histogram(str(7, token)), token], ['bounds of a length that divides', 'metrics', histogram(str(7, token.padEnd(48))), token], ['counts', 'metrics', histogram(str(6, `${token}!!!`)), token],
  ['exponential counts', 'metrics', exponential(str(2, token)), token], ['exponential counts that are cut off', 'metrics', exponential(field(2, [...encodeUtf8('hidden-word'), 0xff])), 'hidden-word'],
  ['a trace id', 'logs', request(field(9, [...encodeUtf8(typed)])), typed.slice(9)], ['a span id', 'spans', request(str(2, `pwd=${secret.slice(0, 4)}`)), secret.slice(0, 4)],
  ['a KeyValue in an unknown field', 'logs', request(message(60, str(1, 'password'), field(2, any(secret)))), secret], ['its value first', 'logs', request(message(60, field(2, any(secret)), str(1, 'password'))), secret],
  ['labels of old', 'metrics', gauge(message(1, str(1, 'password'), str(2, secret))), secret], ['deep down', 'logs', request(message(60, message(3, str(1, 'password'), field(2, any(secret))))), secret],
  ['the first of two keys', 'logs', request(message(6, str(1, 'password'), field(2, any(secret)), str(1, 'k'))), secret], ['the last of two keys', 'logs', request(message(6, str(1, 'k'), field(2, any(secret)), str(1, 'password'))), secret],
  ['one of many keys', 'logs', request(message(6, str(1, 'password'), ...Array.from({ length: 40 }, (_, i) => str(1, `k${i}`)), field(2, any(secret)))), secret],
])('%s', (_, signal, bytes, hidden) => {
  expect(Buffer.from(bytes).includes(hidden)).toBe(true);
  expect(left(signal, bytes).includes(hidden)).toBe(false);
});

test.each<[string, Signal, Uint8Array]>([
  ['bounds', 'metrics', histogram(field(7, doubles))], ['counts', 'metrics', histogram(field(6, doubles))], ['exponential counts', 'metrics', exponential(field(2, [50, 60, 70, 80, 90, 100, 110, 120, 0xff, 0x7f]))],
  ['ids', 'logs', request(field(9, Array.from({ length: 16 }, (_, i) => i * 16)), str(10, 'a-span-1'))], ['unknown fields', 'logs', request(message(60, str(1, 'region'), field(2, any('north'))))],
  ['two keys', 'logs', request(message(6, str(1, 'a'), str(1, 'b'), field(2, any('c'))))],
])('%s as they should be keep their bytes', (_, signal, bytes) => { expect(left(signal, bytes)).toEqual(Buffer.from(bytes)); });
