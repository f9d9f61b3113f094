// An engine of one textarea and no colours: what tests type into, and what a person gets when Monaco cannot load.
import { withEdits } from './text-edits.ts';
import type { CodeMarks, CodeOptions, DiffOptions, EditorEngine, EditorOptions, MountedCode, MountedDiff, MountedEditor } from './engine.ts';

export const plainEngine: EditorEngine = { mountEditor, mountDiff, mountCode };

function mountEditor(host: HTMLElement, options: EditorOptions): MountedEditor {
  const box = document.createElement('textarea');
  box.className = 'kql-plain';
  box.rows = options.singleLine ? 1 : 8;
  box.spellcheck = false;
  box.placeholder = options.placeholder;
  box.value = options.value;
  box.setAttribute('aria-label', options.label);
  box.addEventListener('input', () => {
    if (options.singleLine && box.value.includes('\n')) box.value = box.value.replaceAll('\n', ' ');
    options.onChange(box.value);
  });
  const caret = () => options.onCaret(box.selectionStart);
  box.addEventListener('keyup', caret);
  box.addEventListener('click', caret);
  box.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || !(options.singleLine || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    options.onSubmit();
  });
  host.append(box);
  return {
    setValue: value => { if (box.value !== value) box.value = value; },
    applyEdits: edits => { box.value = withEdits(box.value, edits); options.onChange(box.value); },
    setHighlight: () => undefined,
    setDiagnostics: diagnostics => box.setAttribute('aria-invalid', String(diagnostics.some(d => d.severity === 'error'))),
    setReadOnly: readOnly => { box.readOnly = readOnly; },
    focus: () => box.focus(),
    reveal: (start, end) => { box.focus(); box.setSelectionRange(start, end); },
    dispose: () => box.remove(),
  };
}

function mountDiff(host: HTMLElement, options: DiffOptions): MountedDiff {
  const pane = document.createElement('div');
  pane.className = 'kql-plain-diff';
  pane.setAttribute('role', 'group');
  pane.setAttribute('aria-label', options.label);
  const before = document.createElement('pre');
  const after = document.createElement('pre');
  pane.append(before, after);
  host.append(pane);
  const update = (original: string, modified: string) => { before.textContent = original; after.textContent = modified; options.onDifferences(placesThatDiffer(original.split('\n'), modified.split('\n'))); };
  update(options.original, options.modified);
  return { update, go: () => after.scrollIntoView({ block: 'nearest' }), dispose: () => pane.remove() };
}

/** Runs of lines that are not alike, line by line: this engine compares no better. */
function placesThatDiffer(before: readonly string[], after: readonly string[]): number {
  const differs = (at: number) => at >= 0 && before[at] !== after[at];
  let places = 0;
  for (let at = 0; at < Math.max(before.length, after.length); at++) if (differs(at) && !differs(at - 1)) places++;
  return places;
}

/** A list of lines; those at which something can be put are buttons. */
function mountCode(host: HTMLElement, { text, label, onLine }: CodeOptions): MountedCode {
  const list = document.createElement('ol');
  list.className = 'code-plain';
  list.setAttribute('aria-label', label);
  const lines = text.split('\n').map((line, index) => lineOf(line, index + 1, onLine));
  list.append(...lines.map(({ item }) => item));
  host.append(list);
  const setMarks = ({ stops, chosen, notes }: CodeMarks): void => {
    for (const { number, button, note } of lines) {
      button.disabled = !stops.includes(number);
      button.setAttribute('aria-pressed', String(number === chosen));
      note.textContent = notes.filter(({ line }) => line === number).map(one => ` ${one.text}`).join('');
    }
  };
  return { setMarks, reveal: line => { lines[line - 1]?.item.scrollIntoView?.({ block: 'nearest' }); }, dispose: () => list.remove() };
}

function lineOf(text: string, number: number, onLine: (line: number) => void) {
  const [item, button, code, note] = [document.createElement('li'), document.createElement('button'), document.createElement('code'), document.createElement('span')];
  button.type = 'button';
  button.textContent = String(number);
  button.setAttribute('aria-label', `Line ${number}`);
  button.addEventListener('click', () => onLine(number));
  code.textContent = text;
  item.append(button, code, note);
  return { item, button, note, number };
}
