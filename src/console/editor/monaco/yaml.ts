// YAML for Monaco: its own colours from the package; completion and hover from whoever opened the box (the schema of rule documents).
import * as monaco from 'monaco-editor/editor/editor.api';
import 'monaco-editor/languages/definitions/yaml/register';
import type { TextCompletion, TextHelp } from '../engine.ts';
import { provideFixes } from './quick-fixes.ts';

export const yamlId = 'yaml';
const helpOf = new WeakMap<monaco.editor.ITextModel, TextHelp>();

export function attachHelp(model: monaco.editor.ITextModel, help: TextHelp): void { helpOf.set(model, help); }

/** Call once, before the first model is made. */
export function registerYaml(): void {
  const { languages } = monaco;
  languages.registerCompletionItemProvider(yamlId, { triggerCharacters: [' ', ':', '-', '\n'], provideCompletionItems: (model, position) => {
    const found = helpOf.get(model)?.complete(model.getValue(), model.getOffsetAt(position)) ?? [];
    return { suggestions: found.map((one, index) => toItem(model, one, index)) };
  } });
  languages.registerHoverProvider(yamlId, { provideHover: (model, position) => {
    const found = helpOf.get(model)?.hover(model.getValue(), model.getOffsetAt(position)) ?? null;
    return found === null ? null : { contents: [{ value: found.text }], range: monaco.Range.fromPositions(model.getPositionAt(found.start), model.getPositionAt(found.end)) };
  } });
  languages.registerCodeActionProvider(yamlId, { provideCodeActions: provideFixes });
}

function toItem(model: monaco.editor.ITextModel, { label, insertText, detail, documentation, start, end }: TextCompletion, index: number): monaco.languages.CompletionItem {
  return {
    label: { label, description: detail }, kind: monaco.languages.CompletionItemKind.Property, insertText, sortText: String(index).padStart(5, '0'),
    ...(documentation === '' ? {} : { documentation: { value: documentation } }), range: monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end)),
  };
}
