// Whether the fields of a form are filled in, each with a whole expression: only then do they go into the text. An open string or bracket in
// one field would swallow the rest of the rule.
import { lexemes } from '../kusto/lexemes.ts';
import { emptyTests } from './read-where.ts';
import type { BlockForm, WhereCondition } from './types.ts';

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** One expression or list of them: no open string, brackets in pairs, no pipe or semicolon of its own. */
export function isWhole(expression: string): boolean {
  const open: string[] = [];
  const all = lexemes(expression);
  for (const { text, kind } of all) {
    if (kind === 'open-string') return false;
    if (kind !== 'sign') continue;
    if (closing[text] !== undefined) open.push(closing[text]);
    else if (')]}'.includes(text) && open.pop() !== text) return false;
    else if ((text === '|' || text === ';') && open.length === 0) return false;
  }
  return open.length === 0 && all.length > 0 && !expression.slice(all.at(-1)!.end).includes('//');
}

/** True when the form can be printed into the text. */
export function wholeForm(form: BlockForm): boolean {
  const texts = textsOf(form);
  return texts.length > 0 && texts.every(isWhole);
}

/** Every text of the form that must say something. */
function textsOf(form: BlockForm): readonly string[] {
  const some = (text: string): readonly string[] => (text === '' ? [] : [text]);
  switch (form.form) {
    case 'table': return [form.table];
    case 'where': return conditionTexts(form.clauses);
    case 'columns': return form.columns.flatMap(({ name, expression }) => [expression, ...some(name)]);
    case 'names': return form.names;
    case 'summarize': return [...form.aggregates.flatMap(({ name, fn, args }) => [...some(name), fn, ...some(args)]), ...form.by.flatMap(({ name, expression }) => [expression, ...some(name)]), ...(form.window === null ? [] : [form.window.column, form.window.size])];
    case 'sort': return form.keys.map(({ expression }) => expression);
    case 'count': return form.by === null ? [form.count] : [form.count, form.by];
    case 'parse': return [form.source, ...form.parts.flatMap((part) => (part.part === 'skip' ? [] : [part.part === 'text' ? part.text : part.name]))];
    case 'expand': return [...form.columns.flatMap(({ name, expression, type }) => [expression, ...some(name), ...some(type)]), ...some(form.limit)];
    case 'sink': return [form.sink, ...Object.values(form.arguments)];
  }
}

/** A group without a condition is not filled in either. */
function conditionTexts(clauses: readonly WhereCondition[]): readonly string[] {
  if (clauses.length === 0) return [''];
  return clauses.flatMap((each) => ('clauses' in each ? conditionTexts(each.clauses) : emptyTests.has(each.operator) ? [each.left] : [each.left, each.right]));
}
