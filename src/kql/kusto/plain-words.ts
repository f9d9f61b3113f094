// What the parser and binder say, in words for a person who does not know their grammar: what is wrong, and what to write.
import { sinkByName, sinks, sinkSignature, type SinkDefinition } from '../catalogue/sinks.ts';
import { functionByName } from '../catalogue/functions.ts';
import { operatorByName } from '../catalogue/operators.ts';
import { nearest } from '../nearest.ts';
import { before, from, type Lexeme } from './lexemes.ts';

export interface Said {
  readonly code: string;
  /** The library's own message. */
  readonly message: string;
  /** The text that it stands at; may be empty. */
  readonly about: string;
  /** Offset in what the parser read, as are those of `all`. */
  readonly at: number;
  readonly columns: readonly string[];
  /** Names of a table query that no row has, when the rows are known. */
  readonly absent: ReadonlySet<string>;
  readonly tables: readonly string[];
  readonly all: readonly Lexeme[];
}
export interface Words { readonly message: string; readonly help?: string }

const convert = 'A value from a bag such as Attributes, or of a field whose type is not known, is dynamic. Convert it first: tostring(x), tolong(x), toreal(x), tobool(x) or totimespan(x).';
const join = 'Join conditions with "and" or "or"; an operator starts with |.';
const byCode: Readonly<Record<string, (said: Said) => Words>> = {
  KS001: notClosed, KS002: ({ about }) => ({ message: `${about} has no meaning in KQL.`, help: join }), KS005: expected, KS006: missingValue,
  KS117: ({ about }) => ({ message: `${about} is a function and needs brackets.`, help: `Write ${about}(…).` }),
  KS119: argumentCount, KS141: notACondition, KS142: unknownName, KS176: operatorExpected,
  KS174: ({ about, tables }) => ({ message: 'A query starts from a table.', help: `Write the table and a pipe in front: ${tables[0]} | ${about} …` }),
  KS198: misplaced, KS204: unknownTable, KS211: unknownFunction,
  KS107: typed, KS116: typed, KS127: typed, KS138: typed, KS206: typed,
};

/** Undefined when the library's own words will do. */
export function inPlainWords(said: Said): Words | undefined { return byCode[said.code]?.(said); }

function notClosed({ message }: Said): Words {
  const quote = /Missing: (\S)/.exec(message)?.[1];
  return quote === undefined ? { message } : { message: 'This string has no end.', help: `Close it with ${quote} on the same line.` };
}

function missingValue({ at, all, about }: Said): Words {
  const last = before(all, at);
  if (last === undefined) return { message: about === '' ? 'A value is missing here.' : `A value is missing in front of ${about}.` };
  const { text } = last;
  if (text === 'where') return { message: 'A condition is missing after where.', help: 'For example: where SeverityNumber >= 9.' };
  if (text === 'invoke') return { message: 'A sink is missing after invoke.', help: `Sinks are ${sinks.map(sinkSignature).join(', ')}.` };
  const left = all[all.indexOf(last) - 1];
  const compares = /^([=!]=|[=!]~|<>|[<>]=?)$/.test(text) && left?.kind === 'word';
  return { message: `A value is missing after ${/^[.,]/.test(text) ? `"${text}"` : text}.`, help: compares ? `Write what ${left.text} is compared with: ${left.text} ${text} …` : 'Write a value behind it, or leave it out.' };
}

function expected(said: Said): Words {
  const what = said.message.replace(/^Expected: /, '').replace(/\.$/, '');
  if (what === ')' || what === ']' || what === '}') return { message: `A bracket is not closed: ${what} is missing.`, help: `Write ${what} where it ends.` };
  return what === ';' || what === ',' ? misplaced(said) : { message: `${what} is missing here.` };
}

function misplaced({ at, all }: Said): Words {
  const next = from(all, at)?.text;
  if (next === undefined) return { message: 'The query breaks off here.', help: join };
  if (next === ')' || next === ']' || next === '}') return { message: `${next} closes nothing.`, help: 'Take it away, or open a bracket in front.' };
  return { message: `${next} cannot stand here.`, help: join };
}

function notACondition(said: Said): Words {
  if (!said.message.includes('type bool')) return typed(said);
  const { about } = said;
  const message = `${about.length > 60 || about === '' ? 'This' : about} is not a condition: it is neither true nor false.`;
  if (said.columns.includes(about)) return { message, help: `Compare it, ${about} == …, or ask isnotempty(${about}).` };
  return { message, help: `Compare it with ==, has or >. A field that holds true or false needs tobool(${/^\w+$/.test(about) ? about : 'x'}).` };
}

function unknownName({ about, at, columns, all }: Said): Words {
  const dot = before(all, at);
  if (dot?.text === '.') return { message: `${before(all, dot.start)?.text ?? 'This'} is not a bag, so it has no field ${about}.`, help: 'Fields are inside bags such as Attributes: Attributes["name"].' };
  const message = `${about} is not a column here.`;
  const guess = nearest(about, columns);
  return { message, help: guess === undefined ? `Known here: ${columns.slice(0, 12).join(', ')}.` : `Did you mean ${guess}?` };
}

function operatorExpected({ about }: Said): Words {
  if (about === '') return { message: 'An operator is missing after |.', help: 'After the pipe comes an operator: where, extend, summarize, invoke, …' };
  const guess = nearest(about, [...operatorByName.keys()]);
  const message = `${about} is not an operator.`;
  if (guess === undefined) return { message, help: 'After the pipe comes an operator: where, extend, summarize, invoke, …' };
  return { message, help: `Did you mean ${guess}?${guess === about.toLowerCase() ? ' Operators are written in lower case.' : ''}` };
}

function unknownTable({ about, tables }: Said): Words {
  const guess = nearest(about, tables);
  if (guess === undefined) return { message: `${about} is not a table${tables.length === 1 ? ' here' : ''}.`, help: `Start from ${tables.join(', ')}.` };
  return { message: `${about} is not a table.`, help: `Did you mean ${guess}?${guess.toLowerCase() === about.toLowerCase() ? ' Names are case-sensitive.' : ''}` };
}

function unknownFunction({ about, at, all }: Said): Words {
  if (before(all, at)?.text !== 'invoke') {
    const near = nearest(about, [...functionByName.keys()]);
    return { message: `${about} is not a function that Weir knows.`, help: near === undefined ? 'Completion lists the functions that it runs.' : `Did you mean ${near}?` };
  }
  const message = `${about} is not a sink.`;
  if (about === 'dedup') return { message, help: 'Keep a share with sample(), or count what repeats with summarize and to_metric().' };
  const guess = nearest(about, sinks.map(({ name }) => name));
  return { message, help: guess === undefined ? `Sinks are ${sinks.map(sinkSignature).join(', ')}.` : `Did you mean ${guess}?` };
}

function argumentCount({ about, at, all, message }: Said): Words {
  const sink = before(all, at)?.text === 'invoke' ? sinkByName.get(about) : undefined;
  if (sink === undefined) return { message };
  return { message: `${sink.name}() ${wants(sink, argumentless(all, at))}.`, help: `Write ${sink.example}.` };
}

/** Nothing between the brackets behind the name. */
function argumentless(all: readonly Lexeme[], at: number): boolean { return all[all.findIndex(({ start }) => start === at) + 2]?.text === ')'; }

function wants({ parameters, name }: SinkDefinition, empty: boolean): string {
  if (parameters.length === 0) return 'takes nothing between its brackets';
  const needed = parameters.filter(({ fallback }) => fallback === undefined);
  if (!empty || needed.length === 0) return `takes at most ${parameters.length === 1 ? 'one value' : `${parameters.length} values`}: ${parameters.map((one) => one.name).join(', ')}`;
  if (name === 'sample') return 'needs the share to keep, above 0 and at most 1';
  return `needs ${needed.map((one) => `${one.name} (${one.doc.replace(/\.$/, '').split(';')[0]})`).join(' and ')}`;
}

function typed({ about, columns, absent, message }: Said): Words {
  if (!absent.has(about)) return { message, help: convert };
  const guess = nearest(about, columns);
  return { message: `No row seen so far has a field ${about}.`, help: guess === undefined ? `If later rows have it, say what it holds: tostring(${about}), tolong(${about}) or toreal(${about}).` : `Did you mean ${guess}?` };
}
