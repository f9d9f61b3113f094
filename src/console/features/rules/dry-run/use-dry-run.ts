// A dry run of the rule in hand over records before rules, in a worker. Over the tail it runs by itself as soon as the text
// is valid and records are there, again when they have become enough to mean something, and after every edit: the run of
// an older text is ended, and what it found is never shown as that of the newer one (`text` says which it is about).
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { rulesBefore, unsavedRuleId, type CompiledRule, type DryRunResult, type LanguageDryRunResult, type MachineDryRunResult, type QueryDryRunResult } from '../../../../rules/index.ts';
import { useRunningRules, type RunningRules } from '../../../api/index.ts';
import { useTail, useTailValue } from '../services.tsx';
import type { Selection } from '../machine/index.ts';
import { useRulesWorker } from '../tests/index.ts';
import { isLive, liveTail, type DryRunSource } from './sources.ts';

export interface DryRun {
  readonly status: 'idle' | 'running' | 'done' | 'failed';
  /** Of a query; `machine` of a state machine. At most one of the three is there. */
  readonly result: QueryDryRunResult | null;
  readonly machine: MachineDryRunResult | null;
  /** Of a language rule. */
  readonly language: LanguageDryRunResult | null;
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
  readonly deployed: RunningRules;
  /** Id of the rule in hand; of one that is not saved yet the id that stands for it. */
  readonly ruleId: string;
  /** Names of deployed rules of the same order as a rule that is not saved: they ran before it here, and its id will settle it. */
  readonly ties: readonly string[];
  /** Reads a file or text in the worker and chooses it. Its progress is the dry run's; what is wrong with it is the dry run's failure. */
  read(input: Blob | string, name: string): void;
  cancel(): void;
  /** Where the chosen step of a net's replay is in the picture; null before one was chosen. */
  readonly shown: Selection | null;
  show(place: Selection): void;
}

/** `id` null: it is not saved yet. */
export interface DryRunTarget { readonly id: string | null; readonly rule: CompiledRule; readonly text: string }

const maxSamples = 60;
/** Below this span of records there is no rate: counts stand alone. */
export const rateSpanMs = 2000;
/** Below this span of records, rates say little; below the other, that nothing matched says little. */
export const meaningfulSpanMs = 5000;
export const tellingSpanMs = 15_000;
/** After an edit: typing goes on while this passes. A run that was long is waited with for as long as it took, up to a bound. */
const restMs = 400;
const longestRestMs = 2500;

type Standing = Omit<DryRun, 'controls'>;
export const notRun: Standing = { status: 'idle', result: null, machine: null, language: null, rule: null, text: null, runningText: null, givenUp: null, atMs: null, failure: null, coveredMs: 0, tookMs: 0, progress: null };

export function useDryRun(target: DryRunTarget | null): { readonly dryRun: DryRun; readonly run: () => void } {
  const tail = useTail();
  const worker = useRulesWorker();
  const hasRecords = useTailValue(state => state.buffered > 0);
  const [standing, setStanding] = useState(notRun);
  const [source, setSource] = useState<DryRunSource>(liveTail);
  const [withDeployed, setWithDeployed] = useState(false);
  const [shown, show] = useState<Selection | null>(null);
  const deployed = useRunningRules();
  const work = useRef<AbortController | null>(null);
  /** The records that the worker holds for this page. */
  const held = useRef<number | null>(null);

  /** One piece of work at a time: the newest. A late answer of an older one changes nothing; `ignored` gets it. */
  const follow = useCallback(<T,>(text: string | null, start: (options: { signal: AbortSignal; progress: (share: number) => void }) => Promise<T>, done: (value: T) => void, ignored: (value: T) => void = () => undefined) => {
    work.current?.abort(new Error('Another run took its place.'));
    const mine = new AbortController();
    work.current = mine;
    setStanding(before => ({ ...before, status: 'running', failure: null, progress: 0, runningText: text, givenUp: null }));
    start({ signal: mine.signal, progress: share => { if (work.current === mine) setStanding(before => ({ ...before, progress: share })); } }).then(
      value => { if (work.current === mine) { work.current = null; done(value); } else ignored(value); },
      (error: unknown) => { if (work.current === mine && !mine.signal.aborted) setStanding({ ...notRun, status: 'failed', givenUp: text, failure: error instanceof Error ? error.message : String(error) }); },
    );
  }, []);
  /** The records in hand take the place of what was held before. */
  const hold = useCallback((id: number | null) => {
    if (held.current !== null && held.current !== id) worker.release(held.current);
    held.current = id;
  }, [worker]);
  useEffect(() => () => {
    work.current?.abort(new Error('The page was left.'));
    work.current = null;
    hold(null);
  }, [hold]);

  const runOver = useCallback((over: DryRunSource) => {
    if (target === null) return;
    const startedMs = performance.now();
    const listenedMs = tail.coveredMs();
    const complete = tail.getState().evicted === 0;
    const options = { rule: target.rule, others: withDeployed ? deployed.acting : [], ...(target.id !== null && { ruleId: target.id }), maxSamples, agent: deployed.attributes };
    const span = over.kind === 'range' ? { fromMs: over.fromMs, ...(over.toMs !== null && { toMs: over.toMs }) } : {};
    follow<DryRunResult>(
      target.text,
      how => over.kind === 'records' ? worker.dryRun(over.source.id, options, how)
        // A script never runs beside the records: its worker may have to be ended.
        : target.rule.kind === 'language' ? tail.requests(span).then(requests => worker.dryRunScript(requests, options, how)) : tail.dryRun({ ...options, ...span }, how),
      result => setStanding({
        status: 'done', result: result.kind === 'query' ? result : null, machine: result.kind === 'state-machine' ? result : null, language: result.kind === 'language' ? result : null, rule: target.rule, text: target.text, runningText: null, givenUp: null, atMs: Date.now(), failure: null, tookMs: performance.now() - startedMs, progress: null,
        // Once old records have left the buffer, it reaches back only as far as its records do.
        coveredMs: over.kind === 'tail' ? (complete ? listenedMs : Math.min(listenedMs, result.toMs - result.fromMs)) : over.kind === 'range' ? Math.max(0, Math.min((over.toMs ?? result.toMs) - over.fromMs, listenedMs)) : result.toMs - result.fromMs,
      }),
    );
  }, [tail, worker, target, withDeployed, deployed, follow]);

  const choose = useCallback((next: DryRunSource) => {
    hold(next.kind === 'records' ? next.source.id : null);
    setSource(next);
    runOver(next);
  }, [hold, runOver]);
  const read = useCallback((input: Blob | string, name: string) => {
    follow(null, how => typeof input === 'string' ? worker.readText(input, name, how) : worker.readFile(input, name, how), read => {
      setStanding({ ...notRun });
      choose({ kind: 'records', source: read });
    }, read => worker.release(read.id));
  }, [follow, worker, choose]);
  const cancel = useCallback(() => {
    work.current?.abort(new Error('Cancelled.'));
    work.current = null;
    setStanding(before => ({ ...before, ...(resultOf(before) === null ? { status: 'idle', failure: 'Cancelled.' } : { status: 'done', failure: null }), givenUp: before.runningText, runningText: null, progress: null }));
  }, []);

  const run = useCallback(() => runOver(source), [runOver, source]);
  const last = useRef(withDeployed);
  useEffect(() => { if (last.current !== withDeployed) { last.current = withDeployed; run(); } }, [withDeployed, run]);

  const ties = useMemo(() => tiesOf(target, deployed), [target, deployed]);
  const delayMs = nextRunInMs(standing, target, isLive(source) ? hasRecords : true, isLive(source));
  useEffect(() => {
    if (delayMs === null) return;
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  }, [delayMs, run]);

  return { dryRun: { ...standing, controls: { source, choose, withDeployed, setWithDeployed, deployed, ruleId: target?.id ?? unsavedRuleId, ties, read, cancel, shown, show } }, run };
}

/** Those that came before the rule only because it has no id yet. */
function tiesOf(target: DryRunTarget | null, { acting }: RunningRules): readonly string[] {
  if (target === null || target.id !== null || target.rule.kind !== 'query') return [];
  const { rule } = target;
  const surely = rulesBefore(rule, acting, '');
  return rulesBefore(rule, acting).filter(other => !surely.includes(other)).map(({ name }) => name);
}

/** When the next run starts by itself, in milliseconds from now; null: only when asked. `growing`: more records come by themselves. */
export function nextRunInMs(dryRun: Standing, target: DryRunTarget | null, hasRecords: boolean, growing: boolean): number | null {
  if (target === null || !hasRecords) return null;
  const { runningText, givenUp, status, failure } = dryRun;
  // A run of an older text gives way; a file that is being read does not.
  if (status === 'running') return runningText === null || runningText === target.text ? null : restMs;
  if (failure !== null) return givenUp === null || givenUp === target.text ? null : restMs;
  const result = resultOf(dryRun);
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

/** Of whatever kind the rule was. */
export const resultOf = ({ result, machine, language }: Pick<DryRun, 'result' | 'machine' | 'language'>): DryRunResult | null => result ?? machine ?? language;

function matchedNothing(result: DryRunResult): boolean {
  switch (result.kind) {
    case 'query': return result.matched === 0;
    case 'state-machine': return result.transitions === 0;
    case 'language': return result.reached === 0;
  }
}
