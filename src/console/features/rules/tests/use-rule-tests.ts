// The tests of the document in hand, run in the worker whenever rule or tests change.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CompiledRule, RuleTest, TestReport } from '../../../../rules/index.ts';
import { useRulesWorker } from './rules-worker.tsx';

export type DocumentTests = readonly RuleTest[];

export interface RuleTests {
  /** Of the last run; its tests may have changed since (`stale`). */
  readonly report: TestReport | null;
  readonly stale: boolean;
  /** Share done, 0 to 1; null when nothing runs. */
  readonly progress: number | null;
  readonly failure: string | null;
  run(): void;
  cancel(): void;
}

/** Typing goes on while this passes. */
const restMs = 300;

/** @param compiled null while the text has errors: then nothing runs */
export function useRuleTests(compiled: CompiledRule | null, tests: DocumentTests): RuleTests {
  const worker = useRulesWorker();
  const [standing, setStanding] = useState<{ readonly report: TestReport | null; readonly of: unknown; readonly progress: number | null; readonly failure: string | null }>({ report: null, of: null, progress: null, failure: null });
  const work = useRef<AbortController | null>(null);
  const cancel = useCallback(() => { work.current?.abort(new Error('Cancelled.')); work.current = null; setStanding(before => ({ ...before, progress: null })); }, []);

  const run = useCallback(() => {
    work.current?.abort(new Error('Another run took its place.'));
    if (compiled === null || tests.length === 0) { work.current = null; return; }
    const mine = new AbortController();
    work.current = mine;
    setStanding(before => ({ ...before, progress: 0, failure: null }));
    worker.test(compiled, tests, { signal: mine.signal, progress: share => setStanding(before => ({ ...before, progress: share })) }).then(
      report => { if (work.current === mine) setStanding({ report, of: compiled, progress: null, failure: null }); },
      (error: unknown) => { if (work.current === mine && !mine.signal.aborted) setStanding({ report: null, of: null, progress: null, failure: error instanceof Error ? error.message : String(error) }); },
    );
  }, [worker, compiled, tests]);

  useEffect(() => {
    const timer = setTimeout(run, restMs);
    return () => clearTimeout(timer);
  }, [run]);
  useEffect(() => () => work.current?.abort(new Error('The page was left.')), []);
  const { report, progress, failure } = standing;
  return { report: tests.length === 0 ? null : report, stale: report !== null && standing.of !== compiled, progress, failure, run, cancel };
}

/** "4 of 4 pass", "1 of 4 fails"; empty before the first run. */
export function testWords(report: TestReport | null): string {
  if (report === null) return '';
  const passed = report.results.filter(({ ok }) => ok).length;
  const failed = report.results.length - passed;
  return failed === 0 ? `${passed} of ${report.results.length} pass` : `${failed} of ${report.results.length} ${failed === 1 ? 'fails' : 'fail'}`;
}
