// Whether what was rewritten with field() still means what it meant, as long as nothing is renamed. Pure.
import { isDeepStrictEqual } from 'node:util';
import { noNames, resolveNames } from '../../../kql/index.ts';

/** Of what two texts compile to. How a guard or a key is written is no part of what it means. */
export const meansTheSame = (before: unknown, after: unknown): boolean => isDeepStrictEqual(plain(before), plain(after));

const plain = (compiled: unknown): unknown => withoutTexts(resolveNames(compiled, noNames));

function withoutTexts(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map(withoutTexts);
  return Object.fromEntries(Object.entries(node).flatMap(([key, value]) => (key === 'text' || key === 'ifText' ? [] : [[key, withoutTexts(value)]])));
}
