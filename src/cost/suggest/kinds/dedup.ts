// Dedup: the first of equal records within a window leaves with the count of all. Only where the text of an event is nearly always the same.
import { numberAttributeBytes, textAttributeBytes } from '../../wire-bytes.ts';
import { amount } from '../../words.ts';
import type { MeasuredEvent } from '../../measured-event.ts';
import { mostMade, occupied } from '../occupied.ts';
import { usersLose } from '../users.ts';
import { riskOf } from '../risk.ts';
import { keptErrors, rateWords } from './drop.ts';
import type { Kind } from '../types.ts';

const windows = [10, 60, 300] as const;
/** Records that a rule holds at a time: its memory is bounded. */
const mostHeld = 2000;
const timeChars = '2026-01-01T00:00:00.0000000Z'.length;

export const dedup: Kind = (subject) => {
  const { event, scope } = subject;
  const { recordsPerSecond, bytesPerSecond } = scope.rate;
  const texts = distinctTexts(event);
  if (event.signal !== 'logs' || texts === null || recordsPerSecond === 0) return [];
  const equal = texts * Math.max(1, scope.severities.length);
  const seconds = windows.find((window) => occupied(equal, recordsPerSecond * window) <= mostMade * recordsPerSecond * window);
  if (seconds === undefined || equal > mostHeld) return [];
  const held = occupied(equal, recordsPerSecond * seconds) / seconds;
  const marks = numberAttributeBytes('dedup.count', Math.round(recordsPerSecond / held)) + textAttributeBytes('dedup.first_observed', timeChars) + textAttributeBytes('dedup.last_observed', timeChars);
  return [{
    kind: 'dedup', title: `One record per ${seconds} s for equal ones of ${event.label}`, field: null, where: scope.where, shorterBytes: 0,
    effect: { removed: scope.rate, made: [{ signal: 'logs', recordsPerSecond: held, bytesPerSecond: held * (bytesPerSecond / recordsPerSecond + marks) }] },
    because: [...rateWords(subject), `${texts === 1 ? 'Its text is always the same' : `It has ${amount(texts)} different texts`}: ${amount(held)} records/s say it all, with a count each.`],
    lost: [`Of equal texts within ${seconds} s only the first stays, up to ${seconds} s later, with dedup.count; attributes of the others are gone${differing(event)}.`, ...keptErrors(scope), ...usersLose(event, 'counts need dedup.count.')],
    risk: riskOf('dedup', subject, { ...scope, felt: 0.5 }), description: 'Equal records that come again and again; one stands for all of a window.', tail: [`invoke dedup(${seconds}s)`],
  }];
};

/** Distinct bodies: of a text as sketched; of a structure at the most the product of its parts. Null when nobody looked. */
function distinctTexts({ fields, looked }: MeasuredEvent): number | null {
  if (looked === 0) return null;
  return Math.round(fields.filter(({ place }) => place === 'body').reduce((product, { distinct }) => product * Math.max(1, distinct), 1));
}

function differing({ fields }: MeasuredEvent): string {
  const keys = fields.filter(({ place, distinct }) => place === 'attribute' && distinct > 1).map(({ key, distinct }) => `${key} with ${amount(distinct)} values`);
  return keys.length === 0 ? '' : ` (${keys.slice(0, 4).join(', ')}${keys.length > 4 ? ', …' : ''})`;
}
