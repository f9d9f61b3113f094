// Monaco's colours, read from the design tokens in force and read again when the page's theme switches.
import * as monaco from 'monaco-editor/editor/editor.api';

const themeName = 'weir';
/** Token type → the design token that colours it. */
const syntax: Readonly<Record<string, string>> = {
  // `type` is what Monaco's YAML calls a key.
  '': '--text-1', table: '--syn-table', type: '--syn-table', keyword: '--syn-keyword', function: '--syn-sink', sink: '--syn-sink', string: '--syn-string',
  number: '--syn-number', comment: '--syn-comment', column: '--text-1', operator: '--text-1', punctuation: '--text-2', 'delimiter': '--text-2',
};
/** Monaco colour id → design token, with an optional alpha as two hex digits. */
const chrome: Readonly<Record<string, string | readonly [string, string]>> = {
  'editor.background': '--bg-0', 'editor.foreground': '--text-1', 'editorLineNumber.foreground': '--text-3', 'editorLineNumber.activeForeground': '--text-1',
  'editorCursor.foreground': '--accent', 'editor.selectionBackground': '--select-text', 'editor.inactiveSelectionBackground': '--bg-4',
  'editor.lineHighlightBackground': '--bg-1', 'editor.lineHighlightBorder': ['--bg-0', '00'], 'editorBracketMatch.background': '--bg-4', 'editorBracketMatch.border': '--line-3',
  'editorWidget.background': '--bg-pop', 'editorWidget.foreground': '--text-1', 'editorWidget.border': '--line-2',
  'editorSuggestWidget.background': '--bg-pop', 'editorSuggestWidget.border': '--line-2', 'editorSuggestWidget.foreground': '--text-1',
  'editorSuggestWidget.selectedBackground': '--accent-bg', 'editorSuggestWidget.selectedForeground': '--text-1', 'editorSuggestWidget.selectedIconForeground': '--accent',
  'editorSuggestWidget.highlightForeground': '--accent', 'editorSuggestWidget.focusHighlightForeground': '--accent', 'editorSuggestWidgetStatus.foreground': '--text-3',
  'list.hoverBackground': '--bg-3', 'list.focusBackground': '--accent-bg',
  'editorHoverWidget.background': '--bg-pop', 'editorHoverWidget.border': '--line-2', 'editorHoverWidget.foreground': '--text-1',
  'editorError.foreground': '--danger', 'editorWarning.foreground': '--attn', 'editorInfo.foreground': '--info',
  'input.background': '--bg-0', 'input.border': '--line-3', 'input.foreground': '--text-1', 'focusBorder': '--accent', 'widget.shadow': ['--bg-0', '00'],
  'editor.placeholder.foreground': '--text-3', 'scrollbarSlider.background': ['--line-3', '55'], 'scrollbarSlider.hoverBackground': ['--line-3', '99'], 'scrollbarSlider.activeBackground': ['--line-3', 'cc'],
  'editorBracketHighlight.foreground1': '--text-2', 'editorBracketHighlight.foreground2': '--text-2', 'editorBracketHighlight.foreground3': '--text-2', 'editorBracketHighlight.unexpectedBracket.foreground': '--danger',
  'diffEditor.insertedLineBackground': ['--accent', '22'], 'diffEditor.insertedTextBackground': ['--accent', '3a'],
  'diffEditor.removedLineBackground': ['--cat-6', '22'], 'diffEditor.removedTextBackground': ['--cat-6', '44'], 'diffEditor.diagonalFill': '--line-1',
};

/** Defines and applies the theme now and at every switch of `data-theme`. Call once. */
export function followPageTheme(): void {
  const apply = () => { monaco.editor.defineTheme(themeName, readTheme()); monaco.editor.setTheme(themeName); };
  apply();
  new MutationObserver(apply).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  // Characters are measured with the font at hand; measure again when the web font has arrived.
  void document.fonts.ready.then(() => monaco.editor.remeasureFonts());
}

function readTheme(): monaco.editor.IStandaloneThemeData {
  const style = getComputedStyle(document.documentElement);
  const hex = (token: string) => sixDigits(style.getPropertyValue(token).trim());
  const colors: Record<string, string> = {};
  for (const [id, source] of Object.entries(chrome)) {
    const [token, alpha] = typeof source === 'string' ? [source, ''] as const : source;
    const colour = hex(token);
    if (colour !== null) colors[id] = colour + alpha;
  }
  const rules = Object.entries(syntax).flatMap(([token, source]) => { const foreground = hex(source); return foreground === null ? [] : [{ token, foreground: foreground.slice(1) }]; });
  return { base: baseTheme(document.documentElement.dataset['theme']), inherit: true, rules, colors };
}

const baseTheme = (theme: string | undefined): monaco.editor.BuiltinTheme => theme === 'light' ? 'vs' : theme === 'contrast' ? 'hc-black' : 'vs-dark';

/** "#rgb" and "#rrggbb" as "#rrggbb"; null for what is not a hex colour. */
function sixDigits(colour: string): string | null {
  if (/^#[0-9a-f]{6}$/i.test(colour)) return colour;
  return /^#[0-9a-f]{3}$/i.test(colour) ? `#${Array.from(colour.slice(1), digit => digit + digit).join('')}` : null;
}
