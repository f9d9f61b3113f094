import { describe, expect, it } from 'vitest';
import { compiledQuery, dryRunResult } from '../testing/dry-runs.ts';
import { flowOf } from './flow-of.ts';
import { nextRunInMs, notRun, type DryRunTarget } from './use-dry-run.ts';

const target: DryRunTarget = { id: null, rule: compiledQuery(), text: 'a' };
const done = (more: Partial<typeof notRun> = {}): typeof notRun => ({ ...notRun, status: 'done', result: dryRunResult(), text: 'a', atMs: 0, coveredMs: 10_000, tookMs: 10, ...more });

describe('when a dry run starts by itself', () => {
  it('at once for the first valid text, when there are records', () => {
    expect(nextRunInMs(notRun, target, true, true)).toBe(0);
    expect(nextRunInMs(notRun, target, false, true)).toBeNull();
    expect(nextRunInMs(notRun, null, true, true)).toBeNull();
  });

  it('not again for the same text over enough records, nor after a failure, nor over a file', () => {
    expect(nextRunInMs(done(), target, true, true)).toBeNull();
    expect(nextRunInMs({ ...notRun, status: 'failed', failure: 'no', givenUp: 'a' }, target, true, true)).toBeNull();
    expect(nextRunInMs({ ...notRun, status: 'failed', failure: 'the file cannot be read' }, { ...target, text: 'b' }, true, false)).toBeNull();
    expect(nextRunInMs(done({ coveredMs: 800 }), target, true, false)).toBeNull();
  });

  it('again while the buffer is too short to mean anything', () => {
    expect(nextRunInMs(done({ coveredMs: 800 }), target, true, true)).toBe(2000);
    expect(nextRunInMs(done({ result: dryRunResult({ scanned: 0, matched: 0 }) }), target, true, true)).toBe(500);
    expect(nextRunInMs(done({ result: dryRunResult({ matched: 0 }) }), target, true, true)).toBe(3000);
    expect(nextRunInMs(done({ result: dryRunResult({ matched: 0 }), coveredMs: 20_000 }), target, true, true)).toBeNull();
  });

  it('after every edit, however long the last run took, and over a file too', () => {
    const edited = { ...target, text: 'b' };
    expect(nextRunInMs(done({ tookMs: 40 }), edited, true, true)).toBe(400);
    expect(nextRunInMs(done({ tookMs: 900 }), edited, true, true)).toBe(900);
    expect(nextRunInMs(done({ tookMs: 20_000 }), edited, true, false)).toBe(2500);
    expect(nextRunInMs({ ...notRun, status: 'failed', failure: 'no', givenUp: 'a' }, edited, true, true)).toBe(400);
  });

  it('in the place of a run of an older text, but not of one that the person ended', () => {
    const running = { ...notRun, status: 'running', runningText: 'a' } as const;
    expect(nextRunInMs(running, target, true, true)).toBeNull();
    expect(nextRunInMs(running, { ...target, text: 'b' }, true, true)).toBe(400);
    expect(nextRunInMs({ ...running, runningText: null }, { ...target, text: 'b' }, true, true)).toBeNull();
    expect(nextRunInMs(done({ givenUp: 'b' }), { ...target, text: 'b' }, true, true)).toBeNull();
  });
});

it('flows as rates, block by block, the table and the sink included', () => {
  const result = dryRunResult({ flow: { seen: 100, targeted: 100, reached: 40, operators: [{ operator: 0, op: 'where', in: 100, out: 40 }, { operator: 1, op: 'summarize', in: 40, out: 2 }] } });
  expect(flowOf({ result, coveredMs: 10_000 })).toEqual([{ in: 10, out: 10 }, { in: 10, out: 4 }, { in: 4, out: 0.2 }, { in: 0.2, out: 0.2 }]);
  expect(flowOf({ result: null, coveredMs: 10_000 })).toBeNull();
  expect(flowOf({ result, coveredMs: 28 })).toBeNull();
});
