// Source of a running program in Monaco, read-only, with a gutter to click.
import * as monaco from 'monaco-editor/editor/editor.api';
import 'monaco-editor/languages/definitions/typescript/register';
import { typescriptDefaults } from 'monaco-editor/languages/features/typescript/register';
import type { CodeMarks, CodeOptions, MountedCode } from '../engine.ts';

// Colours alone: the source is somebody's program, whose types and modules are not here.
typescriptDefaults.setModeConfiguration({});
typescriptDefaults.setDiagnosticsOptions({ noSemanticValidation: true, noSyntaxValidation: true, noSuggestionDiagnostics: true });

export function mountCode(host: HTMLElement, { path, text, label, onLine }: CodeOptions): MountedCode {
  const model = monaco.editor.createModel(text, /\.(?:[cm]?[jt]sx?)$|^$/.test(path) || !path.includes('.') ? 'typescript' : 'plaintext');
  const editor = monaco.editor.create(host, {
    model, readOnly: true, domReadOnly: true, ariaLabel: label, glyphMargin: true, lineNumbersMinChars: 4, lineDecorationsWidth: 6, folding: false, fontSize: 12, lineHeight: 20, fontLigatures: false, automaticLayout: true,
    minimap: { enabled: false }, scrollBeyondLastLine: false, contextmenu: false, stickyScroll: { enabled: true, maxLineCount: 3 }, overviewRulerLanes: 0, occurrencesHighlight: 'singleFile', links: false, padding: { top: 6, bottom: 6 },
    renderLineHighlight: 'line', wordWrap: 'off', unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false }, fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono').trim() || 'monospace', tabFocusMode: true,
  });
  const marks = editor.createDecorationsCollection();
  const pressed = editor.onMouseDown(({ target }) => {
    const inGutter = target.type === monaco.editor.MouseTargetType.GUTTER_GLYPH_MARGIN || target.type === monaco.editor.MouseTargetType.GUTTER_LINE_NUMBERS;
    if (inGutter && target.position !== null) onLine(target.position.lineNumber);
  });
  const choose = (): void => { const line = editor.getPosition()?.lineNumber; if (line !== undefined) onLine(line); };
  editor.addAction({ id: 'weir.probe-line', label: 'Put a probe on this line', keybindings: [monaco.KeyCode.F9, monaco.KeyCode.Enter], run: choose });
  // A box that has just appeared, or gets another size, has no say about what is in view until it is laid out.
  // One that was there moves no further than it must.
  let [wanted, hadRoom]: [number | null, boolean] = [null, false];
  const laidOut = editor.onDidLayoutChange(({ height }) => {
    if (wanted !== null && hadRoom) editor.revealLine(wanted, monaco.editor.ScrollType.Immediate);
    else if (wanted !== null) editor.revealLineInCenterIfOutsideViewport(wanted);
    hadRoom = height > 0;
  });
  return {
    setMarks: next => { marks.set(decorations(model, next)); },
    reveal: line => { wanted = line; editor.revealLineInCenterIfOutsideViewport(line); editor.setPosition({ lineNumber: line, column: 1 }); },
    dispose: () => { pressed.dispose(); laidOut.dispose(); editor.dispose(); model.dispose(); },
  };
}

function decorations(model: monaco.editor.ITextModel, { stops, chosen, notes }: CodeMarks): monaco.editor.IModelDeltaDecoration[] {
  const lines = model.getLineCount();
  const at = (line: number) => new monaco.Range(line, 1, line, 1);
  const end = (line: number) => { const column = model.getLineMaxColumn(line); return new monaco.Range(line, column, line, column); };
  return [
    ...stops.filter(line => line <= lines && line !== chosen).map(line => ({ range: at(line), options: { glyphMarginClassName: 'code-stop', glyphMarginHoverMessage: { value: 'Put a probe here' } } })),
    ...(chosen === null || chosen > lines ? [] : [{ range: at(chosen), options: { isWholeLine: true, className: 'code-chosen-line', glyphMarginClassName: 'code-chosen' } }]),
    ...notes.filter(({ line }) => line <= lines).map(({ line, text, tone }) => ({ range: end(line), options: { showIfCollapsed: true, after: { content: `  ${text}`, inlineClassName: `code-note ${tone}` }, ...(line === chosen || tone === 'value' ? {} : { glyphMarginClassName: 'code-probe' }) } })),
  ];
}
