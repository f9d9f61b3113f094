// What a redaction policy does to records, in words for people who decide whether to deploy it.
import type { RedactionPolicy } from '../../../../model/index.ts';
import { plural } from '../../../ui/index.ts';

const done: Readonly<Record<RedactionPolicy['mode'], string>> = { mask: 'is masked', partial: 'is masked but for its last characters', hash: 'becomes a keyed hash', remove: 'is removed', drop: 'takes its record along' };

/** What happens to what is found, one sentence. */
export function policyFate({ detectors, except = [], entries, mode }: RedactionPolicy): string {
  if (except.includes('*')) return `${plural(entries.length, 'entry decides', 'entries decide')}, and nothing else is looked for. It happens before records leave, reach the tail or a recorder.`;
  const finds = detectors.includes('*') ? 'any detector finds' : `${detectors.join(', ')} find${detectors.length === 1 ? 's' : ''}`;
  const rest = `${entries.length === 0 ? 'What' : 'what'} ${finds} ${done[mode]}`;
  return entries.length === 0 ? `${rest}, before records leave, reach the tail or a recorder.` : `${plural(entries.length, 'entry decides', 'entries decide')} first; beyond them ${rest}, before records leave, reach the tail or a recorder.`;
}

/** How to get back, one sentence. */
export const policyWayBack = 'Disable the policy and what it hides leaves in clear again; what was hidden meanwhile stays so.';
/** Fail closed: what an allow-list does not name goes. */
export const allowWarning = ({ allow = [] }: RedactionPolicy): string | null => allow.length === 0 ? null : `${plural(allow.length, 'allow-list')}: every ${limitOf(allow)} that ${allow.length === 1 ? 'it does' : 'they do'} not name ${allow.every(({ otherwise }) => otherwise === 'mask') ? 'is masked' : 'goes'}.`;
/** "attribute of cart": what all of the lists are limited to, where they are. */
function limitOf(allow: NonNullable<RedactionPolicy['allow']>): string {
  const services = allow.some(({ service }) => service === undefined) ? [] : [...new Set(allow.map(({ service }) => service))];
  const places = allow.some(({ in: within = [] }) => within.length === 0) ? ['attribute'] : [...new Set(allow.flatMap(({ in: within = [] }) => within))];
  return `${places.join(' or ')}${services.length === 0 ? '' : ` of ${services.join(' and ')}`}`;
}
/** So many entries may let a finding through. */
export const ignores = ({ entries }: RedactionPolicy): number => entries.filter(({ do: action }) => action === 'ignore').length;
