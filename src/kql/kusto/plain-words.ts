// What the parser and binder say, in words for a person who does not know their grammar: what is wrong, and what to write.
import { sinkByName, sinks, sinkSignature, type SinkDefinition } from '../catalogue/sinks.ts';
import { functionByName, insteadOfFunction } from '../catalogue/functions.ts';
import { isGuardFunction } from '../catalogue/guard-functions.ts';
import { nameFunctions } from '../catalogue/name-functions.ts';
import { ownFunctions } from '../catalogue/own-functions.ts';
import { operatorByName } from '../catalogue/operators.ts';
import type { CompileMode } from '../language.ts';
import { nearest } from '../nearest.ts';
import type { Span } from './diagnostics.ts';
import { guessed, insertAt, replaceWith, wrapIn, type Fix } from './fixes.ts';
import { before, from, type Lexeme } from './lexemes.ts';

export interface Said {
  readonly code: string;
  /** The library's own message. */
  readonly message: string;
  /** The text that it stands at; may be empty. */
  readonly about: string;
  /** Offset in what the parser read, as are those of `all`. */
  readonly at: number;
  readonly end: number;
  readonly mode: CompileMode;
  /** Bare names that are read as attributes. */
  readonly implicit: ReadonlySet<string>;
  readonly columns: readonly string[];
  /** Names of a table query that no row has, when the rows are known. */
  readonly absent: ReadonlySet<string>;
  readonly tables: readonly string[];
  readonly all: readonly Lexeme[];
}
export interface Words { readonly message: string; readonly help?: string; readonly fixes?: readonly Fix[] }
const place = ({ at, end }: Said): Span => ({ start: at, end });

const convert = 'A value from a bag such as Attributes, or of a field whose type is not known, is dynamic. Convert it first: tostring(x), tolong(x), toreal(x), tobool(x) or totimespan(x).';
const join = 'Join conditions with "and" or "or"; an operator starts with |.';
/** A text beside a time or a number is most often one that was not converted. */
function helpOfTypes(message: string): string {
  const into = ['datetime', 'timespan', 'real', 'long', 'int'].find((type) => new RegExp(`\\b${type}\\b`).test(message));
  if (!/\bstring\b/.test(message)) return 'Both sides must be values that the operator knows: numbers, moments and spans of time.';
  return into === undefined ? 'Texts are put together by strcat(a, b), and put in order by strcmp(a, b).' : `Convert the text first: to${into}(…).`;
}

const byCode: Readonly<Record<string, (said: Said) => Words>> = {
  KS001: notClosed, KS002: ({ about }) => ({ message: `${about} has no meaning in KQL.`, help: join }), KS005: expected, KS006: missingValue,
  KS117: (said) => ({ message: `${said.about} is a function and needs brackets.`, help: `Write ${said.about}(…).`, fixes: [insertAt(said.end, '()', `Write ${said.about}()`)] }),
  KS119: argumentCount, KS141: notACondition, KS142: unknownName, KS176: operatorExpected,
  KS174: ({ about, tables, at }) => ({ message: 'A query starts from a table.', help: `Write the table and a pipe in front: ${tables[0]} | ${about} …`, fixes: tables.slice(0, 3).map((table) => insertAt(at, `${table} | `, `Start from ${table}`)) }),
  KS101: () => ({ message: 'Nothing says where this column begins.', help: 'Put the text in front of it into the pattern: parse Body with "user=" User " " *.' }),
  KS103: () => ({ message: 'A column of text followed by * could end anywhere.', help: 'Put the text behind it into the pattern, or give the column a type that ends by itself: Code:int *.' }),
  KS106: ({ message }) => (message.includes('dynamic') ? { message, help: convert } : { message: message.replace('tuple', 'several columns'), help: helpOfTypes(message) }),
  KS108: ({ about }) => ({ message: `${about} is a table, and a table cannot be a value.`, help: 'Start the pipeline from it, or put the values in a list: in ("a", "b").' }),
  KS144: aggregateMisplaced, KS149: () => ({ message: 'Several names need a function that gives several values.', help: 'Write name = value for each: extend a = split(x, ",")[0], b = split(x, ",")[1].' }),
  KS207: elsewhere, KS208: elsewhere, KS209: elsewhere, KS210: elsewhere, KS236: notAnAggregate,
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
  if (what === ')' || what === ']' || what === '}') return { message: `A bracket is not closed: ${what} is missing.`, help: `Write ${what} where it ends.`, fixes: [insertAt(said.at, what)] };
  const words = /^Expected one of: (.*)$/.exec(what)?.[1];
  if (words !== undefined) return { message: `${said.about === '' ? 'One word' : said.about} is not what can stand here.`, help: `Write one of ${words}.`, fixes: said.about === '' ? [] : words.split(', ').slice(0, 4).map((word) => replaceWith(place(said), word)) };
  return what === ';' || what === ',' ? misplaced(said) : { message: `${what} is missing here.` };
}

/** Other databases and clusters, as a Kusto service has them. */
function elsewhere({ tables }: Said): Words { return { message: 'Weir has no clusters, databases or views.', help: `Start from ${tables.join(', ')}.` }; }

function aggregateMisplaced({ about, all, at }: Said): Words {
  const operator = all.findLast(({ start, kind }, i) => start < at && kind === 'word' && all[i - 1]?.text === '|')?.text;
  const message = `${about}() is an aggregate and cannot stand here.`;
  if (operator === 'summarize') return { message, help: 'Aggregates do not nest, and none stands behind by. Aggregate in two steps, or compute from named aggregates.' };
  return { message, help: `Put it into summarize and compute behind it: | summarize N = ${about}(…) by ServiceName | where N > 3.` };
}

function notAnAggregate(said: Said): Words {
  const { about, columns, implicit } = said;
  const column = columns.includes(about) || implicit.has(about);
  return { message: `${about} is not an aggregate.`, help: 'A column that groups the rows belongs behind by; a value of one of the rows needs an aggregate such as take_any(…) or max(…).', fixes: column ? [wrapIn(place(said), 'take_any(', ')', `Write take_any(${about})`)] : [] };
}

function misplaced({ at, all }: Said): Words {
  const lexeme = from(all, at);
  const next = lexeme?.text;
  if (next === undefined) return { message: 'The query breaks off here.', help: join };
  if (next === ')' || next === ']' || next === '}') return { message: `${next} closes nothing.`, help: 'Take it away, or open a bracket in front.', fixes: [replaceWith(lexeme!, '', `Take ${next} away`)] };
  return { message: `${next} cannot stand here.`, help: join };
}

function notACondition(said: Said): Words {
  const { about } = said;
  if (said.message.includes('type dynamic')) return { message: `${about} is no array and no bag, so there is nothing to expand.`, help: 'Expand a field of Attributes, or an array that a function made. Text that holds JSON becomes one by parse_json(…).', fixes: [wrapIn(place(said), 'parse_json(', ')', `Write parse_json(${about})`)] };
  if (!said.message.includes('type bool')) return typed(said);
  const message = `${about.length > 60 || about === '' ? 'This' : about} is not a condition: it is neither true nor false.`;
  const fixes = about !== '' && said.implicit.has(about) ? [wrapIn(place(said), 'tobool(', ')', `Write tobool(${about})`), wrapIn(place(said), 'isnotempty(', ')', `Ask isnotempty(${about})`)] : [];
  if (said.columns.includes(about)) return { message, help: `Compare it, ${about} == …, or ask isnotempty(${about}).`, fixes: [wrapIn(place(said), 'isnotempty(', ')', `Ask isnotempty(${about})`)] };
  return { message, fixes, help: `Compare it with ==, has or >. A field that holds true or false needs tobool(${/^\w+$/.test(about) ? about : 'x'}).` };
}

function unknownName(said: Said): Words {
  const { about, at, columns, all } = said;
  if (about.endsWith('*')) return { message: `No table fits ${about}.`, help: `Tables are ${said.tables.join(', ')}.` };
  const dot = before(all, at);
  if (dot?.text === '.') return { message: `${before(all, dot.start)?.text ?? 'This'} is not a bag, so it has no field ${about}.`, help: 'Fields are inside bags such as Attributes: Attributes["name"].' };
  if (said.mode === 'rule' && all[0]?.start === at) return unknownTable(said);
  const message = `${about} is not a column here.`;
  if (all.some(({ text }, i) => text === ':' && all[i + 1]?.text === '(' && all[i + 2]?.text === '*')) return { message, help: 'A parameter (*) hides the columns of its table. Name those that the body uses: T:(Attributes:dynamic, ServiceName:string).' };
  const guess = nearest(about, columns);
  return { message, help: guess === undefined ? `Known here: ${columns.slice(0, 12).join(', ')}.` : `Did you mean ${guess}?`, fixes: guessed(place(said), guess) };
}

function operatorExpected(said: Said): Words {
  const { about } = said;
  if (about === '') return { message: 'An operator is missing after |.', help: 'After the pipe comes an operator: where, extend, summarize, invoke, …' };
  const guess = nearest(about, [...operatorByName.keys()]);
  const message = `${about} is not an operator.`;
  if (guess === undefined) return { message, help: 'After the pipe comes an operator: where, extend, summarize, invoke, …' };
  return { message, help: `Did you mean ${guess}?${guess === about.toLowerCase() ? ' Operators are written in lower case.' : ''}`, fixes: guessed(place(said), guess) };
}

function unknownTable(said: Said): Words {
  const { about, tables } = said;
  const guess = nearest(about, tables);
  if (guess === undefined) return { message: `${about} is not a table${tables.length === 1 ? ' here' : ''}.`, help: `Start from ${tables.join(', ')}.` };
  return { message: `${about} is not a table.`, help: `Did you mean ${guess}?${guess.toLowerCase() === about.toLowerCase() ? ' Names are case-sensitive.' : ''}`, fixes: guessed(place(said), guess) };
}

function unknownFunction(said: Said): Words {
  const { about, at, all, mode } = said;
  if (before(all, at)?.text === 'invoke') return unknownSink(said);
  if (isGuardFunction(about) && mode !== 'guard') return { message: `${about}() is for the guards of a state machine.`, help: 'A query sees one record at a time; what happened before belongs in a state-machine rule.' };
  if (nameFunctions.some(({ name }) => name === about)) return { message: `${about}() is for rules, filters and guards.`, help: mode === 'targets' ? 'Targets choose agents and resources; put it into the rule itself.' : 'The rows of a file have no durable ids that were renamed; compare the column itself.' };
  const instead = insteadOfFunction[about];
  if (instead !== undefined) return { message: `Weir does not run the function ${about}().`, help: instead };
  const guess = nearest(about, [...functionByName.keys(), ...ownFunctions(mode).map(({ name }) => name)]);
  return { message: `${about} is not a function that Weir knows.`, help: guess === undefined ? 'Completion lists the functions that it runs.' : `Did you mean ${guess}?`, fixes: guessed(place(said), guess) };
}

function unknownSink(said: Said): Words {
  const guess = nearest(said.about, sinks.map(({ name }) => name));
  return { message: `${said.about} is not a sink.`, help: guess === undefined ? `Sinks are ${sinks.map(sinkSignature).join(', ')}.` : `Did you mean ${guess}?`, fixes: guessed(place(said), guess) };
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
  if (name === 'dedup') return 'needs the window, a span of time such as 10s';
  if (name === 'sample') return 'needs the share to keep, above 0 and at most 1';
  return `needs ${needed.map((one) => `${one.name} (${one.doc.replace(/\.$/, '').split(';')[0]})`).join(' and ')}`;
}

function typed(said: Said): Words {
  const { about, columns, absent, implicit, message } = said;
  const conversions = /^[\w.[\]"'-]{1,120}$/.test(about) && (implicit.has(about) || /^(Attributes|Resource|Body)\b/.test(about)) ? ['tostring', 'tolong', 'toreal'] : [];
  if (!absent.has(about)) return { message, help: convert, fixes: conversions.map((fn) => wrapIn(place(said), `${fn}(`, ')', `Write ${fn}(${about})`)) };
  const guess = nearest(about, columns);
  return { message: `No row seen so far has a field ${about}.`, help: guess === undefined ? `If later rows have it, say what it holds: tostring(${about}), tolong(${about}) or toreal(${about}).` : `Did you mean ${guess}?`, fixes: guessed(place(said), guess) };
}
