// In Node's own environment: jsdom's Blob has no stream().
// @vitest-environment node
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { planVersion } from '../../../kql/index.ts';
import { defaultBounds } from '../../../model/index.ts';
import type { CompiledQuery } from '../../../rules/index.ts';
import { createRulesClient } from './client.ts';
import type { FromRulesWorker, RulesEndpoint, ToRulesWorker } from './protocol.ts';
import { serveRules } from './serve.ts';

const ports: MessagePort[] = [];
afterEach(() => { for (const port of ports.splice(0)) port.close(); });

function endpoint<Out, In>(port: MessagePort): RulesEndpoint<Out, In> {
  ports.push(port);
  return { post: (message) => port.postMessage(message), listen: (receive) => { port.onmessage = (event: MessageEvent<In>) => receive(event.data); } };
}
function client() {
  const channel = new MessageChannel();
  serveRules(endpoint<FromRulesWorker, ToRulesWorker>(channel.port1));
  return createRulesClient(() => endpoint<ToRulesWorker, FromRulesWorker>(channel.port2));
}

const drop: CompiledQuery = {
  kind: 'query', name: 'drop-errors', location: 'on-box', order: 100, targets: null, bounds: defaultBounds, expiresAfterMs: null,
  plan: { version: planVersion, table: 'Logs', sink: { sink: 'drop' }, operators: [{ op: 'where', predicate: { k: 'call', type: 'bool', fn: '>=', args: [{ k: 'column', type: 'int', name: 'SeverityNumber' }, { k: 'literal', type: 'long', value: 17 }] } }] },
};
const lines = (count: number) => Array.from({ length: count }, (_, i) => JSON.stringify({ Timestamp: '2026-01-01T10:00:00Z', EventName: 'E', SeverityNumber: i % 4 === 0 ? 17 : 9, Body: `m${i}` })).join('\n');
const blob = (bytes: Uint8Array | string): Blob => new Blob([bytes as BlobPart]);

describe('the rules worker', () => {
  it('dry-runs a rule over a text, and over the same gzipped', async () => {
    const rules = client();
    const text = await rules.readText(lines(100), 'pasted text');
    expect(text).toMatchObject({ name: 'pasted text', format: 'JSON records', records: 100, skipped: 0 });
    const file = await rules.readFile(blob(new Uint8Array(gzipSync(lines(100)))), 'logs.json.gz');
    for (const source of [text, file]) expect(await rules.dryRun(source.id, { rule: drop, maxSamples: 5 })).toMatchObject({ kind: 'query', scanned: 100, matched: 25, removed: 25 });
  });

  it('says what is wrong with a file', async () => {
    const rules = client();
    await expect(rules.readFile(blob(''), 'empty')).rejects.toThrow('There is nothing in it.');
    await expect(rules.readFile(blob(new Uint8Array(gzipSync(lines(500)).subarray(0, 200))), 'cut.gz')).rejects.toThrow(/gzip data is damaged/);
    await expect(rules.dryRun(99, { rule: drop, maxSamples: 1 })).rejects.toThrow('Choose the file again');
  });

  it('explains the record of a sample, and the file is gone once released', async () => {
    const rules = client();
    const source = await rules.readText(lines(8), 'text');
    const result = await rules.dryRun(source.id, { rule: drop, maxSamples: 5 });
    const sample = result.kind === 'query' ? result.samples[0]! : null;
    const outcomes = await rules.explain([{ id: 'a', name: 'drop-errors', version: 1, order: 1, plan: drop.plan }], 'logs', sample!.request);
    expect(outcomes).toMatchObject([{ did: 'dropped', clauses: [{ text: 'SeverityNumber >= 17', outcome: true }] }]);
    rules.release(source.id);
    await expect(rules.dryRun(source.id, { rule: drop, maxSamples: 1 })).rejects.toThrow();
  });

  it('runs the tests of a document', async () => {
    const report = await client().test(drop, [{ name: 'errors go', given: [{ SeverityNumber: 17 }, { SeverityNumber: 9, Body: 'x' }], expect: { dropped: 1 } }, { name: 'wrong', given: [{ SeverityNumber: 9 }], expect: { dropped: 1 } }]);
    expect(report.results.map(({ name, ok }) => [name, ok])).toEqual([['errors go', true], ['wrong', false]]);
    expect(report.results[1]!.failures.length).toBeGreaterThan(0);
  });

  it('keeps nothing of a read that was given up when it was done already', async () => {
    const sent: ToRulesWorker[] = [];
    let answer: (message: FromRulesWorker) => void = () => undefined;
    const rules = createRulesClient(() => ({ post: (message) => { sent.push(message); }, listen: (receive) => { answer = receive; } }));
    const stop = new AbortController();
    const reading = rules.readText('x', 'x', { signal: stop.signal });
    const { id } = sent[0] as Extract<ToRulesWorker, { kind: 'call' }>;
    stop.abort(new Error('left'));
    await expect(reading).rejects.toThrow('left');
    answer({ kind: 'answer', id, value: { id: 7 } });
    expect(sent.slice(1)).toEqual([{ kind: 'cancel', id }, { kind: 'release', source: 7 }]);
  });

  it('stops when cancelled, and goes on with other calls', async () => {
    const rules = client();
    const stop = new AbortController();
    const reading = rules.readText(lines(60_000), 'long', { signal: stop.signal, progress: () => stop.abort(new Error('stopped by the person')) });
    await expect(reading).rejects.toThrow('stopped by the person');
    expect(await rules.readText('one line', 'short')).toMatchObject({ records: 1 });
  });
});
