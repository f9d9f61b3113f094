// Completion: the binder says which sorts of things may stand at a place and which columns are alive there; the catalogue and the live
// fields say the rest. What Weir does not run is never offered.
import type { CompileMode, DetectorInfo, KqlCompletion, KqlCompletionKind, LiveField } from '../language.ts';
import { aggregateByName, aggregates } from '../catalogue/aggregates.ts';
import { functions } from '../catalogue/functions.ts';
import { ownFunctions } from '../catalogue/own-functions.ts';
import { plainTemplate, ruleSnippets } from '../catalogue/snippets.ts';
import { operatorsOf } from '../catalogue/operators.ts';
import { binaryOperators, listOperators } from '../catalogue/scalar-operators.ts';
import { sinks, sinkSignature } from '../catalogue/sinks.ts';
import type { TableColumn, TableDefinition } from '../catalogue/tables.ts';
import { kqlName } from '../literals.ts';
import type { Analyser } from './analysis.ts';
import { attributeItems, bagKeyItems, detectorItems, valueItems } from './live-completion.ts';
import { lexemes } from './lexemes.ts';
import { items, type KustoCompletionItem } from './port.ts';
import { bagOf } from './scope.ts';
import { skipBlank, toText, type Source } from './source.ts';

/** What replaces [start, end) of the person's text. */
export interface Edit { readonly start: number; readonly end: number }

export function complete(analyser: Analyser, kinds: ReadonlyMap<number, string>, detectors: readonly DetectorInfo[], text: string, offset: number, mode: CompileMode, fields: readonly LiveField[]): readonly KqlCompletion[] {
  const before = text.slice(0, offset);
  if (inComment(before)) return [];
  const special = detectorItems(before, offset, text, detectors) ?? bagKeyItems(before, offset, text, fields) ?? valueItems(before, offset, text, fields);
  if (special !== null && special.exclusive) return special.items;
  const { source, tables, added, service } = analyser.analyse(text, mode);
  // The library's own functions are left out: to list them takes most of its time, and ours come from the catalogue.
  const info = service.GetCompletionItems(offset + source.shift, analyser.kusto.Language.Editor.CompletionOptions.Default.WithIncludeFunctions$1(false));
  const edit = editOf(source, info.EditStart, info.EditLength, offset);
  const offered = group(items(info.Items).filter(({ DisplayText }) => !added.has(DisplayText)), kinds);
  const jobs = mode === 'rule' && blank(text, edit) ? snippetItems(edit) : [];
  return [...(special?.items ?? []), ...build({ mode, tables, fields, before, edit, offered, source }), ...jobs];
}

/** Nothing but the word that is being written. */
const blank = (text: string, { start, end }: Edit): boolean => skipBlank(text) >= start && text.slice(end).trim() === '';

function inComment(before: string): boolean {
  const line = before.slice(before.lastIndexOf('\n') + 1).replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '');
  return line.includes('//');
}

function editOf(source: Source, start: number, length: number, offset: number): Edit {
  const from = toText(source, start);
  return from <= offset ? { start: from, end: Math.max(offset, toText(source, start + length)) } : { start: offset, end: offset };
}

type Offered = ReadonlyMap<string, readonly KustoCompletionItem[]>;

function group(list: readonly KustoCompletionItem[], kinds: ReadonlyMap<number, string>): Offered {
  const groups = new Map<string, KustoCompletionItem[]>();
  for (const item of list) {
    const kind = kinds.get(item.Kind) ?? '';
    const known = groups.get(kind);
    if (known === undefined) groups.set(kind, [item]);
    else known.push(item);
  }
  return groups;
}

interface Place {
  readonly mode: CompileMode; readonly tables: readonly TableDefinition[]; readonly fields: readonly LiveField[];
  readonly before: string; readonly edit: Edit; readonly offered: Offered; readonly source: Source;
}

function build(place: Place): readonly KqlCompletion[] {
  const { offered } = place;
  if (/\binvoke\s+\w*$/.test(place.before)) return sinkItems(place);
  const columns = offered.get('Column') ?? [];
  // A value may begin here: a column, or whatever else an expression starts with.
  const values = (columns.length > 0 || offered.has('ScalarPrefix')) && !/\|\s*project-\S+[^|]*$/.test(place.before);
  return [
    ...columnItems(place, columns),
    ...(columns.some(({ DisplayText }) => DisplayText === bagOf(place.mode)) ? attributeItems(place.before, place.edit, place.mode === 'targets' ? place.fields.filter(({ column }) => column === 'Resource') : place.fields) : []),
    ...(values && aggregatesFit(place) ? functionItems(place.edit, aggregates, 'aggregate') : []),
    ...(values ? functionItems(place.edit, functions, 'function') : []),
    ...(values ? functionItems(place.edit, ownFunctions(place.mode), 'function') : []),
    ...(offered.has('ScalarInfix') ? scalarItems(place.edit, offered.get('ScalarInfix') ?? []) : []),
    ...(offered.get('QueryPrefix')?.some(({ DisplayText }) => DisplayText === 'where') ? operatorItems(place) : []),
    ...(offered.has('Table') && !offered.has('Column') ? tableItems(place) : []),
    ...(offered.get('Keyword') ?? []).filter(({ DisplayText }) => !DisplayText.startsWith('hint.')).map(({ DisplayText }) => item(place.edit, DisplayText, `${DisplayText} `, 'keyword', '', '')),
  ];
}

/** In summarize, in front of its by, and not inside another aggregate. */
function aggregatesFit({ before }: Place): boolean {
  const all = lexemes(before);
  const pipe = all.findLastIndex(({ text }) => text === '|');
  const own = all.slice(pipe + 1);
  if (own[0]?.text !== 'summarize' || own.some(({ text, depth }) => text === 'by' && depth === own[0]!.depth)) return false;
  const open: string[] = [];
  own.forEach(({ text }, i) => { if (text === '(') open.push(own[i - 1]?.text ?? ''); else if (text === ')') open.pop(); });
  return !open.some((name) => aggregateByName.has(name));
}

export function item({ start, end }: Edit, label: string, insertText: string, kind: KqlCompletionKind, detail: string, documentation: string): KqlCompletion {
  return { label, insertText, kind, detail, documentation, start, end, cursor: insertText.length };
}

/** The same with `$0` in the text where the cursor goes. */
function snippet(edit: Edit, label: string, text: string, kind: KqlCompletionKind, detail: string, documentation: string): KqlCompletion {
  const cursor = text.indexOf('$0');
  return { ...item(edit, label, text.replace('$0', ''), kind, detail, documentation), cursor: cursor === -1 ? text.length : cursor };
}

function snippetItems(edit: Edit): readonly KqlCompletion[] {
  return ruleSnippets.map(({ label, doc, template }) => { const { text, cursor } = plainTemplate(template); return { ...item(edit, label, text, 'snippet', 'whole rule', `${doc}\n\n\`\`\`kql\n${text}\n\`\`\``), cursor, template }; });
}

const sinkItems = ({ edit }: Place): readonly KqlCompletion[] => sinks.map((sink) => snippet(edit, sink.name, sink.snippet, 'sink', sinkSignature(sink), `${sink.doc}\n\nExample: ${sink.example}`));
const operatorItems = ({ edit, mode }: Place): readonly KqlCompletion[] => operatorsOf(mode).map(({ name, snippet: text, syntax, doc }) => snippet(edit, name, text, 'operator', syntax, doc));

function tableItems({ edit, tables }: Place): readonly KqlCompletion[] {
  return tables.map(({ name, doc }) => snippet(edit, name, `${name}\n| $0`, 'table', 'table', doc));
}

function columnItems({ edit, tables, source }: Place, offered: readonly KustoCompletionItem[]): readonly KqlCompletion[] {
  const head = tables.find(({ name }) => new RegExp(`(^|;)\\s*${name}\\b`).test(source.full)) ?? tables.at(-1)!;
  const known = new Map<string, TableColumn>(head.columns.map((column) => [column.name, column]));
  return offered.map(({ DisplayText: name }) => item(edit, name, kqlName(name), 'column', known.get(name)?.type ?? 'computed here', known.get(name)?.doc ?? 'A column that an earlier operator made.'));
}

function functionItems(edit: Edit, list: readonly { readonly name: string; readonly signature: string; readonly doc: string }[], kind: 'function' | 'aggregate'): readonly KqlCompletion[] {
  return list.map(({ name, signature, doc }) => snippet(edit, name, signature.endsWith('()') ? `${name}()` : `${name}($0)`, kind, signature, doc));
}

function scalarItems(edit: Edit, offered: readonly KustoCompletionItem[]): readonly KqlCompletion[] {
  const allowed = new Set(offered.map(({ DisplayText }) => DisplayText));
  const takesList = new Set(['in', '!in', 'in~', '!in~', 'has_any', 'has_all']);
  return [...binaryOperators, ...listOperators].filter(({ name }) => allowed.has(name)).map(({ name, doc }) => {
    const insert = takesList.has(name) ? `${name} ($0)` : name.endsWith('between') ? `${name} ($0 .. )` : `${name} `;
    return snippet(edit, name, insert, 'operator', 'operator', doc);
  });
}
