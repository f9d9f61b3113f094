// An engine of one textarea and no colours: what tests type into, and what a person gets when Monaco cannot load.
import { withEdits } from './text-edits.ts';
import type { DiffOptions, EditorEngine, EditorOptions, MountedDiff, MountedEditor } from './engine.ts';

export const plainEngine: EditorEngine = { mountEditor, mountDiff };

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
  const update = (original: string, modified: string) => { before.textContent = original; after.textContent = modified; };
  update(options.original, options.modified);
  return { update, dispose: () => pane.remove() };
}
