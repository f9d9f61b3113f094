// What the schema complains about, in plain words, with the place in the text and a quick fix where one is sure.
import type { z } from 'zod';
import { nearest } from '../../kql/index.ts';
import type { QuickFix, RuleKind } from '../../model/index.ts';
import type { RulePath, RuleProblem } from '../types.ts';
import type { RulePlaces } from './places.ts';
import { fieldDocs } from './field-docs.ts';
import { fieldNames } from './rule-schema.ts';

type Issue = z.core.$ZodIssue;
interface Context { readonly value: unknown; readonly kind: RuleKind; readonly places: RulePlaces }

/** As many as a person can use: each costs a search of the document. More come after these are mended. */
const maxProblems = 50;

export function schemaProblems(issues: readonly Issue[], context: Context): readonly RuleProblem[] {
  return issues.slice(0, maxProblems).flatMap((issue) => problemsOf(issue, context)).slice(0, maxProblems);
}

function problemsOf(issue: Issue, context: Context): readonly RuleProblem[] {
  const path = issue.path as RulePath;
  if (issue.code === 'unrecognized_keys') return issue.keys.slice(0, maxProblems).map((key) => unknownField(path, key, context));
  if (issue.code === 'invalid_key') return [at(context, path, 'rule/name', `"${String(path.at(-1))}" cannot stand here. ${issue.issues[0]?.message ?? ''}`.trim(), undefined, true)];
  const given = valueAt(context.value, path);
  if (given === undefined) return [missing(path, context)];
  if (issue.code === 'invalid_value') return [notOneOf(path, given, issue.values.map(String), context)];
  if (issue.code === 'invalid_type' || issue.code === 'invalid_union') return [wrongType(path, given, issue.code === 'invalid_type' ? issue.expected : 'union', context)];
  return [at(context, path, 'rule/value', outOfBounds(issue, path, given))];
}

/** Several names are missing from a list of places: `path` names a list with `[]` and free names with `*`. */
const docPath = (path: RulePath): string => path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[]` : text === '' ? step : `${text}.${step}`), '');
const freeNames = (path: string): string => path.replace(/^states\.[^.[]+/, 'states.*');
const exampleOf = (path: RulePath, kind: RuleKind): string | undefined => fieldDocs[kind][freeNames(docPath(path))]?.example;

/** How a sentence calls the place: `budget.cpu`, `tests 2, given 1`. */
export const pathWords = (path: RulePath): string => path.reduce<string>((text, step) => (typeof step === 'number' ? `${text} ${step + 1}` : text === '' ? step : `${text}${/ \d+$/.test(text) ? ', ' : '.'}${step}`), '');

function at({ places }: Context, path: RulePath, code: string, message: string, help?: string, key = false, fixes?: readonly QuickFix[]): RuleProblem {
  const [start, end] = key ? places.keyRange(path) : places.range(path);
  return { severity: 'error', code, message, path, start, end, ...(help !== undefined && { help }), ...(fixes !== undefined && fixes.length > 0 && { fixes: [...fixes] }) };
}

function unknownField(path: RulePath, key: string, context: Context): RuleProblem {
  const names = fieldNames(context.kind, path);
  const near = nearest(key, names);
  const [start, end] = context.places.keyRange([...path, key]);
  const where = path.length === 0 ? `a rule of kind ${context.kind}` : pathWords(path);
  const fixes = near === undefined ? [] : [{ title: `Change to ${near}`, edits: [{ start, end, text: near }] }];
  return at(context, [...path, key], 'rule/unknown-field', `There is no field "${key}" in ${where}.${near === undefined ? '' : ` Did you mean ${near}?`}`, `The fields are ${names.join(', ')}.`, true, fixes);
}

function missing(path: RulePath, context: Context): RuleProblem {
  const name = String(path.at(-1));
  const example = exampleOf(path, context.kind);
  const where = path.length === 1 ? '' : ` in ${pathWords(path.slice(0, -1))}`;
  return at(context, path, 'rule/missing-field', `The field ${name} is missing${where}.`, example === undefined ? undefined : `For example ${name}: ${example}`, true);
}

function notOneOf(path: RulePath, given: unknown, values: readonly string[], context: Context): RuleProblem {
  if (path[0] === 'weir' && path.length === 1) return at(context, path, 'rule/version', `weir: ${shown(given)} is not a version of rule documents that this program knows.`, 'Write weir: 1, or run a newer Weir.');
  const near = typeof given === 'string' ? nearest(given, values) : undefined;
  const [start, end] = context.places.range(path);
  return at(context, path, 'rule/value', `${pathWords(path)} is ${values.join(', ').replace(/, ([^,]*)$/, ' or $1')}, not ${shown(given)}.${near === undefined ? '' : ` Did you mean ${near}?`}`, undefined, false, near === undefined ? [] : [{ title: `Change to ${near}`, edits: [{ start, end, text: near }] }]);
}

const typeWords: Readonly<Record<string, string>> = { string: 'text', number: 'a number', int: 'a whole number', array: 'a list', object: 'a set of fields', record: 'a set of fields', boolean: 'true or false', union: 'written otherwise' };

function wrongType(path: RulePath, given: unknown, expected: string, context: Context): RuleProblem {
  const example = exampleOf(path, context.kind);
  const [start, end] = context.places.range(path);
  const quotable = expected === 'string' && (typeof given === 'number' || typeof given === 'boolean');
  const fixes = quotable ? [{ title: 'Put it in quotes', edits: [{ start, end, text: JSON.stringify(String(given)) }] }] : [];
  const needed = typeWords[expected] ?? expected;
  const help = quotable && example === undefined ? 'Put it in quotes.' : example === undefined ? undefined : `For example ${String(path.at(-1))}: ${example}`;
  return at(context, path, 'rule/type', `${pathWords(path) || 'A rule'} must be ${needed}; this is ${kindOf(given)}.`, help, false, fixes);
}

function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a set of fields';
  return typeof value === 'number' ? `the number ${value}` : typeof value === 'boolean' ? String(value) : `the text ${shown(value)}`;
}

const shown = (value: unknown): string => { const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value) ?? String(value); return text.length > 60 ? `${text.slice(0, 57)}…` : text; };

/** The schema's own sentences are kept; zod's are said plainly. */
function outOfBounds(issue: Issue, path: RulePath, given: unknown): string {
  if (!/^(Too |Invalid |Unrecognized )/.test(issue.message)) return issue.code === 'invalid_format' ? `${pathWords(path)} is ${shown(given)}. ${issue.message}` : issue.message;
  const name = pathWords(path);
  const unit = Array.isArray(given) ? ' entries' : typeof given === 'string' ? ' characters' : '';
  if (issue.code === 'too_big') return `${name} is at most ${Number(issue.maximum).toLocaleString('en')}${unit}; this is ${sizeOf(given)}.`;
  if (issue.code === 'too_small') return typeof given === 'string' ? `${name} is empty.` : `${name} is at least ${String(issue.minimum)}${unit}; this is ${sizeOf(given)}.`;
  return `${name} is ${shown(given)}, which cannot stand here.`;
}

const sizeOf = (given: unknown): string => (Array.isArray(given) || typeof given === 'string' ? given.length.toLocaleString('en') : String(given));

function valueAt(value: unknown, path: RulePath): unknown {
  return path.reduce<unknown>((at, step) => (typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? (at as Record<string | number, unknown>)[step] : undefined), value);
}
