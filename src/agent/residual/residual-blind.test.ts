// Where a leak could hide from a scan that reads requests as everybody does: each of these bytes leaves, so each is looked at.
import { expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import { objectToProtobuf } from '../../otlp/index.ts';
import { generators, seededRandom } from '../../redaction/index.ts';
import { ResidualWatch } from './index.ts';

const clock = new ManualClock(1_700_000_000_000_000_000n);
const { secret: token } = generators.find(({ detector }) => detector === 'github-token')!.positive(seededRandom(4));
const password = `Zx9q${token.slice(-9)}`;

const varint = (value: number): number[] => (value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...varint(Math.floor(value / 0x80))]);
const held = (no: number, ...parts: readonly (readonly number[])[]): number[] => { const content = parts.flat(); return [...varint(no * 8 + 2), ...varint(content.length), ...content]; };
const text = (no: number, of: string): number[] => held(no, [...Buffer.from(of)]);
const log = (...fields: readonly (readonly number[])[]): Uint8Array => Uint8Array.from(held(1, held(2, held(2, ...fields))));
const value = (of: string): number[] => text(1, of);

const encoded = (body: unknown, attributes: readonly unknown[] = []): Uint8Array => {
  const made = objectToProtobuf('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body, attributes }] }] }] });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
};

function look(bytes: Uint8Array) {
  const residual = new ResidualWatch({ clock, random: () => 0 });
  residual.look('out', { signal: 'logs', bytes, records: 1 });
  return residual.take();
}

it.each<[string, Uint8Array, string, string, string]>([
  ['an unknown field', log(text(50, token)), 'other', 'field 50', 'github-token'],
  ['an unknown field of the request', Uint8Array.from(text(9, token)), 'other', 'field 9', 'github-token'],
  ['an identifier of another length', log(text(9, token)), 'other', 'trace or span id', 'github-token'],
  ['a value that a later one replaces', log(held(6, text(1, 'k'), held(2, value(token)), held(2, value('v')))), 'attribute', 'k', 'github-token'],
  ['a body that a later one replaces', log(held(5, value(token)), held(5, value('x'))), 'body', 'body', 'github-token'],
  ['what is no message any more', log([...text(5, ''), 0x2a, 0x7f, ...Buffer.from(token)]), 'other', 'unreadable', 'github-token'],
  ['text that is no UTF-8', log(held(5, held(1, [0xff, 0xfe, 0x20, ...Buffer.from(token)]))), 'body', 'body', 'github-token'],
  ['a card as a number', encoded({}, [{ key: 'n', value: { intValue: '4242424242424242' } }]), 'attribute', 'n', 'payment-card'],
  ['a map under a secret name', encoded({}, [{ key: 'password', value: { kvlistValue: { values: [{ key: 'v', value: { stringValue: password } }] } } }]), 'attribute', 'password.v', 'secret-assignment'],
  ['deep in a body', log(held(5, Array.from({ length: 80 }).reduce<number[]>((inner) => held(5, held(1, inner)), value(token)))), 'body', 'body', 'github-token'],
])('sees %s', (_, bytes, place, key, detector) => {
  const { residual, scanned } = look(bytes);
  expect(residual.map((cell) => [cell.place, cell.key, cell.detector])).toContainEqual([place, key, detector]);
  expect(scanned).toMatchObject({ records: 1, ofRecords: 1 });
  expect(JSON.stringify(residual)).not.toContain(token.slice(4));
});

it('tells no value by the name of the key that repeats it', () => {
  const { residual } = look(encoded({}, [{ key: `of ${password}`, value: { stringValue: `password=${password}` } }, { key: 'next', value: { stringValue: `ann@shop.example and ${password}` } }]));
  expect(residual.length).toBeGreaterThan(1);
  expect(JSON.stringify(residual)).not.toContain(password);
});

it('sees what every detector knows, also what the second scanner has no pattern for', () => {
  const blind = generators.flatMap(({ detector, positive }) => {
    const { text: line, key } = positive(seededRandom(11));
    const { residual } = look(encoded({}, [{ key: key ?? 'note', value: { stringValue: line } }]));
    return residual.length > 0 ? [] : [detector];
  });
  expect(blind).toEqual([]);
});
