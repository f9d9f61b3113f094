import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../kql/index.ts';
import { defaultBounds } from '../../../../model/index.ts';
import type { CompiledQuery, QueryDryRunResult } from '../../../../rules/index.ts';
import { log, logsFrame, startMs, storeOf } from '../testing/frames.ts';
import { call, literal, severityAtLeast, where } from '../testing/plans.ts';
import type { TailDryRunOptions } from '../types.ts';
import { TailDryRun } from './dry-run.ts';
import { explainRow } from './explain-row.ts';

const store = () => storeOf(Array.from({ length: 10 }, (_, f) => logsFrame(f % 2 === 0 ? 'cart' : 'checkout', Array.from({ length: 20 }, (_, i) => log(`m${f}.${i}`, { severityNumber: i < 5 ? 17 : 9, eventName: 'E', atMs: f * 1000 + i })))));
const compiled = (plan: Plan): CompiledQuery => ({ kind: 'query', name: 'mine', location: 'on-box', order: 100, targets: null, bounds: defaultBounds, expiresAfterMs: null, plan });
const drop = (severity: number) => where(severityAtLeast(severity), { sink: 'drop' });

function dryRun(plan: Plan, from = store(), more: Partial<TailDryRunOptions> = {}) {
  let ms = 0;
  const dry = new TailDryRun(from, { rule: compiled(plan), maxSamples: 6, ...more }, () => (ms += 0.01));
  while (!dry.step(0));
  return dry.result();
}
function run(...args: Parameters<typeof dryRun>): QueryDryRunResult {
  const result = dryRun(...args);
  if (!result.ok || result.value.kind !== 'query') throw new Error('it did not run');
  return result.value;
}

describe('a dry run over the buffer', () => {
  it('reads every row, and its samples have the ids of rows', () => {
    const from = store();
    const result = run(drop(17), from);
    expect(result).toMatchObject({ scanned: 200, matched: 50, removed: 50, error: null });
    expect(result.samples[0]!.before.summary).toBe('m9.4');
    expect(result.samples[0]!.before.id).toBe(184);
  });

  it('keeps to a time range', () => {
    const result = run(drop(17), store(), { fromMs: startMs + 2000, toMs: startMs + 3002 });
    expect(result).toMatchObject({ scanned: 23, matched: 8, fromMs: startMs + 2000, toMs: startMs + 3002 });
    expect(result.samples[0]!.before).toMatchObject({ id: 62, summary: 'm3.2' });
  });

  it('leaves rows out that have left the ring', () => {
    const small = storeOf([logsFrame('cart', Array.from({ length: 30 }, (_, i) => log(`m${i}`)))], { maxRows: 12, maxBytes: 1e9 });
    const result = run(drop(1), small);
    expect(result).toMatchObject({ scanned: 12, removed: 12 });
    expect(result.samples[0]!.before).toMatchObject({ id: 29, summary: 'm29' });
  });

  it('says why a rule cannot run', () => {
    const result = dryRun(where(call('no_such_function', literal(1)), { sink: 'drop' }));
    expect(result.ok ? '' : result.error.message).toMatch(/no_such_function/);
  });

  it('explains a row', () => {
    const rules = [{ id: 'r1', name: 'drop-errors', version: 1, order: 1, plan: drop(17) }];
    expect(explainRow(store(), 184, rules)).toMatchObject([{ name: 'drop-errors', did: 'dropped' }]);
    expect(explainRow(store(), 190, rules)).toMatchObject([{ did: 'nothing', because: 'It did not match: SeverityNumber >= 17 is false, for SeverityNumber is 9.' }]);
    expect(explainRow(store(), 9999, rules)).toBeNull();
  });
});
