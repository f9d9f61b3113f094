// A rule as a file: a YAML document (rules.md of the product's design: weir, kind, name, …, kql) or bare KQL.
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { ruleDocument, type AgentRule, type RuleDocument } from '../../model/index.ts';
import { CommandFailure } from '../failure.ts';
import { compileOrFail } from './compile.ts';
import { cannotRead } from './input.ts';

const documentVersion = 1;
/** Fields that say where, for whom and how long a rule runs on a fleet: part of the document, without meaning for a run over a file. */
const fleetFields = ['location', 'targets', 'expires', 'budget'] as const;
const knownFields = new Set<string>(['weir', ...fleetFields, ...Object.keys(ruleDocument.shape)]);

/** Reads and compiles the rule at `path`. Fails with one message that names the file. */
export async function loadRule(path: string, id: string): Promise<AgentRule> {
  const text = await readFile(path, 'utf8').catch((failed: unknown) => { throw cannotRead(path, failed); });
  const document = readDocument(path, text.replace(/^\uFEFF/, ''));
  const plan = await compileOrFail(path, document.kql, { mode: 'rule' });
  return { id, name: document.name, version: 1, order: document.order, plan };
}

function readDocument(path: string, text: string): Pick<RuleDocument, 'name' | 'order' | 'kql'> {
  const name = basename(path, extname(path));
  const fields = documentFields(path, text);
  if (fields === null) return { name, order: 100, kql: text };
  checkFields(path, fields);
  const checked = ruleDocument.safeParse({ name, ...fields });
  if (checked.success) return checked.data;
  throw new CommandFailure({ code: 'rule.invalid', message: `${path} is not a valid rule document. ${checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join(' ')}` });
}

/** The fields of a YAML document; null when the file is bare KQL. */
function documentFields(path: string, text: string): Readonly<Record<string, unknown>> | null {
  const isYaml = /\.(ya?ml|json)$/i.test(path);
  let value: unknown = null;
  try {
    value = parseYaml(text, { logLevel: 'error' });
  } catch (failed) {
    if (isYaml) throw new CommandFailure({ code: 'rule.bad-yaml', message: `${path} is not valid YAML: ${(failed as Error).message.trim()}` });
  }
  const document = typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Readonly<Record<string, unknown>> : null;
  if (document !== null && (isYaml || 'kql' in document || 'weir' in document)) return document;
  if (isYaml) throw new CommandFailure({ code: 'rule.no-document', message: `${path} holds no rule document: it is not a set of fields.`, help: 'A rule document has at least `name` and `kql`; a file with bare KQL ends in .kql.' });
  return null;
}

/** What the schema would say less plainly, or not at all. */
function checkFields(path: string, fields: Readonly<Record<string, unknown>>): void {
  const fail = (code: string, message: string, help: string): never => { throw new CommandFailure({ code, message: `${path}: ${message}`, help }); };
  if ((fields['weir'] ?? documentVersion) !== documentVersion) fail('rule.bad-version', `\`weir: ${String(fields['weir'])}\` is not a version of rule documents that this program knows.`, `Write \`weir: ${documentVersion}\`, or run a newer Weir.`);
  if ((fields['kind'] ?? 'query') !== 'query') fail('rule.bad-kind', `a rule of kind "${String(fields['kind'])}" cannot be run over a file.`, 'Only rules of kind `query` can be.');
  const unknown = Object.keys(fields).filter((name) => !knownFields.has(name));
  if (unknown.length > 0) fail('rule.unknown-field', `there is no field ${unknown.map((name) => `\`${name}\``).join(', ')} in a rule document.`, `The fields are ${[...knownFields].join(', ')}.`);
  if (fields['kql'] === undefined) fail('rule.no-kql', 'the field `kql` is missing.', 'A rule document has at least `name` and `kql`; a file with bare KQL ends in .kql.');
}
