// One Monaco editor in one element, behind the engine's port.
import * as monaco from 'monaco-editor/editor/editor.api';
import type { EditorOptions, MountedEditor } from '../engine.ts';
import { differenceOf } from '../text-edits.ts';
import type { TextEdit } from '../../../model/index.ts';
import { hintDecorations, showMarkers } from './diagnostics.ts';
import { openDocument } from './documents.ts';
import { attachService, languageId } from './language.ts';
import { declareWorld, javascriptId } from './javascript.ts';
import { leaveByTab } from './leave-by-tab.ts';
import { monacoOptions } from './options.ts';
import { doubledPipe } from './pipe.ts';
import { offerFixes } from './quick-fixes.ts';
import { attachHelp, yamlId } from './yaml.ts';

const languageIds: Readonly<Record<EditorOptions['language'], string>> = { kql: languageId, yaml: yamlId, javascript: javascriptId };

export function mountEditor(host: HTMLElement, options: EditorOptions): MountedEditor {
  const value = tidy(options.value, options.singleLine);
  if (options.types !== null) declareWorld(options.types);
  const document = openDocument(options.documentId, languageIds[options.language], value);
  const { model } = document;
  if (options.language === 'kql') attachService(model, { kql: options.kql, mode: options.mode });
  if (options.help !== null) attachHelp(model, options.help);
  const editor = monaco.editor.create(host, { ...monacoOptions(options), model });
  editor.restoreViewState(document.view);
  const text = new BoxText(editor, model);
  text.become(value);
  const hints = editor.createDecorationsCollection();
  const highlight = editor.createDecorationsCollection();
  const listening = [...listen(editor, model, text, options), ...(options.singleLine ? [] : leaveByTab(editor, host))];
  bindKeys(editor, options);
  return {
    setValue: next => text.become(next),
    applyEdits: edits => { text.apply(edits); options.onChange(model.getValue()); },
    setHighlight: range => { highlight.set(range === null ? [] : [wholeLines(model, range)]); },
    setDiagnostics: diagnostics => { showMarkers(model, diagnostics); offerFixes(model, diagnostics); hints.set(options.singleLine ? [] : hintDecorations(model, diagnostics)); },
    setReadOnly: readOnly => editor.updateOptions({ readOnly }),
    focus: () => editor.focus(),
    reveal: (start, end) => {
      const range = monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
      editor.setSelection(range);
      editor.revealRangeInCenterIfOutsideViewport(range);
      editor.focus();
    },
    dispose: () => { listening.forEach(one => one.dispose()); const view = editor.saveViewState(); editor.dispose(); document.close(view); },
  };
}

/** The text of a box as the page changes it: always by edits, so that undo reaches back over them. */
class BoxText {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #model: monaco.editor.ITextModel;
  /** True while the page writes: what happens then is no person's typing. */
  writing = false;

  constructor(editor: monaco.editor.IStandaloneCodeEditor, model: monaco.editor.ITextModel) { this.#editor = editor; this.#model = model; }

  /** Changes only what differs, so that the caret stays where the text stays. */
  become(value: string): void {
    const edit = differenceOf(this.#model.getValue(), value);
    if (edit !== null) this.apply([edit]);
  }

  apply(edits: readonly TextEdit[]): void {
    const at = (offset: number) => this.#model.getPositionAt(offset);
    const operations = edits.map(({ start, end, text }) => ({ range: monaco.Range.fromPositions(at(start), at(end)), text, forceMoveMarkers: true }));
    this.writing = true;
    this.#model.pushStackElement();
    this.#model.pushEditOperations(this.#editor.getSelections(), operations, () => null);
    this.#model.pushStackElement();
    this.writing = false;
  }
}

function listen(editor: monaco.editor.IStandaloneCodeEditor, model: monaco.editor.ITextModel, text: BoxText, options: EditorOptions): readonly monaco.IDisposable[] {
  const changed = model.onDidChangeContent(event => {
    if (text.writing) return;
    if (options.language === 'kql' && event.changes.length === 1 && event.changes[0]!.text === '|' && !event.isUndoing && !event.isRedoing) queueMicrotask(() => mergePipes(editor));
    const wanted = tidy(model.getValue(), options.singleLine);
    if (wanted !== model.getValue()) { const caret = editor.getPosition(); text.become(wanted); if (caret !== null) editor.setPosition(model.validatePosition(caret)); }
    options.onChange(wanted);
  });
  const moved = editor.onDidChangeCursorPosition(({ position }) => options.onCaret(model.getOffsetAt(position)));
  return [changed, moved];
}

const tidy = (text: string, singleLine: boolean) => singleLine ? text.replace(/\s*[\r\n]+\s*/g, ' ') : text.replace(/\r\n?/g, '\n');

function wholeLines(model: monaco.editor.ITextModel, { start, end }: { readonly start: number; readonly end: number }): monaco.editor.IModelDeltaDecoration {
  return { range: monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end)), options: { isWholeLine: true, className: 'kql-block-line' } };
}

/** Once a pipe was typed and the caret is behind it. */
function mergePipes(editor: monaco.editor.IStandaloneCodeEditor): void {
  const model = editor.getModel();
  const caret = editor.getPosition();
  if (model === null || caret === null) return;
  const older = doubledPipe(model.getLineContent(caret.lineNumber).slice(0, caret.column - 1));
  if (older !== null) editor.executeEdits('weir.pipe', [{ range: new monaco.Range(caret.lineNumber, older[0] + 1, caret.lineNumber, older[1] + 1), text: '' }]);
}

function bindKeys(editor: monaco.editor.IStandaloneCodeEditor, options: EditorOptions): void {
  editor.addAction({ id: 'weir.submit', label: 'Submit', keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter], run: () => options.onSubmit() });
  // Tab takes the first completion when none is chosen yet; Enter in a single line applies unless one is chosen that would change the text.
  editor.addAction({ id: 'weir.take-first', label: 'Take the first completion', keybindings: [monaco.KeyCode.Tab], precondition: 'suggestWidgetVisible && !suggestWidgetHasFocusedSuggestion', run: () => { editor.trigger('weir', 'selectFirstSuggestion', null); editor.trigger('weir', 'acceptSelectedSuggestion', null); } });
  if (!options.singleLine) return;
  editor.addAction({ id: 'weir.apply', label: 'Apply', keybindings: [monaco.KeyCode.Enter], precondition: '!suggestWidgetVisible || !suggestWidgetHasFocusedSuggestion || !suggestionMakesTextEdit', run: () => { editor.trigger('weir', 'hideSuggestWidget', null); options.onSubmit(); } });
}
