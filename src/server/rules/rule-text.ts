// A rule's text, from what a person sent: as it was written, or printed from fields. Fields that change an existing rule
// change only their own places in its text, so that comments and layout stay. Printing and editing YAML takes long for a
// hostile text, so the compile worker does it.
import type { RuleDocument } from '../../model/index.ts';
import type { RuleEdit } from '../../rules/index.ts';
import type { Rewording } from '../ports/compiler.ts';
import type { StoredVersion } from '../store/index.ts';
import { canonicalJson } from './canonical.ts';

/** One of the two. */
export interface RuleSource { readonly text?: string | undefined; readonly document?: RuleDocument | undefined }

/** The text to save, or how to make it. A version is a new one exactly when its text differs from the latest's: other comments
 *  are a new version, for they are part of what a person wrote; the same fields sent as a document are not. */
export function wordingOf({ text, document }: RuleSource, latest: StoredVersion | null): string | Rewording {
  if (text !== undefined) return text;
  // The schema of the route lets through only one with either.
  if (document === undefined) throw new Error('A rule came without text and without fields.');
  if (latest === null) return { document, before: null };
  const edits = editsBetween(latest.document, document);
  return edits.length === 0 ? latest.text : { document, before: { text: latest.text, edits } };
}

/** The top-level fields that differ; one that is gone is removed. */
function editsBetween(before: RuleDocument, after: RuleDocument): RuleEdit[] {
  const [from, to] = [before, after] as unknown as [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].filter((key) => canonicalJson(from[key] ?? null) !== canonicalJson(to[key] ?? null))
    .map((key) => ({ path: [key], value: to[key] }));
}

/** The same document with another place among the rules. */
export const withOrder = ({ text, document }: Pick<StoredVersion, 'text' | 'document'>, order: number): Rewording =>
  ({ document: { ...document, order }, before: { text, edits: [{ path: ['order'], value: order }] } });
