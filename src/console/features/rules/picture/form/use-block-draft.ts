// The fields of an open form between a person and the text. A change goes into the text at once when the fields are whole; until then it
// stays here. After an edit of our own the place of the body is known without asking the language service, so a form goes on while the
// text is broken elsewhere; after anybody else's edit (typing, undo) the form starts again from what the text says.
import { useEffect, useRef, useState } from 'react';
import { applyEdits, formEdits, isWhole, replaceBody, wholeForm, type BlockForm, type QueryBlock } from '../../../../../kql/index.ts';
import type { TextEdit } from '../../../../../model/index.ts';

interface Place { readonly text: string; readonly bodyStart: number; readonly bodyEnd: number }

export interface BlockDraft {
  readonly form: BlockForm | null;
  readonly body: string;
  /** The fields are not in the text: one is empty, or not whole. */
  readonly waiting: boolean;
  readonly setForm: (form: BlockForm) => void;
  readonly setBody: (body: string) => void;
}

/** `block` and `readText` are of the last reading; `text` is the editor's now; `start` is what the form shows first. */
export function useBlockDraft(block: QueryBlock, readText: string, text: string, onEdit: (edits: readonly TextEdit[]) => void, start: BlockForm | null = block.form): BlockDraft {
  const [form, setShown] = useState(start);
  const place = useRef<Place>({ text: readText, bodyStart: block.bodyStart, bodyEnd: block.bodyEnd });
  const held = useRef<((place: Place) => readonly TextEdit[]) | null>(null);

  const edit = (make: (place: Place) => readonly TextEdit[]): void => {
    if (place.current.text !== text) { held.current = make; return; }
    held.current = null;
    const edits = make(place.current);
    if (edits.length === 0) return;
    place.current = moved(place.current, edits);
    onEdit(edits);
  };
  useEffect(() => {
    if (readText !== text) return;
    if (place.current.text !== text && held.current === null) setShown(block.form);
    place.current = { text, bodyStart: block.bodyStart, bodyEnd: block.bodyEnd };
    if (held.current !== null) edit(held.current);
    // The place follows the reading; `edit` is made anew with each render and reads the newest.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [block, readText, text]);

  return {
    form, body: place.current.text.slice(place.current.bodyStart, place.current.bodyEnd), waiting: form !== null && !wholeForm(form),
    setForm: (next) => { setShown(next); if (wholeForm(next)) edit((at) => formEdits(at.text, at, next)); },
    setBody: (body) => { if (isWhole(body)) edit((at) => replaceBody(at.text, at, body)); },
  };
}

function moved({ text, bodyStart, bodyEnd }: Place, edits: readonly TextEdit[]): Place {
  const after = applyEdits(text, edits);
  const gap = bodyStart === bodyEnd && edits[0]?.text.startsWith(' ') === true ? 1 : 0;
  return { text: after, bodyStart: bodyStart + gap, bodyEnd: bodyEnd + after.length - text.length };
}
