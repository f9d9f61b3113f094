// What the pipeline counts and names: every record once, after redaction, whatever rules do with it; and nothing that redaction knows.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import { SeenBook } from '../../catalogue/index.ts';
import { call, col, lit, logRequest, plan, rule, where, type LogLine } from '../../testing/index.ts';
import { createPipeline } from '../index.ts';

const clock = (): ManualClock => new ManualClock(1_700_000_000_000_000_000n);
const started = (...rules: readonly ReturnType<typeof rule>[]) => {
  const pipeline = createPipeline({ clock: clock(), resource: {}, recorderBytes: 1e6, maxGroups: 10 });
  const done = pipeline.replaceRules(rules);
  if (!done.ok) throw new Error(done.error.message);
  return pipeline;
};
const line = (eventName: string, body: string, service = 'web', attributes: Readonly<Record<string, string>> = {}): LogLine => ({ service, scope: 'logger', resource: { 'service.name': service }, record: { ...(eventName !== '' && { eventName }), body, attributes } });
const send = (pipeline: ReturnType<typeof started>, ...lines: readonly LogLine[]) => {
  const done = pipeline.process('logs', logRequest(lines), { in: false, out: false });
  if (!done.ok) throw new Error(done.error.message);
  return done.value;
};
const redact = rule('redact', plan('Logs', [], { sink: 'redact', detectors: ['*'], mode: 'mask' }));

test('bodies without a name are one event a template, and DurableId is its id for rules', () => {
  const pipeline = started();
  send(pipeline, ...Array.from({ length: 20 }, (_, i) => line('', `order ${1000 + i} took ${i * 7} ms`)));
  const [event] = pipeline.events.takeReport(0, 10).events;
  expect(event).toMatchObject({ source: 'template', template: 'order <*> took <*>', records: 20 });
  pipeline.replaceRules([rule('gone', plan('Logs', [where(call('==', col('DurableId'), lit(event!.durableId)))], { sink: 'drop' }))]);
  expect(send(pipeline, line('', 'order 77 took 12 ms'), line('', 'something else')).removed.dropped).toBe(1);
});

test('a rule that redacts finds templates, too, and they are learned of what it left', () => {
  const before = started();
  send(before, line('', 'login of ann@shop.example failed'), line('', 'login of bob@shop.example failed'));
  const id = before.events.takeReport(0, 10).events[0]!.durableId;
  const pipeline = started(redact);
  send(pipeline, line('', 'login of ann@shop.example failed'), line('', 'login of bob@shop.example failed'));
  const [event] = pipeline.events.takeReport(0, 10).events;
  expect(event).toMatchObject({ durableId: id, records: 2 });
  expect(JSON.stringify([event, pipeline.events.templateBook()])).not.toMatch(/ann|bob/);
});

test('templates that hold what a later rule hides stay in this process', () => {
  const pipeline = started();
  send(pipeline, line('', 'customer Jane Doe moved'));
  expect(JSON.stringify(pipeline.events.templateBook())).toContain('Jane');
  pipeline.replaceRules([{ id: 'p', name: 'p', version: 1, order: 0, plan: null, policy: { entries: [{ in: ['body'], do: 'mask' }] } }]);
  expect(JSON.stringify([pipeline.events.templateBook(), pipeline.events.takeReport(0, 10)])).not.toContain('Jane');
});

test('what rules take away is counted by event; what dedup holds and lets go is not', () => {
  const pipeline = started(
    rule('drop', plan('Logs', [where(call('==', col('EventName'), lit('Noise')))], { sink: 'drop' })),
    rule('dedup', plan('Logs', [where(call('==', col('EventName'), lit('Again')))], { sink: 'dedup', windowNanos: '1000000000', key: ['EventName'] })),
  );
  send(pipeline, line('Noise', 'a'), line('Noise', 'b'), line('Again', 'c'), line('Again', 'c'), line('Kept', 'd'));
  const events = pipeline.events.takeReport(0, 10).events.map(({ durableId, records, removedRecords }) => [durableId, records, removedRecords]);
  expect(events).toEqual([['Noise', 2, 2], ['Again', 2, 1], ['Kept', 1, 0]]);
});

test('whatever comes and whatever rules redact or drop, the events add up to what redaction left', () => {
  const names = fc.constantFrom('A', 'B', '');
  const bodies = fc.constantFrom('login of ann@shop.example', 'job 17 done', 'x', '');
  fc.assert(fc.property(fc.array(fc.tuple(names, bodies), { minLength: 1, maxLength: 10 }), fc.boolean(), fc.boolean(), (lines, redacts, drops) => {
    const pipeline = started(...(redacts ? [redact] : []), ...(drops ? [rule('d', plan('Logs', [where(call('==', col('EventName'), lit('A')))], { sink: 'drop' }), 1)] : []));
    for (let i = 0; i < 2; i++) send(pipeline, ...lines.map(([name, body]) => line(name, body)));
    const { events } = pipeline.events.takeReport(0, 100);
    expect(events.reduce((sum, { records }) => sum + records, 0)).toBe(2 * lines.length);
    expect(events.reduce((sum, { removedRecords }) => sum + removedRecords, 0)).toBe(drops ? 2 * lines.filter(([name]) => name === 'A').length : 0);
    const { talkers, otherRecords } = pipeline.talkers(2);
    expect(talkers.reduce((sum, one) => sum + one.records, otherRecords)).toBe(2 * lines.length);
  }));
});

const secrets = ['zqX7zebra', 'zqX8zebra', 'zqXXzebra'];
const own = { id: 'o', name: 'o', version: 1, order: 0, plan: null, policy: { patterns: [{ name: 'own', pattern: 'zq[X0-9]+zebra' }], entries: [] } };
const byKey = { id: 'k', name: 'k', version: 1, order: 0, plan: null, policy: { entries: [{ in: ['attribute' as const], key: 'mode', do: 'mask' as const }] } };

test('what a later rule hides is told nowhere again, and the book forgets it', () => {
  const place = fc.constantFrom('event', 'body', 'key', 'value', 'service', 'file', 'bodyKey', 'version', 'scope');
  fc.assert(fc.property(fc.uniqueArray(place, { minLength: 1 }), fc.constantFrom(...secrets), fc.boolean(), (places, secret, isLostOnTheWay) => {
    const has = (one: string): boolean => (places as string[]).includes(one);
    const told = (one: string, otherwise: string): string => (has(one) ? secret : otherwise);
    const one = (i: number): LogLine => ({
      service: told('service', 'web'), scope: told('scope', 'logger'), resource: { 'service.name': told('service', 'web'), 'service.version': told('version', '1.0') },
      record: { ...(i % 2 === 0 && { eventName: `Ev.${told('event', 'name')}` }), body: has('bodyKey') ? { [`k.${secret}`]: 'v' } : `got ${told('body', 'nothing')} here`,
        attributes: { mode: told('value', 'fast'), [told('key', 'k')]: '1', ...(has('file') && { 'code.file.path': `src/${secret}.ts`, 'code.line.number': '12' }) } },
    });
    const [pipeline, book] = [started(), new SeenBook()];
    const report = (nowUnixMs: number): string => {
      const made = pipeline.events.takeReport(nowUnixMs, 100);
      if (!isLostOnTheWay || nowUnixMs !== 2000) book.take('a', made, nowUnixMs);
      return JSON.stringify(made);
    };
    const sendSome = (): void => { send(pipeline, ...Array.from({ length: 30 }, (_, i) => one(i))); };
    sendSome();
    // In a body it may be a value that templates leave out.
    expect(report(1000).includes(secret) || String(places) === 'body').toBe(true);
    expect(pipeline.replaceRules([own]).ok).toBe(true);
    sendSome();
    expect(report(2000)).not.toContain(secret);
    pipeline.events.tellAgain();
    expect(report(3000)).not.toContain(secret);
    expect(JSON.stringify([book.takeChanges(1000).rows, [...book.events()].map((event) => ({ ...event, fields: [...event.fields] }))])).not.toContain(secret);
    expect([...book.events()].reduce((sum, { records }) => sum + records, 0)).toBe(60);
  }), { numRuns: 40 });
});

test('an example goes when a rule hides its field, and comes back as a shape', () => {
  const [pipeline, book] = [started(), new SeenBook()];
  const take = (nowUnixMs: number): void => { book.take('a', pipeline.events.takeReport(nowUnixMs, 100), nowUnixMs); };
  const sendSome = (): void => { send(pipeline, ...Array.from({ length: 30 }, () => line('Ev', 'x', 'web', { mode: 'turbo' }))); };
  const examples = (): readonly string[] => [...book.events()][0]!.fields.get('attribute\nmode')?.examples ?? [];
  sendSome();
  take(1000);
  expect(examples()).toEqual(['turbo']);
  pipeline.replaceRules([byKey]);
  take(2000);
  expect(examples()).toEqual([]);
  sendSome();
  take(3000);
  expect(JSON.stringify(examples())).not.toContain('turbo');
});
