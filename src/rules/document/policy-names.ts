// Names that a policy may use: detectors, its own patterns, keys that semantic conventions know as sensitive; each with what it is.
import { detectorList, sensitiveKeyName, sensitiveKeys } from '../../redaction/index.ts';
import { looseFields } from './loose-fields.ts';

const builtIn: readonly (readonly [string, string])[] = [
  ['*', 'Everything that there is.'],
  ...detectorList.map(({ name, title, doc, facts }) => [name, `${title}. ${doc}${facts === '' ? '' : ` ${facts}`}`] as const),
  [sensitiveKeyName, 'A value under a key that semantic conventions know as sensitive.'],
];

/** Of detectors and of the patterns of the text, whole or not. */
export function namedDetectors(text: string): ReadonlyMap<string, string> {
  const { patterns } = looseFields(text) ?? {};
  const own = Array.isArray(patterns) ? patterns.flatMap(ownName) : [];
  return new Map([...own, ...builtIn]);
}

function ownName(pattern: unknown): readonly (readonly [string, string])[] {
  if (typeof pattern !== 'object' || pattern === null || !('name' in pattern) || typeof pattern.name !== 'string') return [];
  return [[pattern.name, 'description' in pattern && typeof pattern.description === 'string' ? pattern.description : 'A pattern of this policy.']];
}

export const sensitiveKeyNames: ReadonlyMap<string, string> = new Map(sensitiveKeys.map(({ key, about }) => [key, `Known as sensitive: ${about}.`]));
