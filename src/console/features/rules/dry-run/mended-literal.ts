// "Did you mean": the word that was written, replaced in the rule's KQL where it stands as a whole text in quotes.
import { parseRule, type RuleEdit } from '../../../../rules/index.ts';

/** The edit of the document; null when no quoted text of the query is that word. Of several the first is mended: the next run tells the others. */
export function mendedLiteral(text: string, wrote: string, saw: string): RuleEdit | null {
  const { document } = parseRule(text);
  if (document?.kind !== 'query') return null;
  for (const quoted of [JSON.stringify(wrote), `'${wrote}'`]) {
    const at = document.kql.indexOf(quoted);
    if (at >= 0) return { path: ['kql'], value: document.kql.slice(0, at) + JSON.stringify(saw) + document.kql.slice(at + quoted.length) };
  }
  return null;
}
