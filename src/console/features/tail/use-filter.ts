// The KQL text of the URL, compiled and in force. A text that does not compile leaves the filter of before in force
// and says why.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TailClient } from '../../workers/tail/index.ts';
import type { KqlDiagnostic, Signal } from '../../../model/index.ts';
import type { Plan } from '../../../kql/index.ts';
import { compileFilter } from '../../api/index.ts';
import { useKqlClient } from '../../editor/index.ts';
import type { KqlAnalysis, KqlClient } from '../../workers/kql/index.ts';
import { asPipeline } from './words/kql-text.ts';
import { useTailClient } from './services.tsx';

export interface FilterState {
  /** Why the text last tried is not in force; null when it is. */
  readonly problem: { readonly text: string; readonly diagnostics: readonly KqlDiagnostic[] } | null;
  /** Puts a text in force when it compiles; true when it did. */
  readonly apply: (text: string) => Promise<boolean>;
  /** The text that is in force, or was tried last and is not: what is on show is not of another. */
  readonly settled: string;
}

/** A page that is opened again finds the filter that it left in force. */
const lastSettled = new WeakMap<TailClient, string>();

export function useFilter(signals: readonly Signal[]): FilterState {
  const kql = useKqlClient();
  const client = useTailClient();
  const [problem, setProblem] = useState<FilterState['problem']>(null);
  const [settled, setSettled] = useState(() => lastSettled.get(client) ?? '');
  const ask = useRef(0);
  const first = signals[0] ?? 'logs';
  const bareTable = signals.includes('logs') ? null : first;
  const apply = useCallback(async (text: string): Promise<boolean> => {
    const turn = ++ask.current;
    const settle = () => { lastSettled.set(client, text); setSettled(text); };
    if (text.trim() === '') { setProblem(null); client.setFilter('', null); settle(); return true; }
    const whole = bareTable === null ? text : asPipeline(text, bareTable);
    try {
      const analysis = await compiled(kql, whole);
      if (turn !== ask.current) return false;
      if (analysis.plan === null) { setProblem({ text, diagnostics: analysis.diagnostics.filter((one) => one.severity === 'error') }); settle(); return false; }
      setProblem(null);
      client.setFilter(whole, analysis.plan);
      settle();
      return true;
    } catch (error) {
      if (turn === ask.current) { setProblem({ text, diagnostics: [serviceFailed(error)] }); settle(); }
      return false;
    }
  }, [bareTable, client, kql]);
  return { problem, apply, settled };
}

/** Keeps the filter of the URL in force, also when a link or the back button changes it. Whoever follows a link wants to see what comes:
 *  a tail that was paused goes on. True until the link's filter is in force: what is on show before does not match it. */
export function useFilterOfUrl(filter: FilterState, text: string): boolean {
  const client = useTailClient();
  const { apply, settled } = filter;
  const [arrived, setArrived] = useState(() => lastSettled.get(client) ?? '');
  // A text that was typed here is settled before it is in the address.
  const waits = text.trim() !== '' && text !== arrived && text !== settled;
  useEffect(() => { if (waits) client.setPaused(false); }, [client, waits]);
  useEffect(() => {
    let live = true;
    void apply(text).finally(() => { if (live) setArrived(text); });
    return () => { live = false; };
  }, [apply, text]);
  return waits;
}

type Verdict = Pick<KqlAnalysis, 'plan' | 'diagnostics'>;
/** Services of the page that have answered: those answer at once. */
const warm = new WeakSet<KqlClient>();

/** The page's own KQL service takes seconds to start. Whoever follows a link need not wait for it: the server's runs, and whichever says first is right. */
async function compiled(kql: KqlClient, text: string): Promise<Verdict> {
  const here: Promise<Verdict> = kql.analyze(text, 'filter').then((analysis) => { warm.add(kql); return analysis; });
  if (warm.has(kql)) return here;
  const there = compileFilter(text).then(({ plan, diagnostics }): Verdict => ({ plan: plan as Plan | null, diagnostics }));
  return Promise.any([here, there]).catch(() => here);
}

function serviceFailed(error: unknown): KqlDiagnostic {
  const why = error instanceof Error ? error.message : String(error);
  return { severity: 'error', code: 'kql-service', message: `The KQL service did not answer: ${why}.`, start: 0, end: 0, help: 'Reload the page; the filter of before stays in force until then.' };
}
