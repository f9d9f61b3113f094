// Hover: what the word under the pointer is, from the catalogue, the live fields, or the binder.
import type { CompileMode, KqlHover, LiveField } from '../language.ts';
import { aggregateByName } from '../catalogue/aggregates.ts';
import { functionByName } from '../catalogue/functions.ts';
import { ownFunction } from '../catalogue/own-functions.ts';
import { operatorByName } from '../catalogue/operators.ts';
import { binaryByName, listByName } from '../catalogue/scalar-operators.ts';
import { sinkByName, sinkSignature, type SinkDefinition } from '../catalogue/sinks.ts';
import type { Analyser, Analysis } from './analysis.ts';
import { describeField } from './live-completion.ts';
import { markdownKql } from './markdown-code.ts';
import { bagOf } from './scope.ts';

interface Word { readonly text: string; readonly start: number; readonly end: number }

export function hover(analyser: Analyser, text: string, offset: number, mode: CompileMode, fields: readonly LiveField[]): KqlHover | null {
  const word = wordAt(text, offset);
  if (word === null) return null;
  const field = fieldAt(text, word, fields);
  const about = field ?? known(text, word, mode) ?? bound(analyser, text, word, mode);
  return about === null ? null : { text: about, start: word.start, end: word.end };
}

const wordPattern = /!?[A-Za-z_][\w]*(?:-(?:away|keep|rename|where|expand))?|matches\s+regex|["'][^"'\n]*["']/g;

function wordAt(text: string, offset: number): Word | null {
  for (const match of text.matchAll(wordPattern)) {
    if (match.index <= offset && offset <= match.index + match[0].length) return { text: match[0], start: match.index, end: match.index + match[0].length };
  }
  return null;
}

/** An attribute key: `Attributes["http.route"]`, `Attributes.x`, or a bare name that live records know. */
function fieldAt(text: string, word: Word, fields: readonly LiveField[]): string | null {
  const name = word.text.replace(/^["']|["']$/g, '');
  const bag = /(Attributes|Resource|Agent)\s*(?:\.|\[\s*)$/.exec(text.slice(0, word.start))?.[1];
  if (bag === undefined && /^["']/.test(word.text)) return null;
  const field = fields.find((candidate) => candidate.name === name && (bag === undefined ? candidate.column !== 'Resource' : candidate.column === bag));
  if (field === undefined) return null;
  const { detail, documentation } = describeField(field);
  return code(`${field.name}: ${detail}`, documentation);
}

function known(text: string, word: Word, mode: CompileMode): string | null {
  const called = /^\s*\(/.test(text.slice(word.end));
  const sink = /\binvoke\s+$/.test(text.slice(0, word.start)) ? sinkByName.get(word.text) : undefined;
  if (sink !== undefined) return sinkText(sink);
  const fn = called ? (ownFunction(word.text, mode) ?? aggregateByName.get(word.text) ?? functionByName.get(word.text)) : undefined;
  if (fn !== undefined) return code(fn.signature, fn.doc);
  const operator = /\|\s*$/.test(text.slice(0, word.start)) ? operatorByName.get(word.text) : undefined;
  if (operator !== undefined) return code(operator.syntax, operator.notStreaming === undefined ? operator.doc : `${operator.doc}\n\nNot in rules: ${operator.notStreaming.why}.`);
  const scalar = binaryByName.get(word.text.replace(/\s+/g, ' ')) ?? listByName.get(word.text);
  return scalar === undefined ? null : code(scalar.name, scalar.doc);
}

function sinkText(sink: SinkDefinition): string {
  const parameters = sink.parameters.map(({ name, type, fallback, doc }) => `- \`${name}\` (${type}${fallback === undefined ? '' : `, default \`${fallback}\``}): ${doc}`).join('\n');
  return code(sinkSignature(sink), [sink.doc, parameters, `Example: \`${sink.example}\``].filter((part) => part !== '').join('\n\n'));
}

/** Tables and columns, and columns made on the way, with the type that the binder gives them. */
function bound(analyser: Analyser, text: string, word: Word, mode: CompileMode): string | null {
  if (/^["']/.test(word.text)) return null;
  const analysis = analyser.analyse(text, mode);
  const table = analysis.tables.find(({ name }) => name === word.text);
  if (table !== undefined) return code(table.name, `${table.doc}\n\nColumns: ${table.columns.map(({ name }) => name).join(', ')}`);
  if (analysis.implicit.has(word.text) && mode !== 'table') return code(`${bagOf(mode)}["${word.text}"]: dynamic`, `No column has this name, so it is read as an attribute of the ${mode === 'targets' ? 'resource' : 'record'}.`);
  const said = quickInfo(analysis, word);
  const column = analysis.tables.flatMap(({ columns }) => columns).find(({ name }) => name === word.text);
  return said === '' ? null : code(said, column?.doc ?? '');
}

function quickInfo({ source, service }: Analysis, word: Word): string {
  return service.GetQuickInfo(word.start + source.shift)?.Text?.replace(/^\(\w+\) /, '').trim() ?? '';
}

const code = (head: string, body: string): string => (body === '' ? markdownKql(head) : `${markdownKql(head)}\n${body}`);
