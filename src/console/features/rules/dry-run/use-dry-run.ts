// A dry run of the plan in hand over the tail buffer, in the tail's worker. It runs by itself as soon as the text is
// valid and the tail holds records, again when the buffer has grown to mean something, and after edits while it is cheap.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Plan } from '../../../../kql/index.ts';
import type { DryRunResult, TailClient } from '../../../workers/tail/index.ts';
import { useTail, useTailValue } from '../services.tsx';

export interface DryRun {
  readonly status: 'idle' | 'running' | 'done' | 'failed';
  readonly result: DryRunResult | null;
  /** The text the result is about. */
  readonly text: string | null;
  readonly atMs: number | null;
  readonly failure: string | null;
  /** How long the last run took on this page, milliseconds. */
  readonly tookMs: number;
}
export interface DryRunTarget { readonly plan: Plan; readonly text: string }

const maxSamples = 60;
/** Below this span of records, rates from the buffer say little. */
const meaningfulSpanMs = 5000;
const cheapRunMs = 250;
const nothing: DryRun = { status: 'idle', result: null, text: null, atMs: null, failure: null, tookMs: 0 };

export function useDryRun(target: DryRunTarget | null): { readonly dryRun: DryRun; readonly run: () => void } {
  const tail = useTail();
  const hasRecords = useTailValue(state => state.buffered > 0);
  const [dryRun, setDryRun] = useState(nothing);
  const turn = useRef(0);

  useIncoming(tail, dryRun.result !== null);

  const run = useCallback(() => {
    if (target === null) return;
    const mine = ++turn.current;
    const startedMs = performance.now();
    setDryRun(before => ({ ...before, status: 'running', failure: null }));
    tail.dryRun(target.plan, maxSamples).then(
      result => {
        if (mine !== turn.current) return;
        setDryRun({ status: result.error === null ? 'done' : 'failed', result, text: target.text, atMs: Date.now(), failure: result.error, tookMs: performance.now() - startedMs });
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

/**
 * Points the tail at what agents receive, before all rules, whatever it showed until now. That empties its buffer, so
 * records at hand serve the first run first; the tail view sets its own filter and stage when it opens again.
 */
function useIncoming(tail: TailClient, ranOnce: boolean): void {
  const pointed = useRef(false);
  useEffect(() => {
    const { status, buffered } = tail.getState();
    if (pointed.current || (status === 'live' && buffered > 0 && !ranOnce)) return;
    pointed.current = true;
    tail.setFilter('', null);
    tail.open({ signals: ['logs', 'spans', 'metrics'], stage: 'in' });
  }, [tail, ranOnce]);
}

/** When the next run starts by itself, in milliseconds from now; null: only when asked. */
export function nextRunInMs(dryRun: DryRun, target: DryRunTarget | null, hasRecords: boolean): number | null {
  if (target === null || !hasRecords || dryRun.status === 'running' || dryRun.status === 'failed') return null;
  if (dryRun.result === null) return 0;
  if (dryRun.text !== target.text) return dryRun.tookMs < cheapRunMs ? 400 : null;
  return dryRun.result.toMs - dryRun.result.fromMs < meaningfulSpanMs ? 2000 : null;
}
