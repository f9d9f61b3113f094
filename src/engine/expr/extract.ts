// Getting values out of text: extract, extract_all, extract_json, parse_json, parse_url, replace_regex, parse_version.
import type { KqlType } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { isBag, parseJson, toText } from '../values/index.ts';
import { joined } from './bounded-text.ts';
import { castTo } from './convert.ts';
import { constantOf, type Compiled } from './frame.ts';
import { atJsonPath } from './json-path.ts';
import { parsePath } from './paths.ts';
import { eachMatch, regexOf, type Matcher } from './regex.ts';
import { define, grows, plain, unary, type Builder, type FunctionTable } from './registry.ts';
import { textOf } from './string-ops.ts';

const kqlTypes: ReadonlySet<string> = new Set(['bool', 'int', 'long', 'real', 'decimal', 'string', 'datetime', 'timespan', 'dynamic', 'guid']);

/** The type named by a `typeof(x)` argument, which the compiler hands over as a string. */
function namedType(arg: Compiled | undefined): KqlType {
  const name = arg?.constant === true ? constantOf(arg) : null;
  const bare = typeof name === 'string' ? name.replace(/^typeof\((.*)\)$/, '$1') : '';
  return kqlTypes.has(bare) ? (bare as KqlType) : 'string';
}

/** `extract(regex, group, text, [typeof(type)])`: null when nothing matches. */
const extract: Builder = (args) => {
  const regex = regexOf(args[0]!);
  const group = args[1]!.run;
  const text = textOf(args[2]!);
  const type = namedType(args[3]);
  return (frame) => {
    const matcher = regex(frame)?.matcher(text(frame)) ?? null;
    const index = Number(group(frame) ?? 0);
    if (matcher === null || !(index >= 0 && index <= matcher.groupCount()) || !Number.isInteger(index) || !matcher.find()) return null;
    return castTo(matcher.group(index), type);
  };
};

const maxMatches = 10_000;

/** `extract_all(regex, [groups], text)`: every match; one group gives strings, more give arrays of strings. */
const extractAll: Builder = (args, { clock }) => {
  const regex = regexOf(args[0]!);
  const groups = args.length === 3 ? args[1]!.run : null;
  const text = textOf(args[args.length - 1]!);
  return (frame) => {
    const matcher = regex(frame)?.matcher(text(frame)) ?? null;
    if (matcher === null) return null;
    const chosen = groups?.(frame);
    const wanted = Array.isArray(chosen) ? chosen.map(Number) : Array.from({ length: matcher.groupCount() }, (_, i) => i + 1);
    const found: Value[] = [];
    for (const _ of eachMatch(matcher, clock, { most: maxMatches })) {
      const parts = wanted.filter((i) => Number.isInteger(i) && i >= 0 && i <= matcher.groupCount()).map((i) => matcher.group(i) ?? '');
      found.push(parts.length === 1 ? parts[0]! : parts);
    }
    return found.length === 0 ? null : found;
  };
};

/** `\\0` to `\\9` in a replacement: the match and its groups, as numbers between the texts around them. */
const replacementOf = (by: string): readonly (string | number)[] => by.split(/\\(\d)/).map((part, i) => (i % 2 === 0 ? part : Number(part)));

/** `replace_regex(text, regex, by)`; the result is cut at the bound on text. */
const replaceRegex: Builder = (args, { clock }) => {
  const text = textOf(args[0]!);
  const regex = regexOf(args[1]!);
  const to = textOf(args[2]!);
  return (frame) => {
    const [where, by] = [text(frame), replacementOf(to(frame))];
    const matcher = regex(frame)?.matcher(where) ?? null;
    return matcher === null ? where : joined('replace_regex', replacements(matcher, where, by, eachMatch(matcher, clock)));
  };
};

/** `found`: the matches, at each of which the matcher stands in turn. */
function* replacements(matcher: Matcher, text: string, by: readonly (string | number)[], found: Iterable<Matcher>): Generator<string> {
  let start = 0;
  for (const _ of found) {
    yield text.slice(start, matcher.start());
    for (const part of by) yield typeof part === 'string' ? part : part <= matcher.groupCount() ? matcher.group(part) ?? '' : '';
    start = matcher.end();
  }
  yield text.slice(start);
}

/** `extract_json(path, text or dynamic, [typeof(type)])`. */
const extractJson: Builder = (args) => {
  const path = textOf(args[0]!);
  const source = args[1]!.run;
  const type = namedType(args[2]);
  return (frame) => {
    const value = source(frame);
    const parsed = typeof value === 'string' ? parseJson(value)?.value ?? null : value;
    return castTo(atJsonPath(parsed, path(frame)), type);
  };
};

const urlForm = /^(?:([a-z][a-z0-9+.-]*):)?\/\/(?:([^:@/?#]*)(?::([^@/?#]*))?@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is;

function queryBag(query: string): Value {
  const bag: Record<string, Value> = Object.create(null) as Record<string, Value>;
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const [key, ...value] = pair.split('=');
    bag[key!] = value.join('=');
  }
  return { ...bag };
}

function parseUrl(text: string): Value {
  const match = urlForm.exec(text);
  if (match === null) return { Scheme: '', Host: '', Port: '', Path: '', Username: '', Password: '', 'Query Parameters': {}, Fragment: '' };
  const [, scheme = '', user = '', password = '', host = '', port = '', path = '', query = '', fragment = ''] = match;
  return { Scheme: scheme, Host: host, Port: port, Path: path, Username: user, Password: password, 'Query Parameters': queryBag(query), Fragment: fragment };
}

/** Text that is no JSON stays a string, as in KQL; a dynamic stays what it is. */
const parsedJson = (value: Value): Value => (typeof value === 'string' ? (parseJson(value) ?? { value }).value : value);

const versionPart = /^\d{1,8}$/;
/** Four parts of eight digits, comparable as numbers; null when the text is no version. */
function parseVersion(text: string): Value {
  const parts = text.split('.');
  if (parts.length > 4 || !parts.every((part) => versionPart.test(part))) return null;
  const whole = BigInt([...parts, '0', '0', '0'].slice(0, 4).map((part) => part.padStart(8, '0')).join(''));
  return whole <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(whole) : whole;
}

export const extraction: FunctionTable = {
  extract: define(3, 4, extract), extract_all: grows(define(2, 3, extractAll)), replace_regex: grows(define(3, 3, replaceRegex)),
  extract_json: define(2, 3, extractJson), extractjson: define(2, 3, extractJson),
  parse_json: unary(parsedJson), parsejson: unary(parsedJson),
  parse_url: plain(1, 1, ([text = null], [type]) => parseUrl(toText(text, type!))),
  parse_urlquery: plain(1, 1, ([text = null], [type]) => ({ 'Query Parameters': queryBag(toText(text, type!)) })),
  parse_path: plain(1, 1, ([text = null], [type]) => parsePath(toText(text, type!))),
  parse_version: plain(1, 1, ([text = null], [type]) => parseVersion(toText(text, type!))),
  gettype: define(1, 1, ([arg]) => { const { run, type } = arg!; return (frame) => typeName(run(frame), type); }),
};

function typeName(value: Value, type: KqlType): string {
  if (type !== 'dynamic') return type;
  if (value === null) return 'null';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'long' : 'double';
  return typeof value === 'bigint' ? 'long' : isBag(value) ? 'dictionary' : 'array';
}
