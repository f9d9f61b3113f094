// Completions and hover docs for the YAML around the KQL: field names, values that the schema lists, names of states.
import { isMap } from 'yaml';
import { ruleKinds, type RuleKind } from '../../model/index.ts';
import type { RulePath } from '../types.ts';
import { cursorPath } from './cursor-path.ts';
import { fieldOrder } from './field-docs.ts';
import { codeFields } from './code-text.ts';
import { keyText, nodeAt, readYaml } from './read-yaml.ts';
import { namedDetectors, sensitiveKeyNames } from './policy-names.ts';
import { schemaAt, type JsonSchema } from './rule-schema.ts';

/** `insertText` replaces [start, end). */
export interface SchemaCompletion { readonly label: string; readonly insertText: string; readonly kind: 'field' | 'value'; readonly documentation: string; readonly start: number; readonly end: number }
export interface SchemaHints {
  readonly completions: readonly SchemaCompletion[];
  /** Markdown about the field or value at the place; null where there is nothing to say. */
  readonly hover: { readonly text: string; readonly start: number; readonly end: number } | null;
}

/** What the schema knows about a place of the text. Nothing inside KQL: there the KQL service answers (`valueAt` finds the spot). */
export function schemaHints(text: string, offset: number): SchemaHints {
  const at = cursorPath(text, offset);
  if (at === null) return { completions: [], hover: null };
  const kind = kindIn(text);
  const word = text.slice(at.start, at.end);
  const field: RulePath = at.position === 'name' ? [...at.path, word] : at.path;
  const schema = schemaAt(kind, field);
  const place = { start: at.start, end: at.end };
  const names = at.position === 'value' && kind === 'redaction-policy' ? policyNames(text, field) : null;
  const named = names?.get(word.toLowerCase());
  const hover = named !== undefined ? { ...place, text: `**${word}**: ${named}` } : schema === null || word === '' || schema.description === undefined ? null : { ...place, text: describe(String(field.at(-1)), schema) };
  if (names !== null) return { completions: [...names].map(([name, documentation]) => ({ ...place, label: name, insertText: name === '*' ? "'*'" : name, kind: 'value', documentation })), hover };
  if (at.position === 'value') return { completions: valuesOf(text, field, schema).map((value) => ({ ...place, label: value, insertText: value, kind: 'value', documentation: schema?.description ?? '' })), hover };
  return { completions: fieldsOf(schemaAt(kind, at.path), at.siblings.filter((name) => name !== word), at.path.length === 0).map(([name, one]) => ({ ...place, label: name, insertText: insertOf(name, one, text, at.end), kind: 'field', documentation: describe(name, one) })), hover };
}

function kindIn(text: string): RuleKind {
  const [, written] = /^kind:\s*["']?([\w-]+)/m.exec(text) ?? [];
  return ruleKinds.find((kind) => kind === written) ?? 'query';
}

/** Names that the schema does not list, with what each is: detectors, and keys known as sensitive; null for other fields. */
function policyNames(text: string, path: RulePath): ReadonlyMap<string, string> | null {
  const field = path.findLast((step) => typeof step === 'string');
  if (field === 'detectors' || field === 'except') return namedDetectors(text);
  return (path[0] === 'entries' && field === 'key') || (path[0] === 'allow' && field === 'keys') ? sensitiveKeyNames : null;
}

/** Those of the document in the order in which it is printed, others as the schema has them. */
function fieldsOf(schema: JsonSchema | null, taken: readonly string[], isRoot: boolean): readonly (readonly [string, JsonSchema])[] {
  const left = Object.entries(schema?.properties ?? {}).filter(([name]) => !taken.includes(name));
  if (!isRoot) return left;
  const place = (name: string): number => { const index = (fieldOrder as readonly string[]).indexOf(name); return index < 0 ? fieldOrder.length : index; };
  return left.toSorted(([a], [b]) => place(a) - place(b));
}

/** The name with its colon, unless that is there already. */
const insertOf = (name: string, schema: JsonSchema, text: string, end: number): string => (/^\s*:/.test(text.slice(end, end + 20)) ? name : codeFields.includes(name) ? `${name}: |\n  ` : schema.type === 'object' || schema.type === 'array' ? `${name}:` : `${name}: `);

function valuesOf(text: string, path: RulePath, schema: JsonSchema | null): readonly string[] {
  if (path.length === 1 && path[0] === 'kind') return ruleKinds;
  if (isStateName(path)) return stateNames(text);
  if (schema === null) return [];
  const listed = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  return (listed ?? (schema.type === 'boolean' ? [true, false] : schema.default === undefined || schema.default === '' || typeof schema.default === 'object' ? [] : [schema.default])).map(String);
}

const isStateName = (path: RulePath): boolean => (path.length === 1 && path[0] === 'initial') || (path[0] === 'states' && (path.at(-1) === 'to' || path.at(-2) === 'after'));

function stateNames(text: string): readonly string[] {
  const states = nodeAt(readYaml(text).yaml, ['states'])?.node;
  return isMap(states) ? states.items.map(({ key }) => keyText(key)) : [];
}

function describe(name: string, schema: JsonSchema): string {
  const values = schema.enum === undefined ? '' : `\n\n${schema.enum.map((value) => `\`${String(value)}\``).join(', ')}`;
  const fallback = schema.default === undefined || schema.default === '' || typeof schema.default === 'object' ? '' : `\n\nWhen left out: \`${String(schema.default)}\`.`;
  return `**${name}**: ${schema.description ?? ''}${values}${fallback}`;
}
