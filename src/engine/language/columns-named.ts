// Which columns a script can ask for, judged by its text: reading a column costs, and most scripts read three. When the record goes
// anywhere as a whole, or the text cannot be judged, it is all of them; a column that is left out is one that no path can name.
import type { Signal } from '../../model/index.ts';
import { columnsOf, type ColumnDefinition, type ColumnId } from '../../otlp/index.ts';
import { codeOnly } from './code-only.ts';

export interface NamedColumn { readonly id: ColumnId; readonly name: string; readonly type: ColumnDefinition['type'] }

export function columnsNamed(javascript: string, signal: Signal): readonly NamedColumn[] {
  const all = columnsOf(signal).map(({ name, type }, id) => ({ id, name, type }));
  const names = namesIn(javascript);
  return names === null ? all : all.filter(({ name }) => names.has(name));
}

/** `function onRecord(record` or `function onRecord({ … }`, and nothing else of that name. */
const header = /\bfunction\s+onRecord\s*\(\s*([A-Za-z_$][\w$]*|\{[^{}]*\}|(?=\)))\s*[,)]/;

/** Every member of the record that the code names; null when it must be all columns. */
function namesIn(javascript: string): ReadonlySet<string> | null {
  const code = javascript.includes('\\u') ? null : codeOnly(javascript);
  if (code === null || /\barguments\b/.test(code) || (code.match(/\bonRecord\b/g)?.length ?? 0) !== 1) return null;
  const found = header.exec(code);
  if (found === null) return null;
  const parameter = found[1]!;
  if (parameter.startsWith('{')) return /\.\.\.|\[|["']/.test(parameter) ? null : new Set(parameter.match(/[A-Za-z_$][\w$]*/g));
  return parameter === '' ? new Set() : membersOf(code, parameter, found.index + found[0].indexOf(parameter, found[0].indexOf('(')));
}

/** Members that the code names as `name.Member`; null when the name is used for anything else. */
function membersOf(code: string, name: string, declaredAt: number): ReadonlySet<string> | null {
  const uses = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])(?:\\s*(?:\\?\\.|\\.)\\s*([A-Za-z_$][\\w$]*))?`, 'g');
  const members = new Set<string>();
  for (const use of code.matchAll(uses)) {
    if (use[1] !== undefined) members.add(use[1]);
    else if (use.index !== declaredAt) return null;
  }
  return members;
}
