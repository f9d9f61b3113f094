// The sentences of an explanation: what a rule did to a record, and why.
import type { Sink } from '../../kql/index.ts';
import type { Signal } from '../../model/index.ts';
import type { Value } from '../../otlp/index.ts';
import { jsonText } from '../values/index.ts';
import type { ClauseOutcome, ClauseRead, RuleOutcome } from './types.ts';

type Did = RuleOutcome['did'];

const signalWords: Readonly<Record<Signal, string>> = { logs: 'a log record', spans: 'a span', metrics: 'a metric point' };

export const otherSignal = (table: string, signal: Signal): string => `It reads ${table}; this is ${signalWords[signal]}.`;
export const notReached = (byName: string): string => `It never saw the record: ${byName} settled it before.`;
export const couldNotRun = (why: string): string => `It could not be run on the record, which passed as it was: ${why}`;
export const notSpent = (reason: string): string => `It has turned itself off: ${reason} The record passed.`;

/** Why the record did not match: the first condition that does not hold. */
export function whyNot(clauses: readonly ClauseOutcome[]): string {
  const failing = clauses.find((clause) => clause.outcome !== true);
  if (failing === undefined) return 'It did not match, although each condition holds by itself.';
  const subject = failing.operator < 0 ? 'It is not for this record' : 'It did not match';
  return `${subject}: ${failing.text} is ${failing.outcome === null ? 'null' : 'false'}${becauseReads(failing.reads)}.`;
}

function becauseReads(reads: readonly ClauseRead[]): string {
  return reads.length === 0 ? '' : `, for ${reads.map(({ name, value }) => (value === null ? `there is no ${name}` : `${name} is ${valueWord(value)}`)).join(' and ')}`;
}

const maxWord = 80;
/** A value in a sentence: quoted when it is text, on one line, cut. */
export function valueWord(value: Value): string {
  const text = jsonText(value);
  return text.length > maxWord ? `${text.slice(0, maxWord)}…` : text;
}

const held = (clauses: readonly ClauseOutcome[]): string => (clauses.length === 0 ? 'It has no condition' : clauses.length === 1 ? `${clauses[0]!.text} holds` : `All ${clauses.length} conditions hold`);

/** What became of a record that matched. `shadow`: would have become. */
export function whatItDid(did: Did, sink: Sink | null, clauses: readonly ClauseOutcome[], changes: number, shadow: boolean): string {
  return `${held(clauses)}: ${sink === null ? policyFate(did, changes) : fate(did, sink, changes)}${shadow ? ' It runs in shadow, so it only counted that; the record went on as it was.' : ''}`;
}

function policyFate(did: Did, changes: number): string {
  if (did === 'dropped') return 'its policy dropped the record.';
  return did === 'redacted' ? `its policy hid something in ${changes} field${changes === 1 ? '' : 's'}.` : 'its policy found nothing to hide, so nothing changed.';
}

function fate(did: Did, sink: Sink, changes: number): string {
  const fields = `${changes} field${changes === 1 ? '' : 's'}`;
  switch (did) {
    case 'dropped': return 'the record stopped here.';
    case 'dropped-by-sample': return `it is not in the share of ${share(sink)} that is kept.`;
    case 'kept-by-sample': return `it is in the share of ${share(sink)} that is kept, and says how many it stands for.`;
    case 'to-metric': return sink.sink === 'to_metric' && sink.keep ? `it was counted into ${sink.name} and went on.` : `it became part of a point of ${sink.sink === 'to_metric' ? sink.name : 'a metric'} and stopped here.`;
    case 'recorded': return sink.sink === 'record' && sink.tee ? `a copy went into flight recorder ${sink.recorder}, and it went on.` : `it went into flight recorder ${sink.sink === 'record' ? sink.recorder : ''} and stopped here.`;
    case 'routed': return `it left by exporter ${sink.sink === 'route' ? sink.exporter : ''}.`;
    case 'changed': return `${fields} changed.`;
    case 'redacted': return `secrets in ${fields} were ${sink.sink === 'redact' ? { mask: 'masked', hash: 'hashed', remove: 'removed' }[sink.mode] : 'masked'}.`;
    case 'held-by-dedup': return 'it is held as the first of its kind, and leaves with the count when the window closes.';
    default: return sink.sink === 'redact' ? 'no detector found a secret, so nothing changed.' : 'every field already is as the rule would have it, so nothing changed.';
  }
}

const share = (sink: Sink): string => (sink.sink === 'sample' ? `${Math.round(sink.ratio * 10_000) / 100} %` : 'records');
