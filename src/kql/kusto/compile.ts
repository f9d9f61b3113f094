// KQL text to diagnostics and a Plan: Microsoft's parser and binder first, then lowering, then the checks of a rule's shape.
import { maxKqlText, type KqlDiagnostic } from '../../model/index.ts';
import type { Compiled, CompileMode, CompileOptions } from '../language.ts';
import { planVersion, type Expr, type Plan, type PlanTable } from '../plan.ts';
import { sizeFault } from '../plan-schema.ts';
import type { Analyser, Analysis } from './analysis.ts';
import type { Context } from './context.ts';
import { withoutCascades, type Kept } from './cascades.ts';
import { fromBinder, fromMistake, Problems } from './diagnostics.ts';
import { operatorsOf, type Flow } from './flow.ts';
import { insteadOfOperator } from '../catalogue/operators.ts';
import { letPlaces } from './let-growth.ts';
import { lexemes } from './lexemes.ts';
import { lowerQuery } from './lower-query.ts';
import { notAnExpression } from './one-expression.ts';
import { checkShape } from './rule-shape.ts';
import { Size } from './size.ts';
import { restored, skipBlank } from './source.ts';

/** The parser's time grows with the square of open brackets: a thousand cost it three seconds. No person nests so deep. */
const maxNesting = 200;
/** Each sign and each `not` in front of a value is a level of its own. */
const signRun = /(?:(?:\bnot\b|[-+!])\s*){50,}/;
/** The parser takes some 0.2 ms a word when little of the text makes sense. */
const maxWords = 20_000;
/** The parser binds what a table of `let` says at each of its places once more: 4,000 cost it a third of a second, 60,000 six. */
const maxLetPlaces = 4000;
/** As many as a person can use; more come after these are mended. */
const maxDiagnostics = 50;

export function compile(analyser: Analyser, detectors: readonly string[] | null, text: string, options: CompileOptions): Compiled {
  const { mode } = options;
  if ((mode === 'filter' || mode === 'targets') && text.length <= maxKqlText && skipBlank(text) === text.length) return { diagnostics: [], plan: everything('source') };
  const refusal = refusedUnread(text) ?? notAnExpression(text, mode);
  if (refusal !== null) return { diagnostics: [refusal], plan: null };
  const analysis = attempted(() => analyser.analyse(text, mode, options.columns));
  if (analysis === null) return { diagnostics: [unreadable(text)], plan: null };
  const { diagnostics: refused, sound } = binderDiagnostics(analysis, options);
  const problems = new Problems(analysis.source);
  if (refused.some(({ severity }) => severity === 'error')) {
    attempted(() => lowered(analyser, analysis, problems, detectors, mode));
    return { diagnostics: tidy([...refused, ...alsoWrong(problems.list, refused, (at) => sound(at + analysis.source.shift))]), plan: null };
  }
  const flow = lowered(analyser, analysis, problems, detectors, mode);
  const plan = flow === null || problems.failed ? null : planOf(flow, mode);
  const fault = plan === null ? null : sizeFault(plan);
  if (fault !== null) problems.error({ start: analysis.source.shift, end: analysis.source.full.length }, 'weir/too-large', `The query ${fault}.`, tooLargeHelp);
  const names = analysis.tables.flatMap(({ columns }) => columns.map(({ name }) => name));
  const diagnostics = restored(tidy([...refused, ...problems.list]), analysis.source, names);
  if (plan === null || problems.failed) return { diagnostics, plan: null };
  const said = restored(plan, analysis.source, names);
  const expression = expressionOf(said, mode);
  return { diagnostics, plan: said, ...(expression === undefined ? {} : { expression }) };
}

/** About what the binder did not read, or about the query as a whole, nothing is sure. */
const ofTheWhole = new Set(['weir/no-sink', 'weir/update', 'weir/to-metric', 'weir/one-query', 'weir/too-large', 'weir/unknown-name', 'weir/let', 'weir/table', 'weir/guard-value']);

/** What lowering finds wrong in a text that the binder refuses already: in other operators, or in other words of the same one, not beside those. */
function alsoWrong(found: readonly KqlDiagnostic[], refused: readonly KqlDiagnostic[], sound: (offset: number) => boolean): readonly KqlDiagnostic[] {
  const said = refused.filter(({ severity }) => severity === 'error');
  return found.filter(({ severity, code, start, end }) => severity === 'error' && !ofTheWhole.has(code) && sound(start) && !said.some((one) => one.start - 1 <= end && start - 1 <= one.end));
}

const tooLargeOnceWrittenOut = 'The query is too large once let is written out.';
const tooLargeHelp = 'Shorten lists and chains (x in ("a", "b") in place of x == "a" or x == "b"), use what let names fewer times, or split the query into several rules.';

function lowered(analyser: Analyser, analysis: Analysis, problems: Problems, detectors: readonly string[] | null, mode: CompileMode): Flow | null {
  const { kusto, kinds } = analyser;
  const context: Context = { kusto, kinds, problems, detectors, source: analysis.source, tables: analysis.tables, size: new Size(), names: new Map(), aggregate: null };
  const flow = lowerQuery(context, analysis, mode);
  if (context.size.exceeded) problems.error({ start: analysis.source.shift, end: analysis.source.full.length }, 'weir/too-large', tooLargeOnceWrittenOut, tooLargeHelp);
  else if (flow !== null) checkShape(problems, flow, mode, analysis.source.full);
  return flow;
}

function planOf(flow: Flow, mode: CompileMode): Plan {
  const operators = operatorsOf(flow);
  const value = mode === 'guard' && operators[0]?.op === 'extend' ? operators[0].columns[0] : undefined;
  const sink = flow.steps.find((step) => step.sink !== undefined)?.sink ?? null;
  const only = value === undefined ? null : value.expr.type === 'bool' ? { op: 'where', predicate: value.expr } as const : { op: 'project', columns: [value] } as const;
  return { version: planVersion, table: flow.table.name, operators: only === null ? operators : [only], sink };
}

/** Targets and guards are one expression, and those who run them want just that. */
function expressionOf({ operators: [only] }: Plan, mode: CompileMode): Expr | undefined {
  if (mode !== 'targets' && mode !== 'guard') return undefined;
  return only?.op === 'where' ? only.predicate : only?.op === 'project' ? only.columns[0]?.expr : undefined;
}

/** Texts that are not worth reading: they would take long, and no person wrote them. Null when it is none. */
export function refusedUnread(text: string): KqlDiagnostic | null {
  if (text.length > maxKqlText) return { severity: 'error', code: 'weir/too-long', message: `The text has ${text.length.toLocaleString('en')} characters; more than ${maxKqlText.toLocaleString('en')} are refused.`, start: maxKqlText, end: text.length, help: 'Split it into several rules, or move long lists to where they come from.' };
  const signs = signRun.exec(text);
  if (signs !== null) return { severity: 'error', code: 'weir/too-deep', message: 'Signs stand one behind the other here, more than fifty of them.', start: signs.index, end: signs.index + signs[0].length, help: 'One sign or one not is enough.' };
  const deep = tooDeepAt(text);
  if (deep >= 0) return { severity: 'error', code: 'weir/too-deep', message: `Brackets nest more than ${maxNesting} deep here.`, start: deep, end: deep + 1, help: 'Close brackets, or split the query into several rules.' };
  const words = text.length > maxWords || /\blet\b/.test(text) ? lexemes(text) : [];
  if (letPlaces(words) > maxLetPlaces) return { severity: 'error', code: 'weir/too-large', message: tooLargeOnceWrittenOut, start: 0, end: text.length, help: tooLargeHelp };
  const beyond = words[maxWords];
  return beyond === undefined ? null : { severity: 'error', code: 'weir/too-long', message: `The text has more than ${maxWords.toLocaleString('en')} words and signs.`, start: beyond.start, end: text.length, help: 'Split it into several rules, or move long lists to where they come from.' };
}

/** What the library makes of a text, or null: some constructs that Weir does not run (graph-match, for one) make it throw. */
export function attempted<T>(ask: () => T): T | null {
  try { return ask(); } catch { return null; }
}

/** The construct is most likely an operator that Weir does not run. */
function unreadable(text: string): KqlDiagnostic {
  const all = lexemes(text);
  const found = all.find(({ text: word }, i) => all[i - 1]?.text === '|' && insteadOfOperator[word] !== undefined);
  if (found === undefined) return { severity: 'error', code: 'weir/parser', message: 'The KQL parser cannot read this text.', start: 0, end: text.length, help: 'Take out what was written last, or use the operators that completion lists behind a pipe.' };
  return { severity: 'error', code: 'weir/operator', message: `Weir does not run the operator ${found.text}.`, start: found.start, end: found.end, help: insteadOfOperator[found.text]! };
}

/** Offset of the bracket that is one too many, or -1. Brackets in strings count too: they are few, and mostly closed. */
function tooDeepAt(text: string): number {
  let depth = 0;
  for (const { 0: bracket, index } of text.matchAll(/[()[\]{}]/g)) {
    depth = '([{'.includes(bracket) ? depth + 1 : Math.max(0, depth - 1);
    if (depth > maxNesting) return index;
  }
  return -1;
}

const everything = (table: PlanTable): Plan => ({ version: planVersion, table, operators: [], sink: null });

function binderDiagnostics({ diagnostics, source, tables, implicit }: Analysis, { mode, columns: hints = [] }: CompileOptions): Pick<Kept, 'sound'> & { readonly diagnostics: readonly KqlDiagnostic[] } {
  const head = /[A-Za-z_]\w*/.exec(source.full.slice(skipBlank(source.full)))?.[0];
  const columns = (tables.find(({ name }) => name === head) ?? tables.at(-1))?.columns.map(({ name }) => name) ?? [];
  const absent: ReadonlySet<string> = mode === 'table' && hints.length > 0 ? implicit : new Set();
  const kept = withoutCascades(source.full, diagnostics, mode);
  const known = { columns: columns.filter((name) => !implicit.has(name)), absent, implicit, tables: tables.map(({ name }) => name), all: kept.lexemes, mode };
  return { sound: kept.sound, diagnostics: [...kept.mistakes.map((mistake) => fromMistake(mistake, source)), ...kept.diagnostics.map((diagnostic) => fromBinder(diagnostic, source, known))] };
}

/** In order of place, the same thing said once. */
function tidy(diagnostics: readonly KqlDiagnostic[]): readonly KqlDiagnostic[] {
  const seen = new Set<string>();
  const rank = { error: 0, warning: 1, hint: 2 };
  return diagnostics.filter(({ start, end, message }) => {
    const key = `${start}:${end}:${message}`;
    return !seen.has(key) && seen.add(key);
  }).toSorted((a, b) => a.start - b.start || rank[a.severity] - rank[b.severity]).slice(0, maxDiagnostics);
}
