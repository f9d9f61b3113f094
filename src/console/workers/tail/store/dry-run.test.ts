import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../kql/index.ts';
import { log, logsFrame, storeOf } from '../testing/frames.ts';
import { call, column, isService, literal, plan, severityAtLeast, where } from '../testing/plans.ts';
import { DryRun } from './dry-run.ts';

const store = () => storeOf(Array.from({ length: 10 }, (_, f) => logsFrame(f % 2 === 0 ? 'cart' : 'checkout', Array.from({ length: 20 }, (_, i) => log(`m${f}.${i}`, { severityNumber: i < 5 ? 17 : 9, eventName: 'E', atMs: f * 1000 + i })))));

function run(rule: Plan, from = store()) {
  let ms = 0;
  const dry = new DryRun(from, rule, 6, () => (ms += 0.01));
  while (!dry.step(0));
  return dry.result();
}

describe('DryRun', () => {
  it('counts what a drop removes and shows removed and untouched records', () => {
    const result = run(where(severityAtLeast(17), { sink: 'drop' }));
    expect(result).toMatchObject({ scanned: 200, matched: 50, removed: 50, changed: 0, error: null });
    expect(result.bytesAfter).toBeLessThan(result.bytesBefore);
    expect(result.samples.filter((sample) => sample.kind === 'removed').every((sample) => sample.before.severity === 17 && sample.after === null)).toBe(true);
    expect(result.samples.some((sample) => sample.kind === 'removed')).toBe(true);
  });

  it('shows a changed record before and after', () => {
    const result = run(plan([{ op: 'where', predicate: isService('cart') }, { op: 'extend', columns: [{ name: 'SeverityText', expr: literal('LOUD') }] }], { sink: 'update' }));
    expect(result).toMatchObject({ scanned: 200, matched: 100, changed: 100, removed: 0 });
    const changed = result.samples.find((sample) => sample.kind === 'changed');
    expect([changed?.before.columns['SeverityText'], changed?.after?.columns['SeverityText']]).toEqual([undefined, 'LOUD']);
  });

  it('turns records into metrics whose values add up', () => {
    const count = { name: 'Seen', fn: 'count', args: [], type: 'long' } as const;
    const result = run(plan([{ op: 'where', predicate: call('==', column('EventName'), literal('E')) }, { op: 'summarize', aggregates: [count], by: [{ name: 'ServiceName', expr: column('ServiceName') }] }], { sink: 'to_metric', name: 'seen', unit: '', keep: false }));
    expect(result.removed).toBe(200);
    expect(result.metrics.reduce((sum, metric) => sum + metric.value, 0)).toBe(200);
  });

  it('leaves rows out that have left the ring', () => {
    const small = storeOf([logsFrame('cart', Array.from({ length: 30 }, (_, i) => log(`m${i}`)))], { maxRows: 12, maxBytes: 1e9 });
    expect(run(where(severityAtLeast(1), { sink: 'drop' }), small)).toMatchObject({ scanned: 12, removed: 12 });
  });

  it('says why a rule cannot run', () => {
    const result = run({ ...where(call('no_such_function', literal(1)), { sink: 'drop' }) });
    expect(result.error).toMatch(/no_such_function/);
    expect(result.scanned).toBe(0);
  });
});
