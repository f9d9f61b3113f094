// A change of an event in words: its kind, what it was, what it is.
import type { Drift, DriftKind } from '../../../../model/index.ts';
import type { ChipTone, IconName } from '../../../ui/index.ts';

export const driftWords: Readonly<Record<DriftKind, string>> = { 'new-event': 'new event', 'gone-event': 'fell silent', 'new-field': 'new field', 'missing-field': 'field missing', 'type-change': 'type changed', cardinality: 'cardinality', 'rate-step': 'rate step', renamed: 'renamed' };
/** A rename that nobody accepted is one perhaps. */
export const driftWord = ({ kind, perhaps }: Pick<Drift, 'kind' | 'perhaps'>): string => `${perhaps === true ? 'perhaps ' : ''}${driftWords[kind]}`;
export const driftIcons: Readonly<Record<DriftKind, IconName>> = { 'new-event': 'plus', 'gone-event': 'minus', 'new-field': 'plus', 'missing-field': 'minus', 'type-change': 'diff', cardinality: 'metric', 'rate-step': 'metric', renamed: 'edit' };
/** What may break something that reads it asks for a look; what came new does not. */
export const driftTones: Readonly<Record<DriftKind, ChipTone>> = { 'new-event': 'line', 'gone-event': 'attn', 'new-field': 'line', 'missing-field': 'attn', 'type-change': 'attn', cardinality: 'attn', 'rate-step': 'attn', renamed: 'accent' };

/** Why it is no change of its own any more. */
export function Closed({ drift: { closed } }: { readonly drift: Pick<Drift, 'closed'> }) {
  return closed === undefined ? null : <span className="ev-closed t2"> closed: {closed.why}</span>;
}

export function WasNow({ drift: { was, now } }: { readonly drift: Pick<Drift, 'was' | 'now'> }) {
  return <span className="ev-was"><span className="vh">was </span><span className="t3">{was}</span><span className="t3" aria-hidden="true"> → </span><span className="vh">, is now </span><span>{now}</span></span>;
}
