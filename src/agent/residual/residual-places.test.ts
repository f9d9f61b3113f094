// A leak and what stops it are one row of the audit: what the residual scan says of a request that no rule looked at, and what the
// ledger says of the same request under a policy, name the same service, durable id, line, place, key and detector.
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import { createPipeline } from '../../engine/index.ts';
import type { RedactionPolicyInput, Signal } from '../../model/index.ts';
import { objectToProtobuf } from '../../otlp/index.ts';
import { generators, KeyRing, seededRandom } from '../../redaction/index.ts';
import { ResidualWatch } from './index.ts';

type Json = Readonly<Record<string, unknown>>;
const text = (stringValue: string): Json => ({ stringValue });
const pair = (key: string, value: Json): Json => ({ key, value });
const map = (...values: readonly Json[]): Json => ({ kvlistValue: { values } });
const list = (...values: readonly Json[]): Json => ({ arrayValue: { values } });
const bytes = (of: string): Json => ({ bytesValue: Buffer.from(of).toString('base64') });
const service = pair('service.name', text('cart'));
const code = [pair('code.file.path', text('src/sync.ts')), pair('code.line.number', { intValue: '14' })];

const clock = new ManualClock(1_700_000_000_000_000_000n);
const token = (seed: number): string => generators.find(({ detector }) => detector === 'github-token')!.positive(seededRandom(seed)).secret;

/** Values of every kind that holds text, under `key`, and a key that holds a secret itself. */
const attributes = (key: string, put: string): Json[] => [
  pair(key, text(put)), pair(`${key}.list`, list(text('x'), text(put))), pair(`${key}.bytes`, bytes(put)), pair(`${key}.map`, map(pair('user', map(pair('note', text(put)), pair('', text(put))))),), pair(`${put} `, text('x')),
];
/** Each signal with `put` in every place that can hold a text. */
const everywhere: Readonly<Record<Signal, (put: string) => Json>> = {
  logs: (put) => ({ resourceLogs: [around('scopeLogs', put, { logRecords: [
    { timeUnixNano: '1', body: text(put), severityText: put, attributes: [...code, ...attributes('note', put)] },
    { timeUnixNano: '1', eventName: 'SyncFailed', body: map(pair('user', map(pair('note', text(put)))), pair('items', list(text(put), map(pair('id', text(put)))))) },
    { timeUnixNano: '1', eventName: `Sync ${put}`, body: list(text(put), bytes(put)) }, { timeUnixNano: '1', body: text(put), attributes: [pair('code.filepath', text('old.js')), pair('code.lineno', { intValue: '7' })] },
  ] })] }),
  spans: (put) => ({ resourceSpans: [around('scopeSpans', put, { spans: [
    { name: 'GET /cart', traceState: put, attributes: attributes('note', put), status: { message: put }, events: [{ name: put, attributes: attributes('note', put) }], links: [{ traceState: put, attributes: attributes('note', put) }] }, { name: `GET ${put}` },
  ] })] }),
  metrics: (put) => ({ resourceMetrics: [around('scopeMetrics', put, { metrics: [
    { name: 'depth', description: put, unit: put, metadata: attributes('note', put), gauge: { dataPoints: [{ timeUnixNano: '5', asDouble: 1, attributes: attributes('note', put), exemplars: [{ timeUnixNano: '5', asDouble: 1, filteredAttributes: attributes('note', put) }] }] } },
    { name: `depth ${put}`, sum: { dataPoints: [{ timeUnixNano: '5', asInt: '1', attributes: [pair('note', text(put))] }] } },
  ] })] }),
};
const around = (scopes: string, put: string, records: Json): Json => ({
  schemaUrl: put, resource: { attributes: [service, ...attributes('owner', put)], entityRefs: [{ schemaUrl: put, type: put, idKeys: [put], descriptionKeys: [put] }] },
  [scopes]: [{ schemaUrl: put, scope: { name: put, version: put, attributes: attributes('built', put) }, ...records }],
});

const encoded = (signal: Signal, document: Json): Uint8Array => {
  const made = objectToProtobuf(signal, document);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
};
type Named = Readonly<Record<'service' | 'durableId' | 'source' | 'signal' | 'place' | 'key' | 'detector', string>>;
const named = ({ service: of, durableId, source, signal, place, key, detector }: Named): string => JSON.stringify([of, durableId, source, signal, place, key, detector]);

function leaks(signal: Signal, request: Uint8Array): readonly string[] {
  const residual = new ResidualWatch({ clock, random: () => 0 });
  residual.look('out', { signal, bytes: request, records: 1 });
  return [...new Set(residual.take().residual.map(named))].toSorted();
}
function hides(signal: Signal, request: Uint8Array, policy: RedactionPolicyInput): { readonly cells: readonly string[]; readonly left: Uint8Array | null } {
  const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1000, maxGroups: 10, redactionKeys: new KeyRing(new Uint8Array(32).fill(1)) });
  const replaced = pipeline.replaceRules([{ id: 'p', name: 'p', version: 1, order: 1, plan: null, policy }]);
  if (!replaced.ok) throw new Error(replaced.error.message);
  const done = pipeline.process(signal, request, { in: false, out: false });
  if (!done.ok) throw new Error(done.error.message);
  return { cells: [...new Set(pipeline.takeRedactions().cells.map(named))].toSorted(), left: done.value.out[0]?.bytes ?? null };
}

describe.each(['logs', 'spans', 'metrics'] as const)('in %s', (signal) => {
  it('names a token in every place as the ledger does', () => {
    const request = encoded(signal, everywhere[signal](token(1)));
    const seen = leaks(signal, request);
    expect(seen.length).toBeGreaterThan(20);
    expect(seen).toEqual(hides(signal, request, { sensitiveKeys: false }).cells);
  });
  it('finds nothing in what a policy left', () => {
    const { left } = hides(signal, encoded(signal, everywhere[signal](token(2))), {});
    expect(left === null ? [] : leaks(signal, left)).toEqual([]);
  });
});

const keys = ['note', 'url.full', 'user.email', 'client.address', 'db.query.text', 'password', 'http.request.header.authorization', 'process.command_line'];

/** Where a key says that all of the text goes, what is found in it may have become one finding with that. */
const isWholeBeside = (leak: string, cells: readonly string[]): boolean => /(?:client\.address|user\.email|db\.query\.text)","[a-z-]+"\]$/.test(leak) && cells.some((cell) => cell.startsWith(leak.slice(0, leak.lastIndexOf(',') + 1)));

it.each([['everything', {}], ['without sensitive keys', { sensitiveKeys: false }], ['what is let pass', { entries: [{ key: '*', do: 'ignore', reason: 'a test' }] }]] satisfies [string, RedactionPolicyInput][])('names what it sees of every generated secret as the ledger does: %s', (_, policy) => {
  const differing = generators.flatMap(({ detector, positive }) => {
    const { text: put } = positive(seededRandom(7));
    const values = keys.flatMap((key) => [pair(key, text(put)), pair(`deep.${key}`, map(pair(key, text(put))))]);
    const request = encoded('logs', { resourceLogs: [{ resource: { attributes: [service] }, scopeLogs: [{ logRecords: [{ timeUnixNano: '1', eventName: 'E', body: text(put), attributes: values }] }] }] });
    const { cells } = hides('logs', request, policy);
    const missing = leaks('logs', request).filter((leak) => !cells.includes(leak) && !isWholeBeside(leak, cells));
    return missing.length === 0 ? [] : [{ detector, missing, instead: cells }];
  });
  expect(differing).toEqual([]);
});

it('sees what surrounds records that hold nothing themselves', () => {
  const request = encoded('logs', { resourceLogs: [1, 2].map((seed) => ({ resource: { attributes: [service, pair('owner', text(token(seed)))] }, scopeLogs: [{ logRecords: Array.from({ length: 5 }, () => ({ timeUnixNano: '1', body: text('quiet') })) }] })) });
  expect(leaks('logs', request)).toEqual([named({ service: 'cart', durableId: '', source: '', signal: 'logs', place: 'resource', key: 'owner', detector: 'github-token' })]);
});
