// How the fields of an event changed between two looks at it. Pure: what was told before, the caller knows.
import type { DriftKind, FieldType } from '../../model/index.ts';
import { presenceOf, type MergedEvent, type MergedField } from '../merge/index.ts';
import { driftDefaults, type DriftOptions } from './options.ts';
import { recordsText } from './words.ts';
import { fieldName, type PastField, type Snapshot } from './snapshot.ts';

export interface FieldDrift {
  readonly kind: Extract<DriftKind, 'new-field' | 'missing-field' | 'type-change' | 'cardinality'>;
  /** Key of the field in a snapshot, and what a person calls it. */
  readonly fieldKey: string;
  readonly field: string;
  readonly was: string;
  readonly now: string;
  /** From when it is so; null where only a look before is known. */
  readonly sinceUnixMs: number | null;
  /** What a change is told once by: kind, field, and the type or threshold. */
  readonly once: string;
}

/** `before` is some time old, `after` is now; both of one event. */
export function detectDrift(before: Snapshot, after: Pick<MergedEvent, 'looked' | 'fields' | 'firstUnixMs' | 'lastUnixMs'>, options: DriftOptions = driftDefaults): FieldDrift[] {
  const found: FieldDrift[] = [];
  for (const [key, field] of after.fields) {
    const old = before.get(key);
    found.push(...newField(key, field, after, options));
    if (old !== undefined) found.push(...typeChange(key, old, field, options), ...cardinality(key, old, field, options));
    found.push(...missingField(key, field, after.looked, options));
  }
  return found;
}

/** Sights of a new field that is in most records. */
const surelySeen = 3;

/** Had it always been there as seldom as it is, chance would hardly have put all its sights behind the first. */
function newField(key: string, field: MergedField, { looked, firstUnixMs, lastUnixMs }: Pick<MergedEvent, 'looked' | 'firstUnixMs' | 'lastUnixMs'>, options: DriftOptions): FieldDrift[] {
  const since = Math.max(1, looked - field.lookedBefore);
  // What is rare may come late by chance; what is in most records from its first report on, which began before it, does not.
  const isEverywhere = field.seen >= surelySeen && field.seen >= since / 2;
  const isLate = field.lookedBefore >= options.newFieldAfter && (isEverywhere || field.firstUnixMs - firstUnixMs >= options.settleMs);
  if (field.seen === 0 || !isLate || lastUnixMs - field.firstUnixMs > options.newForMs) return [];
  if (field.seen * Math.log(since / looked) >= Math.log(options.newFieldChance)) return [];
  return [drift('new-field', key, field, `not in ${field.lookedBefore} records that were looked at`, `in ${field.seen}, ${typesIn([...field.types.keys()])}`, field.firstUnixMs)];
}

/** Whether a field is gone for now, and whether it came a short time ago, as is told when it happens. */
export function fieldState(field: MergedField, event: Pick<MergedEvent, 'looked' | 'firstUnixMs' | 'lastUnixMs'>, options: DriftOptions = driftDefaults): 'gone' | 'new' | null {
  if (missingField('', field, event.looked, options).length > 0) return 'gone';
  return newField('', field, event, options).length > 0 ? 'new' : null;
}

/** Absent so often in a row that chance will hardly have done it, by the presence it had (with two records more that lacked it, so that certainty is never assumed). */
function missingField(key: string, field: MergedField, looked: number, options: DriftOptions): FieldDrift[] {
  const absent = looked - field.lookedWhenSeen;
  const over = field.lookedWhenSeen - field.lookedBefore;
  const presence = presenceOf(field);
  if (absent < options.missingLooks || over < options.newFieldAfter || presence < options.missingPresence) return [];
  const chance = (1 - field.seen / (over + 2)) ** absent;
  return chance < options.missingChance ? [drift('missing-field', key, field, `in ${percent(presence)} of records`, `absent from the last ${absent} that were looked at`, field.lastUnixMs)] : [];
}

function typeChange(key: string, before: PastField, after: MergedField, options: DriftOptions): FieldDrift[] {
  if (before.seen === 0) return [];
  const fresh = [...after.types].filter(([type, count]) => count > 0 && type !== 'null' && !before.types.includes(type) && !isSameNumber(type, before, options));
  return fresh.map(([type, count]) => drift('type-change', key, after, typesIn(before.types), `${type} in ${recordsText(count)}`, null, type));
}

/** A whole number among fractions is one that came out even; and numbers are whole for good only after a while. */
const isSameNumber = (type: FieldType, { types, seen }: PastField, options: DriftOptions): boolean =>
  (type === 'long' && types.includes('real')) || (type === 'real' && types.includes('long') && seen < options.newFieldAfter);

/** A field with few values gets many: not one whose values were nearly all different from the start. */
function cardinality(key: string, before: PastField, after: MergedField, options: DriftOptions): FieldDrift[] {
  const hadFew = before.seen >= options.newFieldAfter && before.distinct * 2 <= before.seen;
  if (!hadFew || after.distinct < before.distinct * options.cardinalityGrowth) return [];
  const crossed = options.cardinalities.filter((most) => before.distinct < most && after.distinct >= most).at(-1);
  return crossed === undefined ? [] : [drift('cardinality', key, after, `${before.distinct} distinct values in ${before.seen} records`, `more than ${crossed}: ${after.distinct} in ${after.seen}`, null, String(crossed))];
}

function drift(kind: FieldDrift['kind'], fieldKey: string, field: MergedField, was: string, now: string, sinceUnixMs: number | null, detail = ''): FieldDrift {
  return { kind, fieldKey, field: fieldName(field), was, now, sinceUnixMs, once: `${kind}\n${fieldKey}\n${detail}` };
}

const typesIn = (types: PastField['types']): string => types.filter((type) => type !== 'null').join(' and ') || 'empty';

const percent = (share: number): string => `${Math.round(share * 100)} %`;
