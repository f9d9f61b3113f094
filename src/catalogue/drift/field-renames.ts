// Which field that went missing is which that appeared in the same event. Evidence: both are there in as many records, hold the same
// type and the same values (what two sketches share), and one comes where the other ends.
import { eventKey, mainType, presenceOf, type MergedEvent, type MergedField } from '../merge/index.ts';
import { keyLikeness, together, valueLikeness } from './likeness.ts';
import { fieldName } from './snapshot.ts';

export interface FieldRenameCandidate {
  readonly event: Pick<MergedEvent, 'signal' | 'service' | 'durableId'>;
  readonly former: string;
  readonly current: string;
  readonly certainty: number;
  readonly reason: string;
}

export const leastCertainty = 0.5;
/** One may come so many looks before or after the other ends: agents do not change all at once. */
const nearLooks = 200;

export function findFieldRenames(event: MergedEvent, missing: readonly MergedField[], fresh: readonly MergedField[]): FieldRenameCandidate[] {
  const found = missing.flatMap((former) => fresh.map((current) => judge(event, former, current)).filter((one) => one !== null));
  return found.filter((one) => one.certainty >= leastCertainty).sort((a, b) => b.certainty - a.certainty);
}

function judge(event: MergedEvent, former: MergedField, current: MergedField): FieldRenameCandidate | null {
  const type = mainType(current.types);
  const isNear = Math.abs(current.lookedBefore - former.lookedWhenSeen) <= Math.max(nearLooks, 0.1 * event.looked);
  if (former.place !== current.place || mainType(former.types) !== type || !isNear) return null;
  const presence = 1 - Math.abs(presenceOf(former) - presenceOf(current));
  if (presence < 0.8) return null;
  const { values, isOther } = valueLikeness(former, current);
  const names = keyLikeness(former.key, current.key);
  // That one ends where another begins is what two changes of one deployment do as well: something of the two has to be alike.
  if ((isOther && names < 0.5) || (values < 0.1 && names === 0 && type === 'string')) return null;
  const certainty = 0.97 * together([0.35 * presence, 0.75 * values, 0.5 * names, type === 'string' ? 0.05 : 0.15]);
  const reason = [`one ends where the other begins in ${eventKey(event).replaceAll('\n', ' ').trim()}`, `both ${type}, in as many records`, ...(values > 0.1 ? [`${Math.round(values * 100)} % of the values the same`] : []), ...(names > 0 ? ['names alike'] : [])].join(', ');
  return { event: { signal: event.signal, service: event.service, durableId: event.durableId }, former: fieldName(former), current: fieldName(current), certainty: Number(certainty.toFixed(2)), reason };
}
