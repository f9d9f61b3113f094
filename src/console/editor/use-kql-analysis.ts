// Analysis of a text in the KQL worker, debounced, newest answer only: typing never waits for it.
import { useEffect, useState } from 'react';
import type { KqlAnalysis, KqlMode } from '../workers/kql/index.ts';
import { useKqlClient } from './services.tsx';

export interface AnalysedText {
  /** The text that `analysis` is about; older than the box while `pending`. */
  readonly text: string;
  readonly analysis: KqlAnalysis;
}
export interface AnalysisState {
  readonly latest: AnalysedText | null;
  readonly pending: boolean;
  /** Set when the language service itself failed; the text may still be right. */
  readonly failure: string | null;
}

export interface AnalysisOptions {
  /** Quiet time after the last keystroke before the worker is asked; the first text is asked at once. */
  readonly delayMs?: number;
  /** The same text is asked about again when this changes: what the service knows of live records. */
  readonly again?: unknown;
}

export function useKqlAnalysis(text: string, mode: KqlMode, { delayMs = 120, again }: AnalysisOptions = {}): AnalysisState {
  const kql = useKqlClient();
  const [latest, setLatest] = useState<AnalysedText | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const first = latest === null;
  useEffect(() => {
    let live = true;
    const ask = () => {
      kql.analyze(text, mode).then(
        analysis => {
          if (!live) return;
          setLatest({ text, analysis });
          setFailure(null);
          // What the server knows of names comes after: nobody waits for it.
          void kql.unknownNames?.(text).then(unknown => { if (live && unknown.length > 0) setLatest({ text, analysis: { ...analysis, diagnostics: [...analysis.diagnostics, ...unknown] } }); });
        },
        (error: unknown) => { if (live) setFailure(error instanceof Error ? error.message : String(error)); },
      );
    };
    const timer = setTimeout(ask, first ? 0 : delayMs);
    return () => { live = false; clearTimeout(timer); };
    // `first` only chooses the delay; a change of it must not ask again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [kql, text, mode, delayMs, again]);
  return { latest, pending: latest?.text !== text && failure === null, failure };
}
