// Which rule hid what is masked in a record: the tail sees a record after redaction, so the engine finds nothing left to hide in it. The
// audit knows who hid what at that place of that service.
import type { RuleOutcome } from '../../../../engine/index.ts';
import type { RedactionSource } from '../../../../model/index.ts';
import type { TailRecord } from '../../../workers/tail/index.ts';
import { fieldWords, listed, textsOf, type FieldRef } from '../redact/index.ts';

export interface HiddenField {
  readonly field: FieldRef;
  /** What the audit says was hidden there, and by which rules; empty where it says nothing. */
  readonly detectors: readonly string[];
  readonly rules: readonly { readonly id: string; readonly name: string; readonly version: number }[];
}

/** Bullets, or a detector's name and a hash. */
const maskOf = /\u2022{2,}|\b[a-z][a-z0-9-]*#[0-9a-f]{16}\b/;

/** Fields of the record with a mask, each once. */
export function maskedFields(record: Pick<TailRecord, 'columns' | 'attributes' | 'resource'>): readonly FieldRef[] {
  const fields = textsOf(record).filter(({ text }) => maskOf.test(text)).map(({ place, key }): FieldRef => ({ place, key }));
  return fields.filter((one, i) => fields.findIndex((other) => other.place === one.place && other.key === one.key) === i);
}

/** Sources of the record's own line of code, where there are any; else all of its service at that place. */
export function hiddenBefore(fields: readonly FieldRef[], { service, durableId }: Pick<TailRecord, 'service' | 'durableId'>, sources: readonly RedactionSource[]): readonly HiddenField[] {
  return fields.map((field) => {
    const there = sources.filter((source) => source.service === service && source.place === field.place && source.rules.length > 0 && (source.key === field.key || (field.key === '' && source.key === source.place)));
    const own = there.filter((source) => source.durableId === durableId);
    const from = own.length > 0 ? own : there;
    const rules = new Map(from.flatMap((source) => source.rules).map(({ id, name, version }) => [id, { id, name, version }]));
    return { field, detectors: [...new Set(from.map(({ detector }) => detector))], rules: [...rules.values()] };
  });
}

/** "github-token in url.full" */
export const hiddenWords = ({ field, detectors }: HiddenField): string => (detectors.length === 0 ? fieldWords(field) : `${listed(detectors)} in ${fieldWords(field)}`);

/** Outcomes as they were before the tail: a rule that hid something says so. While it is not known who hid a field, no redaction rule is said to let the record pass. */
export function outcomesBefore(outcomes: readonly RuleOutcome[], hidden: readonly HiddenField[]): readonly RuleOutcome[] {
  if (hidden.length === 0) return outcomes;
  const unknown = hidden.some(({ rules }) => rules.length === 0);
  return outcomes.flatMap((outcome): readonly RuleOutcome[] => {
    if (outcome.stage !== 'redaction' || outcome.did !== 'nothing' || outcome.shadow) return [outcome];
    const own = hidden.filter(({ rules }) => rules.some(({ id }) => id === outcome.rule));
    if (own.length > 0) return [{ ...outcome, did: 'redacted', because: `It hid ${listed(own.map(hiddenWords))} before the tail saw the record; only the mask is left.` }];
    return unknown ? [] : [{ ...outcome, because: `What is masked in the record was hidden by another rule, before the tail saw it: ${outcome.because}` }];
  });
}
