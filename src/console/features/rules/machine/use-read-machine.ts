// The machine of a text as soon as it is typed; the last one that could be read while it cannot, and why.
import { useMemo, useState } from 'react';
import type { MachineDocument } from '../../../../model/index.ts';
import { parseRule } from '../../../../rules/index.ts';

export interface ReadMachine { readonly machine: MachineDocument | null; /** Why `machine` is not of this text, in a sentence; null when it is. */ readonly unread: string | null; /** Where, as UTF-16 offsets and the line from 1; null when it is no one place. */ readonly unreadAt: { readonly start: number; readonly end: number; readonly line: number } | null }

/** @param fallback the last good machine of an earlier picture of the same text. */
export function useReadMachine(text: string, fallback: MachineDocument | null): ReadMachine {
  const { document, problems } = useMemo(() => parseRule(text), [text]);
  const now = document?.kind === 'state-machine' ? document : null;
  const [last, setLast] = useState(now ?? fallback);
  if (now !== null && now !== last) setLast(now);
  return { machine: now ?? last ?? fallback, unread: now === null ? whyNot(problems) : null, unreadAt: now === null ? whereNot(text, problems) : null };
}

function whyNot(problems: ReturnType<typeof parseRule>['problems']): string {
  const first = problems.find(({ severity }) => severity === 'error');
  return first === undefined ? 'It is no net.' : [first.message, first.help].filter(Boolean).join(' ');
}

function whereNot(text: string, problems: ReturnType<typeof parseRule>['problems']): ReadMachine['unreadAt'] {
  const first = problems.find(({ severity }) => severity === 'error');
  return first === undefined ? null : { start: first.start, end: first.end, line: text.slice(0, first.start).split('\n').length };
}
