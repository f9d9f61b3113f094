// A policy text tried at once: checked as when it is saved, then run over the tail's buffer in the tail's own worker. The newest
// text counts; a run of an older one is ended.
import { useEffect, useState } from 'react';
import type { QueryDryRunResult } from '../../../../rules/index.ts';
import { useKqlClient } from '../../../editor/index.ts';
import { useTailClient } from '../services.tsx';

export interface Trial {
  /** The text that it is about. */
  readonly text: string | null;
  readonly result: QueryDryRunResult | null;
  /** Why it cannot run or be saved, in a sentence. */
  readonly problem: string | null;
  readonly progress: number | null;
}
const restMs = 250;
const none: Trial = { text: null, result: null, problem: null, progress: null };

/** @param text null tries nothing. @param ruleId of the policy whose next version it is. */
export function useTrial(text: string | null, ruleId: string | null): Trial {
  const kql = useKqlClient();
  const tail = useTailClient();
  const [trial, setTrial] = useState(none);
  useEffect(() => {
    if (text === null) return;
    const stop = new AbortController();
    const tell = (next: Trial) => { if (!stop.signal.aborted) setTrial(next); };
    const run = async () => {
      const { compiled, problems } = await kql.check(text);
      const wrong = problems.find(({ severity }) => severity === 'error');
      if (compiled === null || wrong !== undefined) { tell({ ...none, text, problem: wrong === undefined ? 'The policy cannot be run.' : [wrong.message, wrong.help].filter(Boolean).join(' ') }); return; }
      const result = await tail.dryRun({ rule: compiled, maxSamples: 0, ...(ruleId !== null && { ruleId }) }, { signal: stop.signal, progress: (progress) => tell({ ...none, text, progress }) });
      tell({ text, result: result.kind === 'query' ? result : null, problem: null, progress: null });
    };
    const timer = setTimeout(() => void run().catch((error: unknown) => tell({ ...none, text, problem: error instanceof Error ? error.message : String(error) })), restMs);
    return () => { clearTimeout(timer); stop.abort(new Error('Another policy is tried.')); };
  }, [kql, tail, text, ruleId]);
  return trial.text === text ? trial : none;
}
