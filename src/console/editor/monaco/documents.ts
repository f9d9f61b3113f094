// Texts that outlive their boxes: a person who leaves a rule and comes back finds the caret, the scroll and the undo where
// they were. The most recent ones are kept.
import * as monaco from 'monaco-editor/editor/editor.api';

const maxKept = 24;

interface Document { readonly model: monaco.editor.ITextModel; view: monaco.editor.ICodeEditorViewState | null; shown: boolean }
const kept = new Map<string, Document>();

export interface OpenDocument {
  readonly model: monaco.editor.ITextModel;
  readonly view: monaco.editor.ICodeEditorViewState | null;
  /** The box goes: the document stays, or ends when nobody named it. */
  close(view: monaco.editor.ICodeEditorViewState | null): void;
}

/** @param id null, or a name that no other open box has: a second box of the name gets a document of its own. */
export function openDocument(id: string | null, language: string, value: string): OpenDocument {
  const known = id === null ? undefined : kept.get(`${language}:${id}`);
  if (id === null || known?.shown === true) { const model = newModel(language, value); return { model, view: null, close: () => model.dispose() }; }
  const document = known ?? { model: newModel(language, value), view: null, shown: false };
  document.shown = true;
  keep(`${language}:${id}`, document);
  return { model: document.model, view: document.view, close: view => { document.view = view; document.shown = false; } };
}

function newModel(language: string, value: string): monaco.editor.ITextModel {
  const model = monaco.editor.createModel(value, language);
  model.setEOL(monaco.editor.EndOfLineSequence.LF);
  return model;
}

/** Makes it the most recent; past the bound the oldest that no box shows goes. */
function keep(key: string, document: Document): void {
  kept.delete(key);
  kept.set(key, document);
  if (kept.size <= maxKept) return;
  for (const [old, { model, shown }] of kept) if (!shown) { kept.delete(old); model.dispose(); return; }
}
