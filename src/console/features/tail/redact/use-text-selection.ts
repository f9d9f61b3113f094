// Text that a person selected in one value of a record, a moment after the selection stands still. What spans two values is nothing.
import { useEffect, useState, type RefObject } from 'react';
import { fieldRef, type FieldRef } from './target.ts';
import type { FieldPlace } from '../words/kql-text.ts';

export interface PointedText {
  readonly field: FieldRef; readonly text: string;
  /** Of the row that it stands in; null in the detail pane. */
  readonly rowId: number | null;
  /** Where the button stands, in the window. */
  readonly left: number; readonly top: number;
}

const restMs = 80;
const longest = 2000;

export function useTextSelection(root: RefObject<HTMLElement | null>): PointedText | null {
  const [pointed, setPointed] = useState<PointedText | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const changed = () => { clearTimeout(timer); timer = setTimeout(() => setPointed(readSelection(root.current)), restMs); };
    document.addEventListener('selectionchange', changed);
    return () => { clearTimeout(timer); document.removeEventListener('selectionchange', changed); };
  }, [root]);
  return pointed;
}

export function readSelection(root: HTMLElement | null): PointedText | null {
  const selection = document.getSelection();
  const text = selection?.toString().trim() ?? '';
  if (root === null || selection === null || selection.rangeCount === 0 || text === '' || text.length > longest) return null;
  const value = valueOf(selection.anchorNode);
  if (value === null || !root.contains(value) || valueOf(selection.focusNode) !== value) return null;
  const { redactPlace, redactName = '' } = value.dataset;
  const row = value.closest('[role=row]')?.id ?? '';
  const range = selection.getRangeAt(0);
  const { left, bottom } = typeof range.getBoundingClientRect === 'function' ? range.getBoundingClientRect() : { left: 0, bottom: 0 };
  return { field: fieldRef(redactPlace as FieldPlace, redactName, pathOf(selection.anchorNode, value)), text, rowId: row.startsWith('tail-row-') ? Number(row.slice('tail-row-'.length)) : null, left, top: bottom + 4 };
}

/** What a detector found and the record marks, as if it were selected. Null outside of a value. */
export function pointedMark(mark: Element): PointedText | null {
  const value = valueOf(mark);
  const text = mark.textContent;
  if (value === null || text === '' || text.length > longest) return null;
  const { redactPlace, redactName = '' } = value.dataset;
  const row = value.closest('[role=row]')?.id ?? '';
  const { left, bottom } = mark.getBoundingClientRect();
  return { field: fieldRef(redactPlace as FieldPlace, redactName, pathOf(mark, value)), text, rowId: row.startsWith('tail-row-') ? Number(row.slice('tail-row-'.length)) : null, left, top: bottom + 4 };
}

const elementOf = (node: Node | null): HTMLElement | null => (node instanceof HTMLElement ? node : node?.parentElement ?? null);
const valueOf = (node: Node | null): HTMLElement | null => elementOf(node)?.closest<HTMLElement>('[data-redact-name]') ?? null;

/** From the value down to the text: the names of the fields on the way. */
function pathOf(node: Node | null, value: HTMLElement): readonly string[] {
  const path: string[] = [];
  for (let at = elementOf(node); at !== null && at !== value; at = at.parentElement) { const step = at.dataset['redactStep']; if (step !== undefined) path.unshift(step); }
  return path;
}
