// A document as canonical YAML: what export writes and git keeps. One order of fields, defaults left out, code as a block
// literal; the same document always gives the same bytes, and parseRule of them gives the same document.
import type { RuleDocument } from '../../model/index.ts';
import { fieldOrder } from './field-docs.ts';
import { codeFields, tidyCode } from './code-text.ts';
import { writeYaml } from './write-yaml.ts';

const defaults: Readonly<Record<string, unknown>> = { description: '', location: 'on-box', targets: '', order: 100, when: '', mode: 'mask', sensitiveKeys: true, annotate: 'silent' };
/** Logs alone: a script without `signals`. A policy without them is for all. */
const isUsual = (kind: unknown, name: string, value: unknown): boolean => kind === 'language' && name === 'signals' && Array.isArray(value) && value.length === 1 && value[0] === 'logs';
/** Everything that there is to look for: a policy without `detectors`. */
const isAll = (name: string, value: unknown): boolean => name === 'detectors' && Array.isArray(value) && value.length === 1 && value[0] === '*';

/** Ends in a line break. `weir` and `kind` are always written: they say what the file is. */
export function printRule(document: RuleDocument): string {
  const given = document as unknown as Readonly<Record<string, unknown>>;
  const fields: Record<string, unknown> = {};
  for (const name of fieldOrder) {
    const value = given[name];
    if (value !== undefined && value !== defaults[name] && !isEmpty(value) && !isAll(name, value) && !isUsual(document.kind, name, value)) fields[name] = codeFields.includes(name) ? `${tidyCode(String(value))}\n` : canonical(value);
  }
  return `${writeYaml(fields, codeFields)}\n`;
}

const isEmpty = (value: unknown): boolean => typeof value === 'object' && value !== null && (Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0);

/** Without fields that hold undefined: they are not there. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined).map(([key, one]) => [key, canonical(one)]));
}
