// The simple and relaxed modes of parse: from left to right by indexOf, no regular expression, no going back.
import type { ParsePart } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { CompileError } from '../expr/index.ts';
import { placeIn } from '../values/index.ts';
import type { ParseColumn, Parser } from './parse.ts';
import { formEnd, readTyped } from './typed-text.ts';

interface State { readonly text: string; at: number; readonly values: Value[] }
/** False when the text is not of the pattern's form. */
type Step = (state: State) => boolean;

export function compileTextParse(given: readonly ParsePart[], relaxed: boolean): Parser {
  const parts = merged(given);
  const steps: Step[] = [];
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (part.part === 'column') i = addColumn(steps, parts, i, relaxed);
    else if (part.part === 'skip') i = addSkip(steps, parts, i);
    else steps.push(exactly(part.text, i === parts.length - 1));
  }
  if (!endsOpen(parts)) steps.push((state) => state.at === state.text.length);
  return (text) => {
    const state: State = { text, at: 0, values: [] };
    return steps.every((step) => step(state)) ? state.values : null;
  };
}

/** Neighbouring texts as one, neighbouring gaps as one, empty texts gone. */
function merged(parts: readonly ParsePart[]): readonly ParsePart[] {
  const out: ParsePart[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (part.part === 'text' && last?.part === 'text') out[out.length - 1] = { part: 'text', text: last.text + part.text };
    else if (!(part.part === 'text' && part.text === '') && !(part.part === 'skip' && last?.part === 'skip')) out.push(part);
  }
  return out;
}

const endsOpen = (parts: readonly ParsePart[]): boolean => parts.at(-1)?.part === 'skip';

function exactly(wanted: string, last: boolean): Step {
  return (state) => {
    if (!state.text.startsWith(wanted, state.at)) return false;
    state.at += wanted.length;
    return !last || state.at === state.text.length;
  };
}

/** Where `wanted` stands from `at` on: its first occurrence, or the text's very end when nothing may follow. -1 when nowhere. */
function placeOf(text: string, wanted: string, at: number, last: boolean): number {
  if (!last) return placeIn(text, wanted, at);
  const place = text.length - wanted.length;
  return place >= at && text.endsWith(wanted) ? place : -1;
}

/** A gap runs to the text behind it, or to the end. Gives the index of the last part that it took. */
function addSkip(steps: Step[], parts: readonly ParsePart[], i: number): number {
  const next = parts[i + 1];
  if (next === undefined) { steps.push((state) => { state.at = state.text.length; return true; }); return i; }
  if (next.part !== 'text') throw new CompileError('In parse, * must be followed by a text.', 'Write the text that stands in front of the column: parse s with * "id=" id.');
  const last = i + 1 === parts.length - 1;
  steps.push((state) => {
    const place = placeOf(state.text, next.text, state.at, last);
    state.at = place + next.text.length;
    return place >= 0;
  });
  return i + 1;
}

function addColumn(steps: Step[], parts: readonly ParsePart[], i: number, relaxed: boolean): number {
  const column = parts[i] as ParseColumn;
  const next = parts[i + 1];
  const after = next?.part === 'skip' && formEnd(column.type) === null ? i + 2 : i + 1;
  const until = parts[after];
  if (until?.part === 'text') { steps.push(delimited(column, until.text, after === parts.length - 1, relaxed)); return after; }
  if (until === undefined) { steps.push(toTheEnd(column, relaxed)); return after; }
  const end = formEnd(column.type);
  if (end === null) throw new CompileError(`In parse, nothing says where the column ${column.name} ends.`, 'Put the text that follows it into the pattern.');
  steps.push(byForm(column, end, relaxed));
  return i;
}

function delimited(column: ParseColumn, wanted: string, last: boolean, relaxed: boolean): Step {
  const take = taking(column, relaxed);
  return (state) => {
    const place = placeOf(state.text, wanted, state.at, last);
    if (place < 0 || !take(state, place)) return false;
    state.at = place + wanted.length;
    return true;
  };
}

function toTheEnd(column: ParseColumn, relaxed: boolean): Step {
  const take = taking(column, relaxed);
  return (state) => take(state, state.text.length);
}

/** No text delimits the column: it takes what has the form of its type. */
function byForm(column: ParseColumn, end: (text: string, at: number) => number, relaxed: boolean): Step {
  const take = taking(column, relaxed);
  return (state) => take(state, Math.max(state.at, end(state.text, state.at)));
}

/** Reads the column's value from the text up to `end`. */
function taking(column: ParseColumn, relaxed: boolean): (state: State, end: number) => boolean {
  const read = readTyped(column.type);
  return (state, end) => {
    const value = read(state.text.slice(state.at, end));
    state.values.push(value);
    state.at = end;
    return value !== null || relaxed;
  };
}
