// A dry run of the rule in hand over records before rules, in a worker. Over the tail it runs by itself as soon as the text
// is valid and records are there, again when they have become enough to mean something, and after every edit: the run of
// an older text is ended, and what it found is never shown as that of the newer one (`text` says which it is about).
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CompiledRule, DryRunResult, MachineDryRunResult, QueryDryRunResult } from '../../../../rules/index.ts';
import { useAgents } from '../../../api/index.ts';
import { useTail, useTailValue } from '../services.tsx';
import type { Selection } from '../machine/index.ts';
import { deployedRules, reportingAgent, type DeployedRules } from './deployed-rules.ts';
import { useRulesWorker } from '../tests/index.ts';
import { isLive, liveTail, type DryRunSource } from './sources.ts';

export interface DryRun {
  readonly status: 'idle' | 'running' | 'done' | 'failed';
  /** Of a query; `machine` of a state machine. At most one is there. */
  readonly result: QueryDryRunResult | null;
  readonly machine: MachineDryRunResult | null;
  /** The rule that the result is about; null before the first. */
  readonly rule: CompiledRule | null;
  /** The text the result is about. */
  readonly text: string | null;
  /** The text of the run that is on its way; null when none is. */
  readonly runningText: string | null;
  /** The text whose run failed or was ended by the person: it does not start by itself again. */
  readonly givenUp: string | null;
  readonly atMs: number | null;
  readonly failure: string | null;
  /** How long records were listened to, gaps left out (of a file: what its records span), for the records of this result, milliseconds. */
  readonly coveredMs: number;
  /** How long the last run took on this page, milliseconds. */
  readonly tookMs: number;
  /** Share of the running run that is done, 0 to 1; null when none runs. */
  readonly progress: number | null;
  readonly controls: DryRunControls;
}

export interface DryRunControls {
  readonly source: DryRunSource;
  choose(source: DryRunSource): void;
  /** Deployed rules that come before the rule see the records first. */
  readonly withDeployed: boolean;
  setWithDeployed(on: boolean): void;
  readonly deployed: DeployedRules;
  /** Reads a file or text in the worker and chooses it. Its progress is the dry run's; what is wrong with it is the dry run's failure. */
  read(input: Blob | string, name: string): void;
  cancel(): void;
  /** Where the chosen step of a net's replay is in the picture; null before one was chosen. */
  readonly shown: Selection | null;
  show(place: Selection): void;
}

export interface DryRunTarget { readonly rule: CompiledRule; readonly text: string }

const maxSamples = 60;
/** Below this span of records, rates say little; below the other, that nothing matched says little. */
export const meaningfulSpanMs = 5000;
export const tellingSpanMs = 15_000;
/** After an edit: typing goes on while this passes. A run that was long is waited with for as long as it took, up to a bound. */
const restMs = 400;
const longestRestMs = 2500;

type Standing = Omit<DryRun, 'controls'>;
export const notRun: Standing = { status: 'idle', result: null, machine: null, rule: null, text: null, runningText: null, givenUp: null, atMs: null, failure: null, coveredMs: 0, tookMs: 0, progress: null };

export function useDryRun(target: DryRunTarget | null): { readonly dryRun: DryRun; readonly run: () => void } {
  const tail = useTail();
  const worker = useRulesWorker();
  const agents = useAgents().data;
  const hasRecords = useTailValue(state => state.buffered > 0);
  const [standing, setStanding] = useState(notRun);
  const [source, setSource] = useState<DryRunSource>(liveTail);
  const [withDeployed, setWithDeployed] = useState(false);
  const [shown, show] = useState<Selection | null>(null);
  // Agents are read again and again; the rules are the same until their text is another.
  const reporting = reportingAgent(agents ?? []);
  const [agentName, config, attributes] = [reporting?.name ?? null, reporting?.effectiveConfig ?? '', JSON.stringify(reporting?.attributes ?? {})];
  const deployed = useMemo(() => deployedRules(agentName, config, JSON.parse(attributes) as Readonly<Record<string, string>>), [agentName, config, attributes]);
  const work = useRef<AbortController | null>(null);

  /** One piece of work at a time: the newest. A late answer of an older one changes nothing. */
  const follow = useCallback(<T,>(text: string | null, start: (options: { signal: AbortSignal; progress: (share: number) => void }) => Promise<T>, done: (value: T) => void) => {
    work.current?.abort(new Error('Another run took its place.'));
    const mine = new AbortController();
    work.current = mine;
    setStanding(before => ({ ...before, status: 'running', failure: null, progress: 0, runningText: text, givenUp: null }));
    start({ signal: mine.signal, progress: share => setStanding(before => ({ ...before, progress: share })) }).then(
      value => { if (work.current === mine) done(value); },
      (error: unknown) => { if (work.current === mine && !mine.signal.aborted) setStanding({ ...notRun, status: 'failed', givenUp: text, failure: error instanceof Error ? error.message : String(error) }); },
    );
  }, []);
  useEffect(() => () => work.current?.abort(new Error('The page was left.')), []);

  const runOver = useCallback((over: DryRunSource) => {
    if (target === null) return;
    const startedMs = performance.now();
    const listenedMs = tail.coveredMs();
    const complete = tail.getState().evicted === 0;
    const others = withDeployed ? deployed.rules.filter(rule => rule.name !== target.rule.name) : [];
    const options = { rule: target.rule, others, maxSamples, agent: deployed.attributes };
    follow<DryRunResult>(
      target.text,
      how => over.kind === 'records' ? worker.dryRun(over.source.id, options, how) : tail.dryRun(over.kind === 'range' ? { ...options, fromMs: over.fromMs, toMs: over.toMs } : options, how),
      result => setStanding({
        status: 'done', result: result.kind === 'query' ? result : null, machine: result.kind === 'state-machine' ? result : null, rule: target.rule, text: target.text, runningText: null, givenUp: null, atMs: Date.now(), failure: null, tookMs: performance.now() - startedMs, progress: null,
        // Once old records have left the buffer, it reaches back only as far as its records do.
        coveredMs: over.kind === 'tail' ? (complete ? listenedMs : Math.min(listenedMs, result.toMs - result.fromMs)) : over.kind === 'range' ? Math.min(over.toMs - over.fromMs, listenedMs) : result.toMs - result.fromMs,
      }),
    );
  }, [tail, worker, target, withDeployed, deployed, follow]);

  const choose = useCallback((next: DryRunSource) => {
    setSource(before => { if (before.kind === 'records' && (next.kind !== 'records' || next.source.id !== before.source.id)) worker.release(before.source.id); return next; });
    runOver(next);
  }, [worker, runOver]);
  const read = useCallback((input: Blob | string, name: string) => {
    follow(null, how => typeof input === 'string' ? worker.readText(input, name, how) : worker.readFile(input, name, how), held => {
      setStanding({ ...notRun });
      choose({ kind: 'records', source: held });
    });
  }, [follow, worker, choose]);
  const cancel = useCallback(() => {
    work.current?.abort(new Error('Cancelled.'));
    work.current = null;
    setStanding(before => ({ ...before, ...(before.result === null && before.machine === null ? { status: 'idle', failure: 'Cancelled.' } : { status: 'done', failure: null }), givenUp: before.runningText, runningText: null, progress: null }));
  }, []);

  const run = useCallback(() => runOver(source), [runOver, source]);
  const last = useRef(withDeployed);
  useEffect(() => { if (last.current !== withDeployed) { last.current = withDeployed; run(); } }, [withDeployed, run]);

  const delayMs = nextRunInMs(standing, target, isLive(source) ? hasRecords : true, isLive(source));
  useEffect(() => {
    if (delayMs === null) return;
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  }, [delayMs, run]);

  return { dryRun: { ...standing, controls: { source, choose, withDeployed, setWithDeployed, deployed, read, cancel, shown, show } }, run };
}

/** When the next run starts by itself, in milliseconds from now; null: only when asked. `growing`: more records come by themselves. */
export function nextRunInMs(dryRun: Standing, target: DryRunTarget | null, hasRecords: boolean, growing: boolean): number | null {
  if (target === null || !hasRecords) return null;
  const { runningText, givenUp, status, failure } = dryRun;
  // A run of an older text gives way; a file that is being read does not.
  if (status === 'running') return runningText === null || runningText === target.text ? null : restMs;
  if (failure !== null) return givenUp === null || givenUp === target.text ? null : restMs;
  const result = dryRun.result ?? dryRun.machine;
  if (result === null) return 0;
  if (dryRun.text !== target.text) return givenUp === target.text ? null : Math.min(longestRestMs, Math.max(restMs, dryRun.tookMs));
  return growing ? nextOfGrowing(result, dryRun.coveredMs) : null;
}

/** Until the records at hand are enough to mean something. */
function nextOfGrowing(result: DryRunResult, coveredMs: number): number | null {
  if (result.scanned === 0) return 500;
  if (coveredMs < meaningfulSpanMs) return 2000;
  return matchedNothing(result) && coveredMs < tellingSpanMs ? 3000 : null;
}

const matchedNothing = (result: DryRunResult): boolean => (result.kind === 'query' ? result.matched === 0 : result.transitions === 0);
