// A dry run of the plan in hand over records before rules, in a tail worker of its own. It runs by itself as soon as the
// text is valid and records are there, again when they have become enough to mean something, and after edits while it is cheap.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Plan } from '../../../../kql/index.ts';
import type { DryRunResult } from '../../../workers/tail/index.ts';
import { useTail, useTailValue } from '../services.tsx';

export interface DryRun {
  readonly status: 'idle' | 'running' | 'done' | 'failed';
  readonly result: DryRunResult | null;
  /** The text the result is about. */
  readonly text: string | null;
  readonly atMs: number | null;
  readonly failure: string | null;
  /** How long the tail had listened, gaps left out, for the records of this result, milliseconds. */
  readonly coveredMs: number;
  /** CPU per record in the runs of this text, oldest first, microseconds. The first run of a text also warms the engine up. */
  readonly cpuMicros: readonly number[];
  /** How long the last run took on this page, milliseconds. */
  readonly tookMs: number;
}
export interface DryRunTarget { readonly plan: Plan; readonly text: string }

const maxSamples = 60;
/** Below this span of records, rates say little; below the other, that nothing matched says little. */
export const meaningfulSpanMs = 5000;
export const tellingSpanMs = 15_000;
const keptCpuFigures = 9;
const cheapRunMs = 250;
const nothing: DryRun = { status: 'idle', result: null, text: null, atMs: null, failure: null, coveredMs: 0, cpuMicros: [], tookMs: 0 };

export function useDryRun(target: DryRunTarget | null): { readonly dryRun: DryRun; readonly run: () => void } {
  const tail = useTail();
  const hasRecords = useTailValue(state => state.buffered > 0);
  const [dryRun, setDryRun] = useState(nothing);
  const turn = useRef(0);

  const run = useCallback(() => {
    if (target === null) return;
    const mine = ++turn.current;
    const startedMs = performance.now();
    const listenedMs = tail.coveredMs();
    const complete = tail.getState().evicted === 0;
    setDryRun(before => ({ ...before, status: 'running', failure: null }));
    tail.dryRun(target.plan, maxSamples).then(
      result => {
        if (mine !== turn.current) return;
        setDryRun(before => ({
          status: result.error === null ? 'done' : 'failed', result, text: target.text, atMs: Date.now(), failure: result.error, tookMs: performance.now() - startedMs,
          // Once old records have left the buffer, it reaches back only as far as its records do.
          coveredMs: complete ? listenedMs : Math.min(listenedMs, result.toMs - result.fromMs),
          cpuMicros: result.scanned === 0 ? [] : [...(before.text === target.text ? before.cpuMicros : []), result.cpuMicrosPerRecord].slice(-keptCpuFigures),
        }));
      },
      (error: unknown) => { if (mine === turn.current) setDryRun({ ...nothing, status: 'failed', failure: error instanceof Error ? error.message : String(error) }); },
    );
  }, [tail, target]);

  const delayMs = nextRunInMs(dryRun, target, hasRecords);
  useEffect(() => {
    if (delayMs === null) return;
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  }, [delayMs, run]);

  return { dryRun, run };
}

/** When the next run starts by itself, in milliseconds from now; null: only when asked. */
export function nextRunInMs(dryRun: DryRun, target: DryRunTarget | null, hasRecords: boolean): number | null {
  if (target === null || !hasRecords || dryRun.status === 'running' || dryRun.status === 'failed') return null;
  if (dryRun.result === null) return 0;
  if (dryRun.text !== target.text) return dryRun.tookMs < cheapRunMs ? 400 : null;
  if (dryRun.result.scanned === 0) return 500;
  if (dryRun.coveredMs < meaningfulSpanMs) return 2000;
  return dryRun.result.matched === 0 && dryRun.coveredMs < tellingSpanMs ? 3000 : null;
}
