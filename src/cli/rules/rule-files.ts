// Rule files on disk: a YAML document, or bare KQL in a .kql file, which is named by its file.
import { isUtf8 } from 'node:buffer';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { failure, ok, type Failure, type Result } from '../../base/index.ts';
import type { KqlLanguage } from '../../kql/index.ts';
import { maxRuleText } from '../../model/index.ts';
import { checkKqlRule, checkRuleAndScript, printRule, type CheckedRule } from '../../rules/index.ts';
import { newVm } from '../../server/index.ts';
import { cannotRead } from '../commands/input.ts';
import { CommandFailure } from '../failure.ts';

/** One rule file, read and checked. `text` is what places in the problems refer to. */
export interface CheckedFile extends CheckedRule { readonly path: string; readonly text: string }

/** Bytes of one file: the characters of a document, should each take four. */
const maxRuleBytes = maxRuleText * 4;

/** Files as named; of a folder all .yaml, .yml and .kql files in it and below, hidden folders and node_modules left out. In order of their paths. */
export async function ruleFilesIn(paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const info = await stat(path).catch((failed: unknown) => { throw cannotRead(path, failed); });
    const files = info.isDirectory() ? await filesBelow(path) : [path];
    if (files.length === 0) throw new CommandFailure({ code: 'cli.no-rules', message: `${path} holds no rule file.`, help: 'Rule files end in .yaml, .yml or .kql.' });
    found.push(...files);
  }
  return [...new Set(found)];
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const files: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') files.push(...await filesBelow(path));
    else if (entry.isFile() && /\.(ya?ml|kql)$/i.test(entry.name)) files.push(path);
  }
  return files;
}

export const isKqlFile = (path: string): boolean => /\.kql$/i.test(path);

/** The name of a rule that is bare KQL: that of its file, with dashes for what a name cannot hold. */
export const nameOfFile = (path: string): string => basename(path, extname(path)).toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 63);

/** The text without a byte order mark, that of bare KQL with line feeds only; or why there is none: the file is too large to be a rule, or no UTF-8. */
export async function readRuleText(path: string): Promise<Result<string, Failure>> {
  const bytes = await bytesOf(path);
  if (bytes === null) return failure('rule/too-long', `The file is larger than ${maxRuleBytes / 1024} KiB, so it was not read.`, `A rule has at most ${maxRuleText.toLocaleString('en')} characters: move long lists out of it.`);
  if (!isUtf8(bytes)) return failure('rule/not-utf8', `The file is not UTF-8${isUtf16(bytes) ? ' but UTF-16' : ''}, so it was not read.`, 'Save it as UTF-8, with or without a byte order mark.');
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  return ok(isKqlFile(path) ? text.replaceAll('\r\n', '\n') : text);
}

/** Null for a file too large. */
async function bytesOf(path: string): Promise<Buffer | null> {
  try { return (await stat(path)).size > maxRuleBytes ? null : await readFile(path); } catch (failed) { throw cannotRead(path, failed); }
}

const isUtf16 = (bytes: Buffer): boolean => bytes.length > 1 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff));

export async function checkFile(path: string, language: KqlLanguage): Promise<CheckedFile> {
  const read = await readRuleText(path);
  if (!read.ok) return { path, text: '', document: null, compiled: null, problems: [{ severity: 'error', path: [], start: 0, end: 0, ...read.error }] };
  const text = read.value;
  return { path, text, ...(isKqlFile(path) ? checkKqlRule(text, nameOfFile(path), language) : await checkRuleAndScript(text, language, newVm)) };
}

/** The document's text as a server keeps it: as written; bare KQL as the document that it stands for. */
export const documentText = ({ path, text, document }: CheckedFile): string => (isKqlFile(path) && document !== null ? printRule(document) : text);

export const hasErrors = ({ problems }: CheckedRule): boolean => problems.some(({ severity }) => severity === 'error');
