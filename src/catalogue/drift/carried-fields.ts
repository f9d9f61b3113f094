// Fields that were renamed along with their event: what the former had and the current has not, against what came instead. Such a change is none
// within either event, so nobody else sees it. Never certain enough to hold without somebody's word.
import { fieldKey, mainType, presenceOf, type MergedEvent, type MergedField } from '../merge/index.ts';
import { leastCertainty, type FieldRenameCandidate } from './field-renames.ts';
import { closeness, keyLikeness, nameLikeness, together, valueLikeness } from './likeness.ts';
import { driftDefaults } from './options.ts';

/** Of either event, so many records have to be known: what is not among fewer may only be rare. */
export const leastCarriedLooks = 8;
const most = 0.89;

export function findCarriedFields(former: MergedEvent, current: MergedEvent): FieldRenameCandidate[] {
  if (Math.min(former.looked, current.looked) < leastCarriedLooks) return [];
  const gone = without(former, current), come = without(current, former);
  const found = gone.flatMap((one) => come.map((other) => judge(former, current, one, other, isAlone(one, gone) && isAlone(other, come))).filter((said) => said !== null));
  found.sort((a, b) => b.certainty - a.certainty);
  const taken = new Set<string>();
  return found.filter((said) => {
    const names = [`former ${said.former}`, `current ${said.current}`];
    if (said.certainty < leastCertainty || names.some((name) => taken.has(name))) return false;
    for (const name of names) taken.add(name);
    return true;
  });
}

/** Attributes of one event that the other would have shown by now, if it had them. */
function without(one: MergedEvent, other: MergedEvent): MergedField[] {
  return [...one.fields.values()].filter((field) => {
    if (field.place !== 'attribute' || field.seen === 0 || other.fields.has(fieldKey(field))) return false;
    const over = field.lookedWhenSeen - field.lookedBefore;
    return (1 - field.seen / (over + 2)) ** other.looked < driftDefaults.missingChance;
  });
}

const isAlone = (one: MergedField, among: readonly MergedField[]): boolean => among.every((other) => other === one || mainType(other.types) !== mainType(one.types));

function judge(of: MergedEvent, event: MergedEvent, former: MergedField, current: MergedField, isOnly: boolean): FieldRenameCandidate | null {
  const type = mainType(current.types);
  const presence = 1 - Math.abs(presenceOf(former) - presenceOf(current));
  if (mainType(former.types) !== type || presence < 0.8) return null;
  const { values, isOther } = valueLikeness(former, current);
  const names = nameLikeness(former.key, current.key);
  const variety = closeness(former.distinct / former.seen, current.distinct / current.seen);
  // That both are there and of one type says little where others are, too.
  if ((isOther && keyLikeness(former.key, current.key) < 0.5) || (!isOnly && values < 0.1 && names === 0)) return null;
  const certainty = Math.min(most, together([0.3 * presence, 0.75 * values, 0.5 * names, 0.15 * variety, isOnly ? 0.35 : 0]));
  const words = [`${of.durableId} had it where ${event.durableId} has the other`, `both ${type}, in as many records`, ...(values > 0.1 ? [`${Math.round(values * 100)} % of the values the same`] : []), ...(names > 0 ? ['names alike'] : []), ...(isOnly ? [`no other ${type} went or came`] : [])];
  return { event: { signal: event.signal, service: event.service, durableId: event.durableId }, former: former.key, current: current.key, certainty: Number(certainty.toFixed(2)), reason: words.join(', ') };
}
