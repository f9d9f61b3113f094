// Text to a checked rule document, with every problem placed in the text.
import { isMap, visit, type YAMLError } from 'yaml';
import { maxRuleText, queryDocument, ruleKinds, type RuleDocument, type RuleKind } from '../../model/index.ts';
import { nearest } from '../../kql/index.ts';
import type { ParsedRule, RuleProblem } from '../types.ts';
import { tidyCode } from './code-text.ts';
import { placesIn, type RulePlaces } from './places.ts';
import { readYaml, yamlValue, type RuleYaml, type YamlDocument } from './read-yaml.ts';
import { zodSchemas } from './rule-schema.ts';
import { schemaProblems } from './schema-words.ts';
import { yamlWords } from './yaml-words.ts';

const problem = (severity: RuleProblem['severity'], code: string, message: string, start: number, end: number, help?: string): RuleProblem => ({ severity, code, message, path: [], start, end, ...(help !== undefined && { help }) });

/** A rule document in YAML 1.2 (JSON is YAML). White space at the end of `kql` does not belong to it, however the block was written. */
export function parseRule(text: string): ParsedRule {
  if (text.length > maxRuleText) return refused(tooLong(text.length));
  const source = readYaml(text);
  const errors = source.errors.map((error) => syntaxProblem(source, error));
  const tags = source.yaml.warnings.map((warning) => problem('error', 'yaml/tag', yamlWords(warning).message, ...warning.pos, yamlWords(warning).help));
  if (errors.length + tags.length > 0) return refused(...withoutRepeats(text, errors).slice(0, 20), ...tags.slice(0, 20));
  if (!isMap(source.yaml.contents)) return refused(problem('error', 'rule/no-document', 'There is no rule document here: it is not a set of fields.', 0, Math.min(text.length, lineEnd(text)), 'A rule document has at least name: and kql:, each on a line of its own.'));
  return checked(source);
}

/** One mistake makes the parser stumble again and again: what it says of a line and the next is said once. A field given twice is a mistake of its own. */
function withoutRepeats(text: string, errors: readonly RuleProblem[]): readonly RuleProblem[] {
  const linesBetween = (from: number, to: number): number => text.slice(from, to).split('\n').length - 1;
  return errors.filter((error, i) => {
    const before = errors[i - 1];
    return before === undefined || error.code === 'yaml/duplicate-key' || error.message !== before.message || linesBetween(before.start, error.start) > 1;
  });
}

function syntaxProblem({ text, yaml }: RuleYaml, error: YAMLError): RuleProblem {
  const { message, help } = yamlWords(error);
  const [start, end] = placeOfError(text, yaml, error);
  return problem('error', `yaml/${error.code.toLowerCase().replaceAll('_', '-')}`, message, Math.min(start, text.length), Math.min(Math.max(end, start + 1), text.length), help);
}

/** The parser notices an open quotation mark at the end of the text; a person wants to see where it opens. */
function placeOfError(text: string, yaml: YamlDocument, { code, pos: [start, end], message }: YAMLError): readonly [number, number] {
  if (code === 'DUPLICATE_KEY') return [start, start + (/^[\w.-]+/.exec(text.slice(start))?.[0].length ?? 1)];
  if (code !== 'MISSING_CHAR' || !message.includes('quote')) return [start, end];
  let opened = start;
  visit(yaml, { Scalar: (_key, node) => { if (node.range?.[1] === start) opened = node.range[0]; } });
  return [opened, Math.min(lineEndFrom(text, opened), text.length)];
}

const lineEndFrom = (text: string, from: number): number => { const at = text.indexOf('\n', from); return at < 0 ? text.length : at; };
const lineEnd = (text: string): number => lineEndFrom(text, 0);
const refused = (...problems: readonly RuleProblem[]): ParsedRule => ({ document: null, problems });

function tooLong(length: number): RuleProblem {
  return problem('error', 'rule/too-long', `This document has ${length.toLocaleString('en')} characters; at most ${maxRuleText.toLocaleString('en')} are read.`, 0, 1, 'Move long lists out of the rule, or split it into several.');
}

function checked(source: RuleYaml): ParsedRule {
  let value: unknown;
  try {
    value = yamlValue(source);
  } catch {
    return refused(problem('error', 'yaml/alias', 'The aliases of this document stand for far more than its text, or for nothing.', 0, 1, 'Write the values out.'));
  }
  const places = placesIn(source);
  const kind = kindOf(value, places);
  if (typeof kind === 'object') return refused(kind);
  const result = zodSchemas[kind].safeParse(value);
  if (!result.success) return refused(...schemaProblems(result.error.issues, { value, kind, places }).toSorted((a, b) => a.start - b.start));
  return { document: tidy(result.data), problems: source.lenient.map((place) => unquoted(source.text, place)) };
}

function kindOf(value: unknown, places: RulePlaces): RuleKind | RuleProblem {
  const { kind = 'query' } = value as { readonly kind?: unknown };
  const known = ruleKinds.find((one) => one === kind);
  if (known !== undefined) return known;
  const [start, end] = places.range(['kind']);
  const near = typeof kind === 'string' ? nearest(kind, ruleKinds) : undefined;
  const message = `"${String(kind)}" is no kind of rule.${near === undefined ? '' : ` Did you mean ${near}?`}`;
  return { ...problem('error', 'rule/kind', message, start, end, `The kinds are ${ruleKinds.join(', ').replace(/, ([^,]*)$/, ' and $1')}.`), path: ['kind'], ...(near !== undefined && { fixes: [{ title: `Change to ${near}`, edits: [{ start, end, text: near }] }] }) };
}

function tidy(document: RuleDocument): RuleDocument {
  if (document.kind === 'query') return { ...document, kql: tidyCode(document.kql) };
  return document.kind === 'language' ? { ...document, javascript: tidyCode(document.javascript) } : document;
}

function unquoted(text: string, { start, end }: { readonly start: number; readonly end: number }): RuleProblem {
  const written = text.slice(start, end);
  const quoted = written.includes("'") ? JSON.stringify(written) : `'${written}'`;
  return { ...problem('hint', 'yaml/unquoted', `Other YAML readers want quotes around ${written}, because of its brackets.`, start, end, 'Weir reads it all the same.'), fixes: [{ title: 'Put it in quotes', edits: [{ start, end, text: quoted }] }] };
}

/** Bare KQL as a query rule; problems are those of its name and length, and the text is its own. */
export function parseKqlRule(kql: string, name: string): ParsedRule {
  if (kql.length > maxRuleText) return refused(tooLong(kql.length));
  const result = queryDocument.safeParse({ name, kql });
  if (result.success) return { document: tidy(result.data), problems: [] };
  return refused(...result.error.issues.map(({ path, message }) => ({ ...problem('error', 'rule/value', path[0] === 'name' ? `"${name}" cannot be the name of a rule. ${message}` : message, 0, Math.max(1, kql.length), path[0] === 'name' ? 'Name the file as the rule is to be called.' : undefined), path: path as (string | number)[] })));
}
