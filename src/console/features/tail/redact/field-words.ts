// Fields of a record in a sentence.
import { placeWords } from '../../../editor/redact/index.ts';
import type { FieldRef } from './target.ts';

const mostNamed = 3;
/** A body is "the body", whether it goes by a key or not. */
export const fieldWords = ({ place, key }: FieldRef): string => (key === '' || key === place ? `the ${placeWords[place]}` : key);

/** "url.full and the body" */
export function listed(names: readonly string[]): string {
  if (names.length > mostNamed) return `${names.slice(0, mostNamed).join(', ')} and ${names.length - mostNamed} more`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
