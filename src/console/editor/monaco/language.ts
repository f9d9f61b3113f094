// The language "kql" for Monaco: instant rough colours here, everything exact from the KQL worker of each model.
import * as monaco from 'monaco-editor/editor/editor.api';
import type { KqlClient, KqlMode } from '../../workers/kql/index.ts';
import { provideCompletions } from './completion.ts';
import { provideFixes } from './quick-fixes.ts';
import { encodeSemanticTokens, tokenTypes } from './semantic-tokens.ts';

export const languageId = 'kql';

interface ModelService { readonly kql: KqlClient; readonly mode: KqlMode }
const services = new WeakMap<monaco.editor.ITextModel, ModelService>();

/** Says which KQL service answers for a model, and what its text is for. */
export function attachService(model: monaco.editor.ITextModel, service: ModelService): void {
  services.set(model, service);
}

/** Call once, before the first model is made. */
export function registerLanguage(): void {
  const { languages } = monaco;
  languages.register({ id: languageId });
  languages.setLanguageConfiguration(languageId, {
    comments: { lineComment: '//' },
    brackets: [['(', ')'], ['[', ']'], ['{', '}']],
    autoClosingPairs: [{ open: '(', close: ')' }, { open: '[', close: ']' }, { open: '{', close: '}' }, { open: '"', close: '"', notIn: ['string', 'comment'] }, { open: "'", close: "'", notIn: ['string', 'comment'] }],
    wordPattern: /[A-Za-z_][\w-]*/,
  });
  languages.setMonarchTokensProvider(languageId, roughColours);
  languages.registerCompletionItemProvider(languageId, { triggerCharacters: ['.', ' ', '|', '(', '[', '"', "'"], provideCompletionItems: (model, position) => withService(model, service => provideCompletions(model, position, service.kql, service.mode)) });
  languages.registerHoverProvider(languageId, { provideHover });
  languages.registerSignatureHelpProvider(languageId, { signatureHelpTriggerCharacters: ['(', ','], signatureHelpRetriggerCharacters: [')'], provideSignatureHelp });
  languages.registerCodeActionProvider(languageId, { provideCodeActions: provideFixes });
  languages.registerDocumentFormattingEditProvider(languageId, { displayName: 'KQL', provideDocumentFormattingEdits: provideFormat });
  languages.registerDocumentSemanticTokensProvider(languageId, { getLegend: () => ({ tokenTypes: [...tokenTypes], tokenModifiers: [] }), provideDocumentSemanticTokens: provideColours, releaseDocumentSemanticTokens: () => undefined });
}

/** A service that fails leaves the box as it is: text, rough colours and typing go on. */
async function withService<T>(model: monaco.editor.ITextModel, ask: (service: ModelService) => Promise<T>): Promise<T | null> {
  const service = services.get(model);
  if (service === undefined) return null;
  try { return await ask(service); } catch { return null; }
}

const provideHover = (model: monaco.editor.ITextModel, position: monaco.Position) => withService(model, async ({ kql, mode }) => {
  const found = await kql.hover(model.getValue(), model.getOffsetAt(position), mode);
  if (found === null || found.text === '') return null;
  return { contents: [{ value: found.text }], range: monaco.Range.fromPositions(model.getPositionAt(found.start), model.getPositionAt(found.end)) };
});

const provideSignatureHelp = (model: monaco.editor.ITextModel, position: monaco.Position) => withService(model, async ({ kql, mode }) => {
  const found = await kql.signature(model.getValue(), model.getOffsetAt(position), mode);
  if (found === null) return null;
  // Under a filter stand the records that are looked for: there the help is one line. The rest is with the list of what can be written, and under the pointer.
  const explained = (text: string): { readonly documentation?: monaco.IMarkdownString } => (mode === 'filter' ? {} : { documentation: { value: text } });
  const signature = { label: found.label, ...explained(found.documentation), parameters: found.parameters.map(({ label, documentation }) => ({ label, ...explained(documentation) })) };
  return { value: { signatures: [signature], activeSignature: 0, activeParameter: found.active ?? 0 }, dispose: () => undefined };
});

const provideFormat = (model: monaco.editor.ITextModel) => withService(model, async ({ kql }) => {
  const text = model.getValue();
  const formatted = await kql.format(text);
  return formatted === text || model.getValue() !== text ? [] : [{ range: model.getFullModelRange(), text: formatted }];
});

const provideColours = (model: monaco.editor.ITextModel) => withService(model, async ({ kql, mode }) => {
  const text = model.getValue();
  return { data: encodeSemanticTokens(text, await kql.tokens(text, mode)) };
});

const roughColours: monaco.languages.IMonarchLanguage = {
  tables: ['Logs', 'Spans', 'Metrics', 'source'],
  keywords: ['where', 'extend', 'project', 'project-away', 'project-rename', 'project-keep', 'summarize', 'by', 'invoke', 'and', 'or', 'in', 'has', 'contains', 'startswith', 'endswith', 'between', 'matches', 'regex', 'let', 'distinct', 'take', 'top', 'sort', 'count', 'true', 'false'],
  tokenizer: {
    root: [
      [/\/\/.*$/, 'comment'],
      [/"(?:[^"\\]|\\.)*"?/, 'string'],
      [/'(?:[^'\\]|\\.)*'?/, 'string'],
      [/\d+(?:\.\d+)?(?:ms|microsecond|tick|s|m|h|d)?\b/, 'number'],
      [/[A-Za-z_][\w]*(?:-(?:away|rename|keep))?/, { cases: { '@tables': 'table', '@keywords': 'keyword', '@default': 'column' } }],
      [/[|()[\]{},.;]/, 'punctuation'],
    ],
  },
};
