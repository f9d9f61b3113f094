// The one-line KQL box of the tail filter: Enter applies, Tab takes the offered completion or leaves, Ctrl+Space offers.
// It analyses its own text, so that errors show under the caret before anyone presses Enter.
import { useEffect, useState, type Ref } from 'react';
import type { KqlAnalysis, KqlMode } from '../workers/kql/index.ts';
import { TextBox, type EditorHandle } from './text-box.tsx';
import { useKqlClient } from './services.tsx';
import { useKqlAnalysis } from './use-kql-analysis.ts';

export interface KqlInputProps {
  /** What the text is: a filter, unless said otherwise. */
  readonly mode?: KqlMode;
  /** The text in force. The box follows it when it changes from outside. */
  readonly value: string;
  /** Called on Enter with the text and its analysis; `analysis.plan` is null when the text has errors. */
  readonly onApply: (text: string, analysis: KqlAnalysis) => void;
  readonly onChange?: (text: string) => void;
  /** Called with each finished analysis of the text being typed. */
  readonly onAnalysis?: (text: string, analysis: KqlAnalysis) => void;
  readonly label: string;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  readonly className?: string;
  readonly ref?: Ref<EditorHandle>;
}

const nothing: KqlAnalysis = { diagnostics: [], plan: null };

export function KqlInput({ value, onApply, onChange, onAnalysis, mode = 'filter', ref, ...box }: KqlInputProps) {
  const kql = useKqlClient();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const { latest } = useKqlAnalysis(text, mode, { delayMs: 150 });
  useEffect(() => {
    if (latest !== null && latest.text === text) onAnalysis?.(latest.text, latest.analysis);
    // Only a finished analysis is news, not a new callback.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [latest]);
  const change = (next: string) => { setText(next); onChange?.(next); };
  const apply = () => {
    if (text.trim() === '') { onApply('', nothing); return; }
    if (latest?.text === text) { onApply(text, latest.analysis); return; }
    void kql.analyze(text, mode).then(analysis => onApply(text, analysis));
  };
  const shown = text.trim() === '' || latest?.text !== text ? undefined : latest.analysis.diagnostics;
  const invalid = shown?.some(d => d.severity === 'error') ?? false;
  return <TextBox {...box} ref={ref} className={`${box.className ?? ''} ${invalid ? 'is-invalid' : ''}`} mode={mode} singleLine value={text} onChange={change} onSubmit={apply} diagnostics={shown} />;
}
