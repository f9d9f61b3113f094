// Changes single values of a document and leaves every other byte alone: comments, order, blank lines, alignment. Each edit is
// spliced into the text where its node stands; the result is read again, and an edit that did not come out as meant (anchors,
// unusual layouts) is done by the YAML library instead, which keeps comments and order but may move white space.
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { failure, ok, type Failure, type Result } from '../../base/index.ts';
import type { RuleEdit, RulePath } from '../types.ts';
import { fieldOrder } from './field-docs.ts';
import { codeFields, tidyCode } from './code-text.ts';
import { keyText, nodeAt, rangeOf, readYaml, yamlValue, type RuleYaml } from './read-yaml.ts';
import { blockParts } from './scalar-map.ts';
import { renameField } from './rename-field.ts';
import { indented, writeYaml } from './write-yaml.ts';

/** The text with the edits made, one after another. Codes: `rule.syntax` (the text is no valid YAML), `rule.no-place` (a path leads through a value that is no list or set of fields), `rule.anchor` (an alias elsewhere needs what stands there), `rule.name-taken` (a new name that a neighbour has). */
export function editRule(text: string, edits: readonly RuleEdit[]): Result<string, Failure> {
  // A file whose lines all end in CR LF goes on so: edits are made on plain line feeds, and the file's own come back behind them.
  if (!endsInCrLf(text)) return editAll(text, edits);
  const edited = editAll(text.replaceAll('\r\n', '\n'), edits);
  return edited.ok ? ok(edited.value.replaceAll('\n', '\r\n')) : edited;
}

const endsInCrLf = (text: string): boolean => text.includes('\r\n') && !/(?<!\r)\n/.test(text);

function editAll(text: string, edits: readonly RuleEdit[]): Result<string, Failure> {
  let current = text;
  for (const edit of edits) {
    const next = editOnce(current, edit);
    if (!next.ok) return next;
    current = next.value;
  }
  return ok(current);
}

function editOnce(text: string, asked: RuleEdit): Result<string, Failure> {
  const source = readYaml(text);
  const edit = asked.path.length === 1 && codeFields.includes(String(asked.path[0])) && typeof asked.value === 'string' ? { ...asked, value: asCodeField(source, asked.path, asked.value) } : asked;
  if (source.errors.length > 0) return failure('rule.syntax', 'The text is not valid YAML, so nothing was changed in it.', 'Mend the text first.');
  if (edit.rename !== undefined) return renameField(source, edit.path, edit.rename);
  if (edit.value === undefined && nodeAt(source.yaml, edit.path) === null) return ok(text);
  const before = valueOf(source);
  if (before === tooMuch) return failure('rule.anchor', 'The aliases of this document stand for far more than its text, so nothing was changed in it.', 'Write the values out.');
  const wanted = withValue(before, edit.path, edit.value);
  if (wanted === noPlace) return failure('rule.no-place', `There is no place for ${edit.path.join('.')} in this document.`, 'A value on the way to it is no list and no set of fields.');
  if (same(before, wanted)) return ok(text);
  const spliced = splice(source, edit);
  if (spliced !== null && holds(spliced, wanted)) return ok(spliced);
  const rewritten = byLibrary(source, edit);
  return rewritten === null ? failure('rule.anchor', `${edit.path.join('.')} is named by an anchor that other fields of this document use.`, 'Write the value out where its alias stands, then change it.') : ok(rewritten);
}

const tooMuch = Symbol('too much');
const valueOf = (source: RuleYaml): unknown => { try { return yamlValue(source); } catch { return tooMuch; } };

/** White space at the end of code means nothing: a block ends in one line break, text on one line in none. */
function asCodeField({ yaml }: RuleYaml, path: RulePath, code: string): string {
  const node = nodeAt(yaml, path)?.node;
  const tidy = tidyCode(code);
  return isScalar(node) && node.type !== 'BLOCK_LITERAL' && !tidy.includes('\n') ? tidy : `${tidy}\n`;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b) && (a === undefined) === (b === undefined);

/** Keys may stand in another order than in `wanted`: a new field is put where it belongs. */
function holds(text: string, wanted: unknown): boolean {
  const source = readYaml(text);
  return source.errors.length === 0 && same(sorted(yamlValue(source)), sorted(wanted));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]));
}

/** Null when an alias would be left without its anchor. */
function byLibrary({ yaml, lenient, text }: RuleYaml, { path, value }: RuleEdit): string | null {
  if (lenient.length > 0) return writeYaml(withValue(yamlValue(readYaml(text)), path, value), codeFields) + '\n';
  try {
    if (value === undefined) yaml.deleteIn([...path]); else setIn(yaml, path, value);
    return yaml.toString({ lineWidth: 0 });
  } catch { return null; }
}

/** As the library's, but an empty field on the way (`budget:`) takes the rest of the path, and keeps its comment. */
function setIn(yaml: RuleYaml['yaml'], path: RulePath, value: unknown): void {
  const empty = path.findIndex((_, length) => { const node = length === 0 ? null : nodeAt(yaml, path.slice(0, length))?.node; return isScalar(node) && node.value === null; });
  if (empty < 0) { yaml.setIn([...path], yaml.createNode(value)); return; }
  const at = path.slice(0, empty);
  const { comment, commentBefore } = nodeAt(yaml, at)!.node as Scalar;
  const filled = yaml.createNode(nested(path.slice(empty), value)) as Node;
  // Behind an empty field stands what is before its value's first line.
  filled.commentBefore = [commentBefore, comment].filter(Boolean).join('\n') || null;
  yaml.setIn([...at], filled);
}

/** The value under fields and lists of one entry, as the path asks. */
const nested = (path: RulePath, value: unknown): unknown => path.reduceRight<unknown>((made, step) => (typeof step === 'number' ? [made] : { [step]: made }), value);

const noPlace = Symbol('no place');

/** The plain value with the edit made; missing parents are made as the path asks. */
function withValue(root: unknown, path: RulePath, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (root !== null && root !== undefined && typeof root !== 'object') return noPlace;
  if (Array.isArray(root) !== (typeof step === 'number') && root !== null && root !== undefined) return noPlace;
  if (typeof step === 'number') return withItem(Array.isArray(root) ? root : [], step, rest, value);
  const fields = { ...(root as Record<string, unknown> | null) };
  const next = withValue(fields[step], rest, value);
  if (next === noPlace) return noPlace;
  if (next === undefined) delete fields[step]; else fields[step] = next;
  return value === undefined && root === undefined ? undefined : fields;
}

function withItem(list: readonly unknown[], index: number, rest: RulePath, value: unknown): unknown {
  if (index > list.length || index < 0) return noPlace;
  const next = withValue(list[index], rest, value);
  if (next === noPlace) return noPlace;
  if (rest.length === 0 && value === undefined) return list.toSpliced(index, 1);
  return list.toSpliced(index, 1, next);
}

/** Null when this kind of place is not known here. */
function splice(source: RuleYaml, { path, value }: RuleEdit): string | null {
  const { yaml, text } = source;
  if (path.length === 0 || yaml.contents === null) return null;
  const found = nodeAt(yaml, path);
  const parent = nodeAt(yaml, path.slice(0, -1))?.node ?? null;
  if (value === undefined) return found === null || parent === null ? text : remove(text, parent, path.at(-1)!) ?? emptied(source, path.slice(0, -1), parent);
  if (found !== null) return found.node === null || isAlias(found.node) || found.node.tag?.startsWith('!') ? null : replace(text, found.node, found.pair, parent, value);
  return insertDeep(source, path, value);
}

/** The deepest parent that is there takes the rest of the path as a new value. */
function insertDeep({ yaml, text }: RuleYaml, path: RulePath, value: unknown): string | null {
  for (let length = path.length - 1; length >= 0; length--) {
    const found = nodeAt(yaml, path.slice(0, length));
    if (found === null || found.node === null) continue;
    const inner = nested(path.slice(length + 1), value);
    const { node, pair } = found;
    if (isMap(node)) return insertField(text, node, String(path[length]), inner, length === 0);
    if (isSeq(node)) return append(text, node, inner);
    // An empty field (`budget:`) is filled.
    const filled = typeof path[length] === 'number' ? [inner] : { [String(path[length])]: inner };
    return isScalar(node) && node.value === null ? replace(text, node, pair, null, filled) : null;
  }
  return null;
}

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;
const lineEnd = (text: string, at: number): number => { const newline = text.indexOf('\n', at); return newline < 0 ? text.length : newline; };
const column = (text: string, at: number): number => at - lineStart(text, at);
const isFlow = (node: Node | null): boolean => (isMap(node) || isSeq(node)) && node.flow === true;

/** A value as it stands behind `key:`, or behind `- `: on the same line, or on lines below at `indent`. */
function written(value: unknown, indent: number, flow: boolean, literal: boolean): { readonly inline: string | null; readonly below: string | null } {
  const yaml = writeYaml({ x: value }, literal ? ['x'] : [], flow).replace(/^(\{ )?x:/, '').replace(flow ? / \}$/ : /$^/, '');
  if (flow) return { inline: yaml.trim(), below: null };
  return yaml.startsWith('\n') ? { inline: null, below: indented(yaml, indent) } : { inline: indented(yaml.trimStart(), indent), below: null };
}

function replace(text: string, node: Node, pair: Pair<Node, Node | null> | null, parent: Node | null, value: unknown): string | null {
  const [start, end] = rangeOf(node);
  if (isScalar(node) && typeof value === 'string') {
    const scalar = replaceText(text, node, value, pair, isFlow(parent));
    if (scalar !== null) return scalar;
  }
  const inFlow = isFlow(parent) || isFlow(node);
  const owner = pair === null ? start : rangeOf(pair.key)[0];
  const { inline, below } = written(value, column(text, owner), inFlow, pair !== null && codeFields.includes(keyText(pair.key)));
  const wasBelow = text.slice(pair === null ? start : rangeOf(pair.key)[1], start).includes('\n');
  if (inline !== null && !inline.includes('\n')) {
    const from = wasBelow && pair !== null ? rangeOf(pair.key)[1] : start;
    const breaks = /\n\s*$/.exec(text.slice(start, end))?.[0] ?? '';
    return `${text.slice(0, from)}${from === start ? (text[start - 1] === ':' ? ' ' : '') : ': '}${inline}${breaks}${text.slice(end)}`;
  }
  if (pair === null) return null;
  const body = inline === null ? below! : ` ${inline}`;
  const comment = /^[ \t]+#[^\n]*/.exec(text.slice(end, lineEnd(text, end)))?.[0] ?? '';
  const head = body.slice(0, body.indexOf('\n'));
  const tail = /\n\s*$/.exec(text.slice(start, end))?.[0] ?? '';
  return `${text.slice(0, rangeOf(pair.key)[1])}:${head}${comment}${body.slice(head.length)}${tail}${text.slice(end + comment.length)}`;
}

/** Text for text, written as the old one was where that is possible. */
function replaceText(text: string, node: Scalar, value: string, pair: Pair<Node, Node | null> | null, inFlow: boolean): string | null {
  const [start, end] = rangeOf(node);
  const around = (scalar: string): string => text.slice(0, start) + scalar + text.slice(end);
  switch (node.type) {
    case 'BLOCK_LITERAL': return isLiteral(value) ? replaceLiteral(text, node, value) : null;
    case 'QUOTE_SINGLE': return value.includes('\n') || /[^\x20-\ud7ff\ue000-\ufffd]/.test(value) ? null : around(`'${value.replaceAll("'", "''")}'`);
    case 'QUOTE_DOUBLE': return value.includes('\n') && pair !== null && !inFlow ? null : around(JSON.stringify(value));
    default: return null;
  }
}

const isLiteral = (value: string): boolean => /^[\t\n\x20-\ud7ff\ue000-\ufefe\uff00-\uffff\ud800-\udfff]*$/.test(value) && /\S/.test(value);

/** Keeps the header with its comment, the indentation, and the blank lines that follow the block. */
function replaceLiteral(text: string, node: Scalar, value: string): string | null {
  const [start, end] = rangeOf(node);
  const { header, bodyStart, indent, depth, lines } = blockParts(text, node);
  // White space at the beginning would be taken for indentation, unless the header says how deep the text stands.
  const says = /^\s/.test(value) && !/\d/.test(header);
  if (says && (depth < 1 || depth > 9)) return null;
  const last = lines.findLastIndex((line) => !line.blank);
  const blankLines = last < 0 ? '' : text.slice(Math.min(end, lineEnd(text, lines[last]!.end) + 1), end);
  const body = value.replace(/\n+$/, '').split('\n').map((line) => (line === '' ? '' : ' '.repeat(Math.max(1, indent)) + line)).join('\n');
  const chomp = value.endsWith('\n') ? '' : '-';
  // Code means the same with and without a last line break, so its header stays; elsewhere the value decides.
  const head = header.replace(/[-+]/, '') + (says ? depth : '') + (header.includes('-') || !String(node.value).endsWith('\n') ? chomp : value.endsWith('\n') ? '' : '-');
  return text.slice(0, start) + head + text.slice(start + header.length, bodyStart) + body + (text[end - 1] === '\n' || end < text.length ? '\n' : '') + blankLines + text.slice(end);
}

function remove(text: string, parent: Node, step: string | number): string | null {
  if (isFlow(parent)) return removeFromFlow(text, parent as YAMLMap | YAMLSeq, step);
  const items = entries(parent);
  const index = indexOf(parent, step);
  const item = items[index];
  if (item === undefined || items.length === 1) return null;
  const from = lineStart(text, item.start);
  const next = items[index + 1];
  // The first field of a list's entry shares its line with the dash: the next one moves up to it.
  if (!/^\s*$/.test(isSeq(parent) ? text.slice(from, item.start).replace(/-\s+$/, '') : text.slice(from, item.start))) return next === undefined ? null : text.slice(0, item.start) + text.slice(next.start);
  const end = text[item.end - 1] === '\n' ? item.end : Math.min(text.length, lineEnd(text, item.end) + 1);
  return text.slice(0, from) + text.slice(end);
}

/** The last entry went: an empty list or set of fields stays. */
function emptied({ yaml, text }: RuleYaml, path: RulePath, node: Node): string | null {
  const pair = nodeAt(yaml, path)?.pair ?? null;
  const only = (isMap(node) || isSeq(node)) && node.items.length === 1;
  return only && pair !== null ? replace(text, node, pair, nodeAt(yaml, path.slice(0, -1))?.node ?? null, isSeq(node) ? [] : {}) : null;
}

interface Entry { readonly start: number; readonly end: number }

function entries(parent: Node): readonly Entry[] {
  if (isMap(parent)) return parent.items.map(({ key, value }) => ({ start: rangeOf(key as Node)[0], end: Math.max(rangeOf(key as Node)[1] + 1, value === null ? 0 : rangeOf(value as Node)[1]) }));
  return isSeq(parent) ? parent.items.map((item) => ({ start: rangeOf(item as Node)[0], end: rangeOf(item as Node)[1] })) : [];
}

const indexOf = (parent: Node, step: string | number): number => (isMap(parent) ? parent.items.findIndex(({ key }) => keyText(key) === String(step)) : Number(step));

function removeFromFlow(text: string, parent: YAMLMap | YAMLSeq, step: string | number): string | null {
  const items = entries(parent);
  const index = indexOf(parent, step);
  const item = items[index];
  if (item === undefined) return null;
  const next = items[index + 1];
  const before = items[index - 1];
  if (next !== undefined) return text.slice(0, item.start) + text.slice(next.start);
  if (before !== undefined) return text.slice(0, before.end) + text.slice(item.end);
  return text.slice(0, rangeOf(parent)[0] + 1) + text.slice(rangeOf(parent)[1] - 1);
}

/** A new field where the order of fields puts it (at the root), else behind the last. */
function insertField(text: string, map: YAMLMap, name: string, value: unknown, root: boolean): string | null {
  const items = entries(map);
  const key = writeYaml(name);
  if (isFlow(map)) return insertInFlow(text, map, items, `${key}: ${written(value, 0, true, false).inline}`);
  const first = items[0];
  if (first === undefined) return null;
  const indent = column(text, first.start);
  const { inline, below } = written(value, indent, false, codeFields.includes(name));
  const field = `${key}:${inline === null ? below! : ` ${inline}`}`;
  const after = root ? lastBefore(map, name) : items.length - 1;
  if (after < 0) return `${text.slice(0, first.start)}${field}\n${' '.repeat(indent)}${text.slice(first.start)}`;
  return insertLine(text, items[after]!, `${' '.repeat(indent)}${field}`);
}

function lastBefore(map: YAMLMap, name: string): number {
  const order: readonly string[] = fieldOrder;
  const place = order.indexOf(name);
  return place < 0 ? map.items.length - 1 : map.items.findLastIndex(({ key }) => order.indexOf(keyText(key)) < place);
}

/** Behind an entry's last line with a visible character or its comment, before blank lines and comments of the next. */
function insertLine(text: string, { start, end }: Entry, line: string): string {
  const last = start + text.slice(start, end).trimEnd().length;
  const at = lineEnd(text, last);
  return `${text.slice(0, at)}\n${line.replace(/\n$/, '')}${text.slice(at)}`;
}

function insertInFlow(text: string, parent: YAMLMap | YAMLSeq, items: readonly Entry[], entry: string): string {
  const last = items.at(-1);
  if (last !== undefined) return `${text.slice(0, last.end)}, ${entry}${text.slice(last.end)}`;
  const [start, end] = rangeOf(parent);
  return `${text.slice(0, start + 1)}${isMap(parent) ? ` ${entry} ` : entry}${text.slice(end - 1)}`;
}

function append(text: string, list: YAMLSeq, value: unknown): string | null {
  const items = entries(list);
  if (isFlow(list)) return insertInFlow(text, list, items, written(value, 0, true, false).inline ?? '');
  const last = items.at(-1);
  if (last === undefined) return null;
  const dash = text.lastIndexOf('-', last.start);
  const indent = column(text, dash);
  return insertLine(text, last, `${' '.repeat(indent)}${indented(writeYaml([value]), indent)}`);
}
