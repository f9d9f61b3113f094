// One Monaco editor in one element, behind the engine's port.
import * as monaco from 'monaco-editor/editor/editor.api';
import type { EditorOptions, MountedEditor } from '../engine.ts';
import { hintDecorations, showMarkers } from './diagnostics.ts';
import { attachService, languageId } from './language.ts';
import { monacoOptions } from './options.ts';
import { doubledPipe } from './pipe.ts';

export function mountEditor(host: HTMLElement, options: EditorOptions): MountedEditor {
  const model = monaco.editor.createModel(tidy(options.value, options.singleLine), languageId);
  model.setEOL(monaco.editor.EndOfLineSequence.LF);
  attachService(model, { kql: options.kql, mode: options.mode });
  const editor = monaco.editor.create(host, { ...monacoOptions(options), model });
  const hints = editor.createDecorationsCollection();
  let settingValue = false;
  const replace = (value: string) => {
    settingValue = true;
    editor.pushUndoStop();
    editor.executeEdits('weir', [{ range: model.getFullModelRange(), text: value, forceMoveMarkers: true }]);
    editor.pushUndoStop();
    settingValue = false;
  };
  model.onDidChangeContent(event => {
    if (settingValue) return;
    if (event.changes.length === 1 && event.changes[0]!.text === '|' && !event.isUndoing && !event.isRedoing) queueMicrotask(() => mergePipes(editor));
    const text = model.getValue();
    const wanted = tidy(text, options.singleLine);
    if (wanted !== text) { const caret = editor.getPosition(); replace(wanted); if (caret !== null) editor.setPosition(model.validatePosition(caret)); }
    options.onChange(wanted);
  });
  bindKeys(editor, options);
  return {
    setValue: value => {
      if (model.getValue() === value) return;
      // Read-only editors refuse edits, and their text still follows the page.
      if (editor.getOption(monaco.editor.EditorOption.readOnly)) { settingValue = true; model.setValue(value); settingValue = false; } else replace(value);
    },
    setDiagnostics: diagnostics => { showMarkers(model, diagnostics); hints.set(options.singleLine ? [] : hintDecorations(model, diagnostics)); },
    setReadOnly: readOnly => editor.updateOptions({ readOnly }),
    focus: () => editor.focus(),
    reveal: (start, end) => {
      const range = monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
      editor.setSelection(range);
      editor.revealRangeInCenterIfOutsideViewport(range);
      editor.focus();
    },
    dispose: () => { editor.dispose(); model.dispose(); },
  };
}

const tidy = (text: string, singleLine: boolean) => singleLine ? text.replace(/\s*[\r\n]+\s*/g, ' ') : text.replace(/\r\n?/g, '\n');

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
  // Tab takes the first completion when none is chosen yet; Enter in a single line applies unless one is chosen.
  editor.addAction({ id: 'weir.take-first', label: 'Take the first completion', keybindings: [monaco.KeyCode.Tab], precondition: 'suggestWidgetVisible && !suggestWidgetHasFocusedSuggestion', run: () => { editor.trigger('weir', 'selectFirstSuggestion', null); editor.trigger('weir', 'acceptSelectedSuggestion', null); } });
  if (!options.singleLine) return;
  editor.addAction({ id: 'weir.apply', label: 'Apply', keybindings: [monaco.KeyCode.Enter], precondition: '!suggestWidgetVisible || !suggestWidgetHasFocusedSuggestion', run: () => { editor.trigger('weir', 'hideSuggestWidget', null); options.onSubmit(); } });
}
