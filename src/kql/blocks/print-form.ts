// A form back to the body of its block, laid out as a person would write it on one line.
import { sinkByName } from '../catalogue/sinks.ts';
import { emptyTests } from './read-where.ts';
import type { BlockForm, ClauseField, WhereCondition, ExpandField, NamedField, ParseField } from './types.ts';

/** What stands behind the keyword; for a sink the call itself, for a table its name. */
export function formBody(form: BlockForm): string {
  switch (form.form) {
    case 'table': return form.table;
    case 'where': return joinedText(form.clauses, form.join);
    case 'columns': return form.columns.map(namedText).join(', ');
    case 'names': return form.names.join(', ');
    case 'summarize': return summarizeText(form);
    case 'sort': return `by ${form.keys.map(keyText).join(', ')}`;
    case 'count': return form.by === null ? form.count : `${form.count} by ${keyText({ expression: form.by, descending: form.descending })}`;
    case 'parse': return `${form.source} with ${form.parts.map(partText).join(' ')}`;
    case 'expand': return [form.columns.map(expandText).join(', '), ...(form.limit === '' ? [] : [`limit ${form.limit}`])].join(' ');
    case 'sink': return sinkText(form);
  }
}

const joinedText = (clauses: readonly WhereCondition[], join: 'and' | 'or'): string => clauses.map((each) => conditionText(each, clauses.length > 1 ? join : null)).join(` ${join} `);

/** `outer`: what stands around it; `and` inside `or` needs no brackets, but a person reads them more easily. */
function conditionText(condition: WhereCondition, outer: 'and' | 'or' | null): string {
  if (!('clauses' in condition)) return clauseText(condition);
  const inner = joinedText(condition.clauses, condition.join);
  if (condition.not) return `not(${inner})`;
  return outer === null || condition.clauses.length === 1 ? inner : `(${inner})`;
}

const clauseText = ({ left, operator, right }: ClauseField): string => (emptyTests.has(operator) ? `${operator}(${left})` : `${left} ${operator} ${right}`);
const namedText = ({ name, expression }: NamedField): string => (name === '' ? expression : `${name} = ${expression}`);
const keyText = ({ expression, descending }: { readonly expression: string; readonly descending: boolean }): string => `${expression} ${descending ? 'desc' : 'asc'}`;
const expandText = ({ type, ...named }: ExpandField): string => (type === '' ? namedText(named) : `${namedText(named)} to typeof(${type})`);

function partText(field: ParseField): string {
  if (field.part === 'skip') return '*';
  return field.part === 'text' ? field.text : field.type === '' ? field.name : `${field.name}:${field.type}`;
}

function summarizeText({ aggregates, by, window }: Extract<BlockForm, { form: 'summarize' }>): string {
  const keys = [...by.map(namedText), ...(window === null ? [] : [`bin(${window.column}, ${window.size})`])];
  const values = aggregates.map(({ name, fn, args }) => namedText({ name, expression: `${fn}(${args})` }));
  return [values.join(', '), ...(keys.length === 0 ? [] : [`by ${keys.join(', ')}`])].filter((part) => part !== '').join(' ');
}

/** The first argument by its place, the others by name. */
function sinkText({ sink, arguments: given }: Extract<BlockForm, { form: 'sink' }>): string {
  const parameters = sinkByName.get(sink)?.parameters ?? [];
  const values = parameters.flatMap(({ name }, i) => { const value = given[name]; return value === undefined ? [] : [i === 0 ? value : `${name}=${value}`]; });
  return `${sink}(${values.join(', ')})`;
}
