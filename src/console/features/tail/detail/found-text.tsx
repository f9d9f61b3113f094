// A value with what detectors found in it marked, each with its detector's name; masked parts look like holes. The names are no part of
// the text: whoever selects the secret selects nothing else.
import { MaskedText } from '../../../ui/index.ts';
import type { FoundSpan } from '../../../workers/redact/index.ts';

/** @param spans in order, none overlapping */
export function FoundText({ text, spans }: { readonly text: string; readonly spans: readonly FoundSpan[] }) {
  if (spans.length === 0) return <MaskedText text={text} />;
  return (
    <>
      {spans.map(({ start, end, detector, confidence }, i) => (
        <span key={start}><MaskedText text={text.slice(spans[i - 1]?.end ?? 0, start)} /><mark className="tail-found" data-detector={detector} title={`${detector}, ${Math.round(confidence * 100)} % sure: in clear here; click to redact it`}>{text.slice(start, end)}</mark></span>
      ))}
      <MaskedText text={text.slice(spans.at(-1)!.end)} />
    </>
  );
}
