// Text with what was found in it marked.
import type { Span } from '../../workers/redact/index.ts';

/** @param spans in order, none overlapping; UTF-16 offsets */
export function MarkedText({ text, spans }: { readonly text: string; readonly spans: readonly Span[] }) {
  return spans.flatMap(({ start, end }, i) => [<span key={`t${i}`}>{text.slice(spans[i - 1]?.end ?? 0, start)}</span>, <mark key={`m${i}`} className="rd-mark">{text.slice(start, end)}</mark>]).concat(<span key="rest">{text.slice(spans.at(-1)?.end ?? 0)}</span>);
}
