import { describe, expect, it } from 'vitest';
import { dryRunResult } from '../testing/fakes.ts';
import { nextRunInMs, type DryRun, type DryRunTarget } from './use-dry-run.ts';

const target: DryRunTarget = { plan: { version: 1, table: 'Logs', operators: [], sink: { sink: 'drop' } }, text: 'a' };
const done = (more: Partial<DryRun> = {}): DryRun => ({ status: 'done', result: dryRunResult(), text: 'a', atMs: 0, failure: null, coveredMs: 10_000, cpuMicros: [], tookMs: 10, ...more });

describe('when a dry run starts by itself', () => {
  it('at once for the first valid text, when there are records', () => {
    const none = done({ status: 'idle', result: null, text: null });
    expect(nextRunInMs(none, target, true)).toBe(0);
    expect(nextRunInMs(none, target, false)).toBeNull();
    expect(nextRunInMs(none, null, true)).toBeNull();
  });

  it('not again for the same text over enough records, nor after a failure', () => {
    expect(nextRunInMs(done(), target, true)).toBeNull();
    expect(nextRunInMs(done({ status: 'failed' }), { ...target, text: 'b' }, true)).toBeNull();
  });

  it('again while the buffer is too short to mean anything', () => {
    expect(nextRunInMs(done({ coveredMs: 800 }), target, true)).toBe(2000);
    expect(nextRunInMs(done({ result: dryRunResult({ scanned: 0, matched: 0 }) }), target, true)).toBe(500);
    expect(nextRunInMs(done({ result: dryRunResult({ matched: 0 }) }), target, true)).toBe(3000);
    expect(nextRunInMs(done({ result: dryRunResult({ matched: 0 }), coveredMs: 20_000 }), target, true)).toBeNull();
  });

  it('after an edit only while runs are cheap', () => {
    expect(nextRunInMs(done({ tookMs: 40 }), { ...target, text: 'b' }, true)).toBe(400);
    expect(nextRunInMs(done({ tookMs: 900 }), { ...target, text: 'b' }, true)).toBeNull();
  });
});
