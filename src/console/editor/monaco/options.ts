// How a KQL box looks and behaves in Monaco, as a page of code and as one line.
import * as monaco from 'monaco-editor/editor/editor.api';
import type { EditorOptions } from '../engine.ts';

type Options = monaco.editor.IStandaloneEditorConstructionOptions;

const shared: Options = {
  fontSize: 12, lineHeight: 20, fontLigatures: false, automaticLayout: true, minimap: { enabled: false }, fixedOverflowWidgets: true,
  scrollBeyondLastLine: false, renderFinalNewline: 'on', overviewRulerLanes: 0, overviewRulerBorder: false, hideCursorInOverviewRuler: true, contextmenu: false, guides: { indentation: false },
  stickyScroll: { enabled: false }, occurrencesHighlight: 'off', wordBasedSuggestions: 'off', quickSuggestions: { other: true, strings: true, comments: false }, quickSuggestionsDelay: 40,
  // Behind typed letters the first is chosen, so that Enter takes it; a list that opened by itself chooses nothing, and Enter is a new line.
  suggest: { showStatusBar: true, preview: false, showIcons: true, selectionMode: 'whenQuickSuggestion' },
  'semanticHighlighting.enabled': true, lightbulb: { enabled: monaco.editor.ShowLightbulbIconMode.OnCode }, cursorBlinking: 'solid', cursorWidth: 2, unicodeHighlight: { ambiguousCharacters: false }, links: false,
};
const code: Options = { lineNumbersMinChars: 3, lineDecorationsWidth: 12, glyphMargin: false, folding: false, padding: { top: 6, bottom: 22 }, wordWrap: 'on', wrappingIndent: 'indent', renderLineHighlight: 'line', tabSize: 2, hover: { delay: 250, above: false } };
const line: Options = {
  lineNumbers: 'off', glyphMargin: false, folding: false, lineDecorationsWidth: 0, lineNumbersMinChars: 0, renderLineHighlight: 'none', wordWrap: 'off', tabFocusMode: true,
  scrollbar: { horizontal: 'hidden', vertical: 'hidden', handleMouseWheel: false, alwaysConsumeMouseWheel: false }, padding: { top: 3, bottom: 3 }, matchBrackets: 'never',
  // As in a page of code; what is whole already is not taken again, so that Enter applies it.
  suggest: { showStatusBar: false, preview: false, showIcons: true, selectionMode: 'whenQuickSuggestion' }, acceptSuggestionOnEnter: 'smart', find: { addExtraSpaceOnTop: false, autoFindInSelection: 'never', seedSearchStringFromSelection: 'never' }, hover: { delay: 250, above: false }, scrollBeyondLastColumn: 2,
};

export function monacoOptions(options: EditorOptions): Options {
  return { ...shared, ...(options.singleLine ? line : code), ariaLabel: options.label, placeholder: options.placeholder, fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono').trim() || 'monospace' };
}
