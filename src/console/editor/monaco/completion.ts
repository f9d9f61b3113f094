// Completions of the KQL worker as Monaco shows them: name, type and presence in one row, documentation beside it.
import * as monaco from 'monaco-editor/editor/editor.api';
import type { KqlClient, KqlCompletion, KqlMode } from '../../workers/kql/index.ts';

const kinds: Readonly<Record<KqlCompletion['kind'], keyof typeof monaco.languages.CompletionItemKind>> = {
  table: 'Struct', column: 'Field', attribute: 'Property', function: 'Function', aggregate: 'Method', sink: 'Event', operator: 'Operator', keyword: 'Keyword', value: 'Value',
};

export async function provideCompletions(model: monaco.editor.ITextModel, position: monaco.Position, kql: KqlClient, mode: KqlMode): Promise<monaco.languages.CompletionList> {
  const offset = model.getOffsetAt(position);
  const found = await kql.complete(model.getValue(), offset, mode);
  return { suggestions: found.map((completion, index) => toItem(model, completion, index)) };
}

function toItem(model: monaco.editor.ITextModel, completion: KqlCompletion, index: number): monaco.languages.CompletionItem {
  return {
    label: { label: completion.label, description: completion.detail },
    kind: monaco.languages.CompletionItemKind[kinds[completion.kind]],
    insertText: completion.insertText,
    // The worker's order is by likelihood; Monaco sorts by this among equal matches.
    sortText: String(index).padStart(5, '0'),
    ...(completion.documentation === '' ? {} : { documentation: { value: completion.documentation } }),
    range: monaco.Range.fromPositions(model.getPositionAt(completion.start), model.getPositionAt(completion.end)),
  };
}
