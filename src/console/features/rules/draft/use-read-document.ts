// The document of a text as soon as it is typed; the last one of the kind that could be read while it cannot, and why. Pictures
// and forms show it, and stay as they were while somebody types.
import { useMemo, useState } from 'react';
import type { RuleDocument, RuleKind } from '../../../../model/index.ts';
import { parseRule } from '../../../../rules/index.ts';

export interface ReadDocument<D> {
  readonly document: D | null;
  /** Why `document` is not of this text, in a sentence; null when it is. */
  readonly unread: string | null;
  /** Where, as UTF-16 offsets and the line from 1; null when it is no one place. */
  readonly unreadAt: { readonly start: number; readonly end: number; readonly line: number } | null;
}

/** @param fallback the last good document of an earlier picture of the same text. `otherwise`: what is said of a text of another kind. */
export function useReadDocument<K extends RuleKind>(text: string, kind: K, fallback: Extract<RuleDocument, { kind: K }> | null, otherwise: string): ReadDocument<Extract<RuleDocument, { kind: K }>> {
  const { document, problems } = useMemo(() => parseRule(text), [text]);
  const now = document?.kind === kind ? document as Extract<RuleDocument, { kind: K }> : null;
  const [last, setLast] = useState(now ?? fallback);
  if (now !== null && now !== last) setLast(() => now);
  return { document: now ?? last ?? fallback, unread: now === null ? whyNot(problems) ?? otherwise : null, unreadAt: now === null ? whereNot(text, problems) : null };
}

type Problems = ReturnType<typeof parseRule>['problems'];
const firstError = (problems: Problems) => problems.find(({ severity }) => severity === 'error');

function whyNot(problems: Problems): string | null {
  const first = firstError(problems);
  return first === undefined ? null : [first.message, first.help].filter(Boolean).join(' ');
}

function whereNot(text: string, problems: Problems): ReadDocument<unknown>['unreadAt'] {
  const first = firstError(problems);
  return first === undefined ? null : { start: first.start, end: first.end, line: text.slice(0, first.start).split('\n').length };
}
