// Steps, tables and sinks in plain words, for people who never saw KQL: what the menus and forms say. One line of explanation each.
import { kqlTables, operatorsOf, sinks, type CompileMode } from '../../../../kql/index.ts';
import type { IconName } from '../../../ui/index.ts';

export interface StepWords { readonly keyword: string; readonly title: string; readonly line: string; readonly icon: IconName; /** What it is called with, for a sink: `sample(ratio)`. */ readonly code?: string }

const steps: Readonly<Record<string, Omit<StepWords, 'keyword'>>> = {
  'where': { title: 'Keep only some records', line: 'Those for which a condition holds; the others are left alone.', icon: 'rules' },
  'extend': { title: 'Add or change a field', line: 'Computed from other fields.', icon: 'cols' },
  'project': { title: 'Choose the fields', line: 'Only those listed stay, in that order.', icon: 'cols' },
  'project-away': { title: 'Remove fields', line: 'Those listed go; the rest stay.', icon: 'cols' },
  'project-keep': { title: 'Keep only these fields', line: 'Those listed stay; the rest go.', icon: 'cols' },
  'project-rename': { title: 'Rename a field', line: 'Its values stay.', icon: 'edit' },
  'summarize': { title: 'Count or compute per group', line: 'Many records become one row per group and stretch of time.', icon: 'metric' },
  'parse': { title: 'Read fields out of a text', line: 'By the words that stand around them.', icon: 'search' },
  'parse-where': { title: 'Read fields out of a text, or skip', line: 'Records that do not fit the pattern are left alone.', icon: 'search' },
  'mv-expand': { title: 'One record per element of a list', line: 'A list in a field is taken apart; a count must follow.', icon: 'list' },
  'union': { title: 'Add records of another table', line: 'Logs, spans and metrics in one stream.', icon: 'net' },
  'distinct': { title: 'List the different values', line: 'One row per combination.', icon: 'list' },
  'sort': { title: 'Put in order', line: 'By one or more fields.', icon: 'list' },
  'top': { title: 'Take the largest or smallest', line: 'The first few by a field.', icon: 'down' },
  'take': { title: 'Take a few', line: 'Any of them, up to a number.', icon: 'down' },
  'count': { title: 'Count the rows', line: 'All rows become one number.', icon: 'metric' },
  'sample': { title: 'Take some at random', line: 'Up to a number.', icon: 'sample' },
  'let': { title: 'Name a value', line: 'To use it in several places of the rule.', icon: 'edit' },
};

const sinkWords: Readonly<Record<string, Omit<StepWords, 'keyword'>>> = {
  drop: { title: 'Drop them', line: 'They stop here; each is counted.', icon: 'drop' },
  sample: { title: 'Keep a share', line: 'A part passes, whole traces together; the rest stop here.', icon: 'sample' },
  dedup: { title: 'Keep the first of equal ones', line: 'One per stretch of time, with a count of the others.', icon: 'copy' },
  update: { title: 'Change them', line: 'Writes the fields changed above back into each record.', icon: 'update' },
  redact: { title: 'Hide secrets in them', line: 'Tokens, addresses and the like are masked before anything leaves.', icon: 'redact' },
  to_metric: { title: 'Turn them into a metric', line: 'The counts above leave as a metric instead of the records.', icon: 'ext' },
  record: { title: 'Put them into a flight recorder', line: 'A ring buffer that goes nowhere until someone collects it.', icon: 'recorder' },
  route: { title: 'Send them elsewhere', line: 'To a named exporter instead of the usual one.', icon: 'route' },
};

const tableWords: Readonly<Record<string, Omit<StepWords, 'keyword'>>> = {
  Logs: { title: 'Logs', line: 'Log records, as they pass.', icon: 'tail' },
  Spans: { title: 'Spans', line: 'Pieces of traces: one per request or call.', icon: 'overview' },
  Metrics: { title: 'Metrics', line: 'Data points of metrics.', icon: 'metric' },
  source: { title: 'Whatever is at hand', line: 'Logs, spans or data points alike.', icon: 'fleet' },
};

const fallback = (keyword: string): StepWords => ({ keyword, title: keyword, line: '', icon: 'box' });

/** What may be added between blocks. */
export function stepsOf(mode: CompileMode): readonly StepWords[] {
  return operatorsOf(mode).filter(({ name }) => name !== 'invoke' && name !== 'union').map(({ name, doc }) => ({ ...fallback(name), line: doc, ...steps[name] }));
}

export const sinkChoices: readonly StepWords[] = sinks.map(({ name, doc, parameters }) => ({ ...fallback(name), line: doc, ...sinkWords[name], code: `${name}(${parameters.map((each) => each.name).join(', ')})` }));
export const tableChoices: readonly StepWords[] = kqlTables.map(({ name, doc }) => ({ ...fallback(name), line: doc, ...tableWords[name] }));

/** Words for any block by its keyword. */
export function wordsOf(kind: 'let' | 'table' | 'operator' | 'sink', keyword: string): StepWords {
  if (kind === 'sink') return sinkChoices.find((sink) => sink.keyword === keyword) ?? fallback(keyword);
  if (kind === 'table') return { keyword, title: 'Where the records come from', line: '', icon: 'fleet' };
  const alias: Readonly<Record<string, string>> = { filter: 'where', order: 'sort', limit: 'take' };
  return { ...fallback(keyword), ...steps[alias[keyword] ?? keyword] };
}
