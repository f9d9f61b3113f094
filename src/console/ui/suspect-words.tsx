// What is said of a suspect of a leak, the same wherever a heap is shown: its sentence, and how sure that is.
import type { Suspect, WordPart } from '../../heap/index.ts';

/** Of a value that is not shown. */
export const maskedTitle = 'Masked: it may be anybody\'s secret';

/** A sentence of a suspect: names of the program as they are, values as a hole where they are masked. */
export function SuspectWords({ parts }: { readonly parts: readonly WordPart[] }) {
  return <>{parts.map((part, at) => (part.kind === 'plain' ? part.text : part.kind === 'code' ? <span key={at} className="mono acc">{part.text}</span> : part.text.includes('•') ? <span key={at} className="mask" title={maskedTitle}>{part.text}</span> : <span key={at} className="mono">{part.text}</span>))}</>;
}

export const certaintyWords: Readonly<Record<Suspect['certainty'], readonly [word: string, title: string]>> = {
  sure: ['sure', 'Most of the heap, or of its growth, hangs here and nowhere else.'], likely: ['likely', 'Much of the heap hangs here.'], waste: ['waste', 'No leak by itself, but bytes for nothing.'],
};
