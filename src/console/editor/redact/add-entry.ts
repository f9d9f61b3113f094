// A wish as one more entry of a policy that runs already: in front, for the first entry that fits decides.
import type { PolicyDocument } from '../../../model/index.ts';
import { editRule, parseRule, type RuleEdit } from '../../../rules/index.ts';
import { inserted } from './list-edits.ts';
import { entryOf, freeName, type RedactWish, type SecretPlace } from './wish.ts';

/** The policy's text with the entry, and what it needs beside it: its pattern, its signal. What an entry names is looked for, whatever else the policy looks for. Null when the text is no policy. */
export function withEntry(text: string, wish: RedactWish, at: SecretPlace): string | null {
  const { document } = parseRule(text);
  if (document?.kind !== 'redaction-policy') return null;
  const named = withFreeName(wish, document);
  const prepared = editRule(text, [...patternEdits(named, document), ...signalEdits(at, document)]);
  return prepared.ok ? inserted(prepared.value, ['entries'], 0, entryOf(named, at)) : null;
}

/** The policy may have another pattern of that name. */
function withFreeName(wish: RedactWish, { patterns = [] }: PolicyDocument): RedactWish {
  const { what } = wish;
  if (what.kind !== 'pattern' || patterns.some(({ name, pattern }) => name === what.name && pattern === what.pattern)) return wish;
  return { ...wish, what: { ...what, name: freeName(what.name, new Set(patterns.map(({ name }) => name))) } };
}

function patternEdits({ what }: RedactWish, { patterns = [] }: PolicyDocument): readonly RuleEdit[] {
  if (what.kind !== 'pattern' || patterns.some(({ name }) => name === what.name)) return [];
  const pattern = { name: what.name, pattern: what.pattern };
  return [patterns.length === 0 ? { path: ['patterns'], value: [pattern] } : { path: ['patterns', patterns.length], value: pattern }];
}

const signalEdits = ({ signal }: SecretPlace, { signals }: PolicyDocument): readonly RuleEdit[] => (signals === undefined || signals.includes(signal) ? [] : [{ path: ['signals', signals.length], value: signal }]);
