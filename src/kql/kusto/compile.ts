// KQL text to diagnostics and a Plan: Microsoft's parser and binder first, then lowering, then the checks of a rule's shape.
import type { KqlDiagnostic } from '../../model/index.ts';
import type { Compiled, CompileOptions } from '../language.ts';
import { planVersion, type Plan, type PlanTable } from '../plan.ts';
import { analyse, type Analysis } from './analysis.ts';
import type { Context } from './context.ts';
import { withoutCascades } from './cascades.ts';
import { fromBinder, fromMistake, Problems } from './diagnostics.ts';
import { lowerQuery } from './lower-query.ts';
import type { KustoGlobal } from './port.ts';
import { checkShape } from './rule-shape.ts';
import { skipBlank } from './source.ts';

/** The parser's time grows with the square of open brackets: a thousand cost it three seconds. No person nests so deep. */
const maxNesting = 200;
/** As many as a person can use; more come after these are mended. */
const maxDiagnostics = 50;

export function compile(kusto: KustoGlobal, kinds: ReadonlyMap<number, string>, detectors: readonly string[] | null, text: string, options: CompileOptions): Compiled {
  if (options.mode === 'filter' && skipBlank(text) === text.length) return { diagnostics: [], plan: everything('source') };
  const deep = tooDeepAt(text);
  if (deep >= 0) return { diagnostics: [{ severity: 'error', code: 'weir/too-deep', message: `Brackets nest more than ${maxNesting} deep here.`, start: deep, end: deep + 1, help: 'Close brackets, or split the query into several rules.' }], plan: null };
  const analysis = analyse(kusto, text, options.mode, options.columns);
  const refused = binderDiagnostics(analysis, options);
  if (refused.some(({ severity }) => severity === 'error')) return { diagnostics: tidy(refused), plan: null };
  const problems = new Problems(analysis.source);
  const context: Context = { kusto, kinds, problems, detectors, source: analysis.source, constants: new Map() };
  const query = lowerQuery(context, analysis, options.mode);
  if (query !== null) checkShape(problems, query, options.mode);
  const diagnostics = tidy([...refused, ...problems.list]);
  if (query === null || problems.failed) return { diagnostics, plan: null };
  const operators = query.steps.flatMap(({ operator }) => (operator === undefined ? [] : [operator]));
  const sink = query.steps.find((step) => step.sink !== undefined)?.sink ?? null;
  return { diagnostics, plan: { version: planVersion, table: query.table.name, operators, sink } };
}

/** Offset of the bracket that is one too many, or -1. Brackets in strings count too: they are few, and mostly closed. */
export function tooDeepAt(text: string): number {
  let depth = 0;
  for (const { 0: bracket, index } of text.matchAll(/[()[\]{}]/g)) {
    depth = '([{'.includes(bracket) ? depth + 1 : Math.max(0, depth - 1);
    if (depth > maxNesting) return index;
  }
  return -1;
}

const everything = (table: PlanTable): Plan => ({ version: planVersion, table, operators: [], sink: null });

function binderDiagnostics({ diagnostics, source, tables, implicit }: Analysis, { mode, columns: hints = [] }: CompileOptions): readonly KqlDiagnostic[] {
  const head = /[A-Za-z_]\w*/.exec(source.full.slice(skipBlank(source.full)))?.[0];
  const columns = (tables.find(({ name }) => name === head) ?? tables.at(-1))?.columns.map(({ name }) => name) ?? [];
  const absent: ReadonlySet<string> = mode === 'table' && hints.length > 0 ? implicit : new Set();
  const kept = withoutCascades(source.full, diagnostics);
  const known = { columns: columns.filter((name) => !implicit.has(name)), absent, tables: tables.map(({ name }) => name), all: kept.lexemes };
  return [...kept.mistakes.map((mistake) => fromMistake(mistake, source)), ...kept.diagnostics.map((diagnostic) => fromBinder(diagnostic, source, known))];
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
