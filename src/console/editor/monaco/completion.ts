// Completions of the KQL worker as Monaco shows them: name, type and presence in one row, documentation beside it.
import * as monaco from 'monaco-editor/editor/editor.api';
import type { KqlClient, KqlCompletion, KqlMode } from '../../workers/kql/index.ts';
import { wantsMore } from './wants-more.ts';

const kinds: Readonly<Record<KqlCompletion['kind'], keyof typeof monaco.languages.CompletionItemKind>> = {
  table: 'Struct', column: 'Field', attribute: 'Property', function: 'Function', aggregate: 'Method', sink: 'Event', operator: 'Operator', keyword: 'Keyword', value: 'Value', snippet: 'Snippet',
};

export async function provideCompletions(model: monaco.editor.ITextModel, position: monaco.Position, kql: KqlClient, mode: KqlMode): Promise<monaco.languages.CompletionList> {
  const offset = model.getOffsetAt(position);
  const text = model.getValue();
  const found = await kql.complete(text, offset, mode);
  return { suggestions: found.map((completion, index) => toItem(model, completion, index, text.slice(completion.start, offset))) };
}

/** Text with places to fill in, or with one for the cursor inside it, is a snippet, in which three characters are special. */
function insertion({ insertText, cursor, template }: KqlCompletion): Pick<monaco.languages.CompletionItem, 'insertText' | 'insertTextRules'> {
  if (template !== undefined) return { insertText: template, insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet };
  if (cursor >= insertText.length) return { insertText };
  const plain = (text: string) => text.replace(/[\\$}]/g, '\\$&');
  return { insertText: `${plain(insertText.slice(0, cursor))}$0${plain(insertText.slice(cursor))}`, insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet };
}

function toItem(model: monaco.editor.ITextModel, completion: KqlCompletion, index: number, typed: string): monaco.languages.CompletionItem {
  return {
    label: { label: completion.label, description: completion.detail },
    kind: monaco.languages.CompletionItemKind[kinds[completion.kind]],
    ...insertion(completion),
    ...(wantsMore(completion) && { command: { id: 'editor.action.triggerSuggest', title: '' } }),
    // Monaco matches against all that is replaced, the dot or bracket before a key included.
    filterText: (/^\W*/.exec(typed)?.[0] ?? '') + completion.label,
    // The worker's order is by likelihood; Monaco sorts by this among equal matches.
    sortText: String(index).padStart(5, '0'),
    ...(completion.documentation === '' ? {} : { documentation: { value: completion.documentation } }),
    range: monaco.Range.fromPositions(model.getPositionAt(completion.start), model.getPositionAt(completion.end)),
  };
}
