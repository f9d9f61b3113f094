// Classified tokens for colouring, from the parser's own classification.
import type { CompileMode, KqlToken, KqlTokenKind } from '../language.ts';
import { sinkByName } from '../catalogue/sinks.ts';
import { aggregateByName } from '../catalogue/aggregates.ts';
import type { Analyser } from './analysis.ts';
import { items } from './port.ts';
import { toText, unalias } from './source.ts';

const kinds: Readonly<Record<string, KqlTokenKind>> = {
  Comment: 'comment', Punctuation: 'punctuation', Literal: 'number', StringLiteral: 'string', Type: 'keyword', Column: 'column', Table: 'table', Database: 'table',
  Function: 'function', ScalarOperator: 'operator', MathOperator: 'operator', QueryOperator: 'keyword', Keyword: 'keyword', Directive: 'keyword', QueryParameter: 'plain',
};

export function tokens(analyser: Analyser, classes: ReadonlyMap<number, string>, text: string, mode: CompileMode): readonly KqlToken[] {
  if (text.trim() === '') return [];
  const { source, service } = analyser.analyse(text, mode);
  const found: KqlToken[] = [];
  for (const { Kind, Start, Length } of items(service.GetClassifications(0, source.full.length, true, true).Classifications)) {
    const start = toText(source, Start);
    const end = toText(source, Start + Length);
    const said = unalias(source.full.slice(Start, Start + Length));
    if (end > start && said.trim() !== '') found.push({ start, end, kind: kindOf(classes.get(Kind) ?? '', said, source.full.slice(0, Start)) });
  }
  return found.toSorted((a, b) => a.start - b.start);
}

function kindOf(classification: string, said: string, before: string): KqlTokenKind {
  if (sinkByName.has(said) && /\binvoke\s+$/.test(before)) return 'sink';
  if (aggregateByName.has(said) && classification !== 'QueryOperator') return 'function';
  return kinds[classification] ?? 'plain';
}
