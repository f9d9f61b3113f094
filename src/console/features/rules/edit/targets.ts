// Targets as a choice: services and hosts picked from a list, written as KQL, and read back. Anything else is a person's own text.
import { kqlString, unquote } from '../../../../kql/index.ts';

export interface ChosenTargets { readonly services: readonly string[]; readonly hosts: readonly string[] }

const quoted = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`;
const clauseOf = (column: string): string => String.raw`${column}\s*(?:==\s*(?:${quoted})|in\s*\(\s*(?:${quoted})(?:\s*,\s*(?:${quoted}))*\s*\))`;
const service = clauseOf('ServiceName');
const host = clauseOf(String.raw`Agent\[["']host\.name["']\]`);
const wholeText = new RegExp(String.raw`^\s*(?<services>${service})?(?:(?:(?<=\S)\s+and\s+|(?<=^\s*))(?<hosts>${host}))?\s*$`);

/** Null when the text says something that the lists cannot show. Empty text is every agent and service. */
export function readTargets(text: string): ChosenTargets | null {
  const found = wholeText.exec(text);
  if (found === null) return null;
  const [services, hosts] = [namesIn(found.groups?.['services']), namesIn(found.groups?.['hosts'])];
  return services === null || hosts === null ? null : { services, hosts };
}

/** Null when an escape in them means nothing. */
function namesIn(clause = ''): readonly string[] | null {
  const literals = clause.replace(/^Agent\[[^\]]*\]/, '').match(new RegExp(quoted, 'g')) ?? [];
  const names = literals.flatMap(literal => unquote(literal) ?? []);
  return names.length === literals.length ? names : null;
}

export function writeTargets({ services, hosts }: ChosenTargets): string {
  return [clause('ServiceName', services), clause('Agent["host.name"]', hosts)].filter(Boolean).join(' and ');
}

function clause(column: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  return names.length === 1 ? `${column} == ${kqlString(names[0]!)}` : `${column} in (${names.map(name => kqlString(name)).join(', ')})`;
}

/** In the list or out of it. */
export const toggled = (names: readonly string[], name: string): readonly string[] => names.includes(name) ? names.filter(each => each !== name) : [...names, name];
