import { describe, expect, it } from 'vitest';
import { dryRunResult } from '../testing/fakes.ts';
import { nextRunInMs, type DryRun, type DryRunTarget } from './use-dry-run.ts';

const target: DryRunTarget = { plan: { version: 1, table: 'Logs', operators: [], sink: { sink: 'drop' } }, text: 'a' };
const done = (more: Partial<DryRun> = {}): DryRun => ({ status: 'done', result: dryRunResult(), text: 'a', atMs: 0, failure: null, ...more });

describe('when a dry run starts by itself', () => {
  it('at once for the first valid text, when there are records', () => {
    const none = done({ status: 'idle', result: null, text: null });
    expect(nextRunInMs(none, target, true, 0)).toBe(0);
    expect(nextRunInMs(none, target, false, 0)).toBeNull();
    expect(nextRunInMs(none, null, true, 0)).toBeNull();
  });

  it('not again for the same text over enough records, nor after a failure', () => {
    expect(nextRunInMs(done(), target, true, 10)).toBeNull();
    expect(nextRunInMs(done({ status: 'failed' }), { ...target, text: 'b' }, true, 10)).toBeNull();
  });

  it('again while the buffer is too short to mean anything', () => {
    expect(nextRunInMs(done({ result: dryRunResult({ fromMs: 0, toMs: 800 }) }), target, true, 10)).toBe(2000);
  });

  it('after an edit only while runs are cheap', () => {
    expect(nextRunInMs(done(), { ...target, text: 'b' }, true, 40)).toBe(400);
    expect(nextRunInMs(done(), { ...target, text: 'b' }, true, 900)).toBeNull();
  });
});
