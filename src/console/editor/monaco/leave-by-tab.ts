// Tab indents in a box of many lines, so a person at the keyboard needs a way out: Escape, when there is nothing else to close, and
// the next Tab (or Shift Tab) leaves the box. Any other key, or leaving, makes Tab indent again.
import * as monaco from 'monaco-editor/editor/editor.api';

/** What Escape closes first. */
const nothingOpen = ['suggestWidgetVisible', 'parameterHintsVisible', 'findWidgetVisible', 'markersNavigationVisible', 'inSnippetMode', 'codeActionMenuVisible', 'editorHasMultipleSelections'].map(key => `!${key}`).join(' && ');
const holding: ReadonlySet<monaco.KeyCode> = new Set([monaco.KeyCode.Tab, monaco.KeyCode.Shift, monaco.KeyCode.Escape]);

/** @param host is marked `data-leaving` while Tab would leave. */
export function leaveByTab(editor: monaco.editor.IStandaloneCodeEditor, host: HTMLElement): readonly monaco.IDisposable[] {
  const set = (leaving: boolean) => {
    if ((host.dataset['leaving'] !== undefined) === leaving) return;
    editor.updateOptions({ tabFocusMode: leaving });
    if (leaving) host.dataset['leaving'] = ''; else delete host.dataset['leaving'];
  };
  host.querySelector('textarea, .native-edit-context')?.setAttribute('aria-description', 'Escape, then Tab leaves the text.');
  return [
    editor.addAction({ id: 'weir.leave-by-tab', label: 'Let Tab leave the text', keybindings: [monaco.KeyCode.Escape], precondition: nothingOpen, run: () => { editor.trigger('weir', 'cancelSelection', null); set(true); } }),
    editor.onKeyDown(event => { if (!holding.has(event.keyCode)) set(false); }),
    editor.onDidBlurEditorText(() => set(false)),
  ];
}
