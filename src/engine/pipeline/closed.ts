// Failing closed: when a redact rule cannot be run on a record, nobody knows what the record holds, so none of its text
// leaves. Keys stay, for they are how the record is found and the leak is fixed; so do times, ids and numbers below 10^12.
import { encodeUtf8 } from '../../base/index.ts';
import type { SurroundingsMapper, TextMapper } from '../../otlp/index.ts';
import { bullets } from '../../redaction/index.ts';

const masked = encodeUtf8(bullets);
/** Card numbers have 13 digits or more. */
const least = 1_000_000_000_000;

export const maskAll: TextMapper = {
  value: () => null,
  text: (_at, _bytes, start, end) => (end > start ? masked : null),
  key: () => null,
  integer: (_at, value) => (value >= least || value <= -least ? masked : null),
  holds: () => true,
};

/** The same for what surrounds the records of the resources that a rule is for. */
export const maskAllOf = (isFor: (resource: number) => boolean): SurroundingsMapper => ({ of: (resource) => (isFor(resource) ? maskAll : null), within: () => { /* all of it goes */ } });
