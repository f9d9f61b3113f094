// An entry of a policy as a person reads it in the list.
import type { PolicyAllow, PolicyEntry } from '../../../../model/index.ts';
import { actionWords, chosenWords, placeWords } from '../../../editor/redact/index.ts';

/** "auth.token": the key, or where it may stand. */
export const aboutWords = ({ key, in: places }: PolicyEntry): string => key ?? (places === undefined ? 'every value' : places.map((place) => placeWords[place]).join(', '));
export const serviceWords = ({ service }: Pick<PolicyEntry, 'service'>): string => service ?? 'every service';
/** Without detectors it is about the whole value. */
export const findsWords = ({ detectors }: PolicyEntry): string => (detectors === undefined ? 'the whole value' : chosenWords(detectors, 'the whole value'));
export const doesWords = ({ do: action, keep }: PolicyEntry): string => `${actionWords[action].title.toLowerCase()}${action === 'partial' ? `, last ${keep ?? 4}` : ''}`;
export const allowWords = ({ keys }: PolicyAllow): string => `${keys.slice(0, 3).join(', ')}${keys.length > 3 ? ` and ${keys.length - 3} more` : ''}`;
