// Edits that the picture makes, one by one, so that they can be taken back there. Once the text was typed in, its own undo
// takes over: a step of the picture can be taken back only while the text is as that step left it.
import { useCallback, useEffect, useRef, useState } from 'react';
import { editRule, type RuleEdit } from '../../../../rules/index.ts';
import type { UndoSteps } from './machine-commands.ts';

interface Draft { readonly text: string; readonly setText: (text: string) => void; /** Says so when the text cannot be edited. */ readonly edit: (edits: readonly RuleEdit[]) => void }
interface Step { readonly before: string; readonly after: string }

const mostSteps = 200;

export function usePictureEdits({ text, setText, edit }: Draft): { readonly edit: (edits: readonly RuleEdit[]) => void; /** A change that is no edit of a value; null from it changes nothing. */ readonly change: (next: (text: string) => string | null) => void; readonly steps: UndoSteps } {
  const [{ past, future }, setSteps] = useState<{ readonly past: readonly Step[]; readonly future: readonly Step[] }>({ past: [], future: [] });
  // Two edits may come before the next drawing, such as a field that is left by pressing a button.
  const latest = useRef(text);
  useEffect(() => { latest.current = text; }, [text]);
  const go = (next: string) => { latest.current = next; setText(next); };
  const change = useCallback((next: (text: string) => string | null) => {
    const before = latest.current;
    const after = next(before);
    if (after === null || after === before) return;
    latest.current = after;
    setText(after);
    setSteps((steps) => ({ past: [...steps.past, { before, after }].slice(-mostSteps), future: [] }));
  }, [setText]);
  const make = useCallback((edits: readonly RuleEdit[]) => {
    const result = editRule(latest.current, edits);
    if (result.ok) change(() => result.value); else edit(edits);
  }, [edit, change]);
  const [last, next] = [past.at(-1), future.at(-1)];
  const undo = last === undefined || last.after !== text ? null : () => { setSteps({ past: past.slice(0, -1), future: [...future, last] }); go(last.before); };
  const redo = next === undefined || next.before !== text ? null : () => { setSteps({ past: [...past, next], future: future.slice(0, -1) }); go(next.after); };
  return { edit: make, change, steps: { undo, redo } };
}
