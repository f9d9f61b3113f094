// A policy that starts from a link: from a source in the audit, or whatever else names what leaks and where.
import { policyTextOf, type RedactWish, type SecretPlace, type WishWhere } from '../../../editor/redact/index.ts';
import type { RuleEditorSearch } from '../../../state/index.ts';
import { newPolicyText } from './rule-draft.ts';

/** The detector's name of a value that is hidden for its key alone. */
const byKeyAlone = 'sensitive-key';

export type PolicyLink = Pick<RuleEditorSearch, 'name' | 'description' | 'detector' | 'key' | 'place' | 'service' | 'signal'>;

/** One entry that hides what the link names, as text. A link that names nothing gives the policy to begin with. */
export function policyFromLink({ name = '', description = '', detector, key = '', place, service = '', signal = 'logs' }: PolicyLink): string {
  if (detector === undefined && key === '' && place === undefined && service === '') return newPolicyText(name);
  const at: SecretPlace = { service, signal, place: place ?? placeOf(key), key: key === place || key === 'body' ? '' : key };
  return policyTextOf({ what: whatOf(detector, key), where: whereOf(at, place !== undefined || key !== ''), action: 'mask', keep: 4 }, at, name, description);
}

/** Bodies are audited as `body`, or by the path below it. */
const placeOf = (key: string): SecretPlace['place'] => (key === 'body' || key.startsWith('body.') ? 'body' : 'attribute');

const whatOf = (detector: string | undefined, key: string): RedactWish['what'] =>
  detector === byKeyAlone || (detector === undefined && key !== '') ? { kind: 'value' } : { kind: 'detector', detector: detector ?? '*' };

function whereOf({ service }: SecretPlace, placed: boolean): WishWhere {
  if (placed) return service === '' ? 'key' : 'key-in-service';
  return service === '' ? 'everywhere' : 'service';
}
