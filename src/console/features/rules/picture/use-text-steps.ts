// Edits that the picture makes, one by one, so that they can be taken back there, whether the text box is on the page or not. A step can be
// taken back only while the text is as it left it: once somebody typed, the text's own undo takes over.
import { useState } from 'react';
import { applyEdits } from '../../../../kql/index.ts';
import type { TextEdit } from '../../../../model/index.ts';

interface Step { readonly before: string; readonly after: string }
export interface TextSteps {
  readonly edit: (edits: readonly TextEdit[]) => void;
  /** Null when there is nothing to take back, or to make again. */
  readonly undo: (() => void) | null; readonly redo: (() => void) | null;
}

const mostSteps = 200;

export function useTextSteps(text: string, onEdit: (edits: readonly TextEdit[]) => void): TextSteps {
  const [{ past, future }, setSteps] = useState<{ readonly past: readonly Step[]; readonly future: readonly Step[] }>({ past: [], future: [] });
  const [last, next] = [past.at(-1), future.at(-1)];
  return {
    edit: (edits) => {
      const after = applyEdits(text, edits);
      if (after !== text) setSteps((steps) => ({ past: [...steps.past, { before: text, after }].slice(-mostSteps), future: [] }));
      onEdit(edits);
    },
    undo: last === undefined || last.after !== text ? null : () => { setSteps({ past: past.slice(0, -1), future: [...future, last] }); onEdit(difference(last.after, last.before)); },
    redo: next === undefined || next.before !== text ? null : () => { setSteps({ past: [...past, next], future: future.slice(0, -1) }); onEdit(difference(next.before, next.after)); },
  };
}

/** The one edit between two texts: what they have in common at both ends stays. */
export function difference(before: string, after: string): readonly TextEdit[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let same = 0;
  while (same < Math.min(before.length, after.length) - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return before === after ? [] : [{ start, end: before.length - same, text: after.slice(start, after.length - same) }];
}
