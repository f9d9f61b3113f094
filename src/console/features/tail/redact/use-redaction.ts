// The one way from the tail into the dialog: from a selection, a field or a record, by mouse or by Shift R.
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { TailRow } from '../../../workers/tail/index.ts';
import { useTailClient } from '../services.tsx';
import type { FieldPlace } from '../words/kql-text.ts';
import { fieldRef, sameField, type FieldRef, type RedactTarget } from './target.ts';
import { pointedMark, readSelection, useTextSelection, type PointedText } from './use-text-selection.ts';

/** @param shown the row of the detail pane */
export function useRedaction(shown: TailRow | null) {
  const client = useTailClient();
  const root = useRef<HTMLDivElement>(null);
  const pointed = useTextSelection(root);
  const [target, setTarget] = useState<RedactTarget | null>(null);
  const opener = useRef<Element | null>(null);
  const open = (row: TailRow, field: FieldRef | null, selection: string | null) => { opener.current = document.activeElement; setTarget({ row, field, selection }); };
  const openPointed = (at: PointedText) => {
    if (at.rowId === null || at.rowId === shown?.id) { if (shown !== null) open(shown, at.field, at.text); return; }
    void client.record(at.rowId).then((row) => { if (row !== null) open(row, at.field, at.text); });
  };
  const selected = () => { const at = readSelection(root.current) ?? pointed; if (at !== null) openPointed(at); };
  const byKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'R' || !event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || target !== null || isTyping(event.target)) return;
    const at = readSelection(root.current);
    if (at === null) return;
    event.preventDefault();
    event.stopPropagation();
    openPointed(at);
  });
  const byClick = useEffectEvent((event: MouseEvent) => {
    const mark = event.target instanceof Element ? event.target.closest('mark.tail-found') : null;
    if (mark === null || target !== null || root.current?.contains(mark) !== true || document.getSelection()?.isCollapsed === false) return;
    const at = pointedMark(mark);
    if (at !== null) openPointed(at);
  });
  useEffect(() => {
    const clicked = (event: MouseEvent) => byClick(event);
    window.addEventListener('click', clicked);
    return () => window.removeEventListener('click', clicked);
  }, []);
  useEffect(() => {
    const listener = (event: KeyboardEvent) => byKey(event);
    // A selection goes before the keys of the list and of a field.
    window.addEventListener('keydown', listener, { capture: true });
    return () => window.removeEventListener('keydown', listener, { capture: true });
  }, []);
  return {
    root, target, pointed: target === null ? pointed : null, selected,
    close: () => { setTarget(null); returnFocus(opener.current); },
    /** What is selected in the record counts. */
    record: (row: TailRow) => {
      const at = readSelection(root.current);
      const here = at !== null && (at.rowId ?? shown?.id) === row.id ? at : null;
      open(row, here?.field ?? null, here?.text ?? null);
    },
    /** Of the record in the detail pane; what is selected in that field counts. */
    field: (place: FieldPlace, name: string) => {
      if (shown === null) return;
      const field = fieldRef(place, name);
      const at = readSelection(root.current);
      open(shown, field, at !== null && sameField(at.field, field) ? at.text : null);
    },
  };
}

/** After the dialog has gone; not when the focus went elsewhere meanwhile. */
function returnFocus(to: Element | null): void {
  setTimeout(() => { if (document.activeElement === document.body && to instanceof HTMLElement) to.focus(); }, 50);
}

const isTyping = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('input, textarea, [contenteditable=true], .monaco-editor') !== null;
