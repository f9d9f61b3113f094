// In Node's own environment: jsdom's Blob has no stream().
// @vitest-environment node
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { planVersion } from '../../../kql/index.ts';
import { defaultBounds } from '../../../model/index.ts';
import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, type QuickJSSyncVariant } from 'quickjs-emscripten-core';
import type { CompiledLanguage, CompiledQuery, NewVm } from '../../../rules/index.ts';
import { createRulesClient } from './client.ts';
import type { FromRulesWorker, RulesEndpoint, ToRulesWorker } from './protocol.ts';
import { serveRules } from './serve.ts';

const ports: MessagePort[] = [];
afterEach(() => { for (const port of ports.splice(0)) port.close(); });

function endpoint<Out, In>(port: MessagePort): RulesEndpoint<Out, In> {
  ports.push(port);
  return { post: (message) => port.postMessage(message), listen: (receive) => { port.onmessage = (event: MessageEvent<In>) => receive(event.data); } };
}
// Casts, as in load-quickjs.ts.
const newVm: NewVm = async () => (await newQuickJSWASMModuleFromVariant(variant as unknown as QuickJSSyncVariant)) as unknown as Awaited<ReturnType<NewVm>>;

function client() {
  return createRulesClient(() => {
    const channel = new MessageChannel();
    serveRules(endpoint<FromRulesWorker, ToRulesWorker>(channel.port1), newVm);
    return endpoint<ToRulesWorker, FromRulesWorker>(channel.port2);
  });
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

describe('scripts', () => {
  const script = (javascript: string): CompiledLanguage => ({ kind: 'language', name: 'mine', location: 'on-box', order: 100, targets: null, bounds: defaultBounds, expiresAfterMs: null, language: { javascript, signals: ['logs'], when: null, limits: { actions: 1, perMs: 1000, cooldownMs: 0 } } });
  const emits = script('function onRecord(record, weir) { if (record.SeverityNumber > 16) weir.emit({ EventName: "seen", Body: record.Body }); }');

  it('are dry-run over what the other worker has read, and over given requests', async () => {
    const rules = client();
    const { id } = await rules.readText(lines(40), 'text');
    expect(await rules.dryRun(id, { rule: emits, maxSamples: 5 })).toMatchObject({ kind: 'language', scanned: 40, reached: 40, emitted: 10, stop: null });
    expect(await rules.dryRunScript([], { rule: emits, maxSamples: 5 })).toMatchObject({ kind: 'language', scanned: 0 });
    expect(await rules.dryRun(id, { rule: script('function onRecord() { for (;;) {} }'), maxSamples: 5 })).toMatchObject({ reached: 1, leftOut: 39, stop: expect.stringContaining('did not come to an end') });
  });
  it('are checked, tested, and asked what they make of records', async () => {
    const rules = client();
    expect(await rules.checkScript(emits)).toBeNull();
    expect(await rules.checkScript(script('function onRecord( {'))).toMatchObject({ severity: 'error', code: 'language/script', start: 19 });
    expect((await rules.test(emits, [{ name: 'a', given: [{ SeverityNumber: 17, Body: 'x' }], expect: { records: [{ Body: 'x' }] } }])).results).toMatchObject([{ ok: true }]);
    expect(await rules.expect(emits, [{ SeverityNumber: 17 }])).toMatchObject({ records: [{ EventName: 'seen' }] });
  });

  describe('that do not come back', () => {
    afterEach(() => { vi.useRealTimers(); });
    function hanging() {
      vi.useFakeTimers();
      const made: { readonly name: string; ended: boolean; readonly say: (message: FromRulesWorker) => void; readonly sent: ToRulesWorker[] }[] = [];
      const rules = createRulesClient((name) => {
        let receive: (message: FromRulesWorker) => void = () => undefined;
        const one = { name, ended: false, sent: [] as ToRulesWorker[], say: (message: FromRulesWorker) => receive(message) };
        made.push(one);
        return { post: (message) => { one.sent.push(message); }, listen: (listener) => { receive = listener; }, end: () => { one.ended = true; } };
      }, 1000);
      return { rules, made };
    }
    it('cost their worker, and nothing else; the next call starts another', async () => {
      const { rules, made } = hanging();
      const reading = rules.readText('x', 'x');
      const checking = rules.checkScript(emits);
      const ended = expect(checking).rejects.toThrow(/did not come back within 1 s/);
      made[1]!.say({ kind: 'beat', id: 1 });
      vi.advanceTimersByTime(1200);
      await ended;
      expect(made.map(({ name, ended: gone }) => [name, gone])).toEqual([['rules', false], ['scripts', true]]);
      made[0]!.say({ kind: 'answer', id: 1, value: { id: 7 } });
      await reading;
      void rules.checkScript(emits);
      expect(made.length).toBe(3);
      made[1]!.say({ kind: 'answer', id: 2, value: 'of the one that was ended' });
    });
    it('are those that are silent: loading may take its time, and each sign of life counts', async () => {
      const { rules, made } = hanging();
      const checking = rules.checkScript(emits);
      vi.advanceTimersByTime(60_000);
      for (let i = 0; i < 5; i++) { made[0]!.say({ kind: 'beat', id: 1 }); vi.advanceTimersByTime(900); }
      made[0]!.say({ kind: 'answer', id: 1, value: null });
      expect(await checking).toBeNull();
      vi.advanceTimersByTime(60_000);
      expect(made[0]!.ended).toBe(false);
    });
  });
});
