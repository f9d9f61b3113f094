// The KQL text of the URL, compiled and in force. A text that does not compile leaves the filter of before in force
// and says why.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { KqlDiagnostic, Signal } from '../../../model/index.ts';
import { useKqlClient } from '../../editor/index.ts';
import { asPipeline } from './words/kql-text.ts';
import { useTailClient } from './services.tsx';

export interface FilterState {
  /** Why the text last tried is not in force; null when it is. */
  readonly problem: { readonly text: string; readonly diagnostics: readonly KqlDiagnostic[] } | null;
  /** Puts a text in force when it compiles; true when it did. */
  readonly apply: (text: string) => Promise<boolean>;
}

export function useFilter(signals: readonly Signal[]): FilterState {
  const kql = useKqlClient();
  const client = useTailClient();
  const [problem, setProblem] = useState<FilterState['problem']>(null);
  const ask = useRef(0);
  const first = signals[0] ?? 'logs';
  const bareTable = signals.includes('logs') ? null : first;
  const apply = useCallback(async (text: string): Promise<boolean> => {
    const turn = ++ask.current;
    if (text.trim() === '') { setProblem(null); client.setFilter('', null); return true; }
    const whole = bareTable === null ? text : asPipeline(text, bareTable);
    try {
      const analysis = await kql.analyze(whole, 'filter');
      if (turn !== ask.current) return false;
      if (analysis.plan === null) { setProblem({ text, diagnostics: analysis.diagnostics.filter((one) => one.severity === 'error') }); return false; }
      setProblem(null);
      client.setFilter(whole, analysis.plan);
      return true;
    } catch (error) {
      if (turn === ask.current) setProblem({ text, diagnostics: [serviceFailed(error)] });
      return false;
    }
  }, [bareTable, client, kql]);
  return { problem, apply };
}

/** Keeps the filter of the URL in force, also when a link or the back button changes it. */
export function useFilterOfUrl(filter: FilterState, text: string): void {
  const { apply } = filter;
  useEffect(() => { void apply(text); }, [apply, text]);
}

function serviceFailed(error: unknown): KqlDiagnostic {
  const why = error instanceof Error ? error.message : String(error);
  return { severity: 'error', code: 'kql-service', message: `The KQL service did not answer: ${why}.`, start: 0, end: 0, help: 'Reload the page; the filter of before stays in force until then.' };
}
