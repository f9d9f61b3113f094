// Text to YAML nodes with their places, by the `yaml` package. One leniency: in `[ServiceName, Attributes["queue.name"]]` YAML wants
// quotes around the second entry; people write KQL paths there without, so such brackets are read as text and a hint says so.
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type Pair, visit, YAMLParseError, type YAMLError } from 'yaml';
import type { RulePath } from '../types.ts';

export type YamlDocument = Document.Parsed;

interface Place { readonly start: number; readonly end: number }

export interface RuleYaml {
  readonly text: string;
  readonly yaml: YamlDocument;
  readonly errors: readonly YAMLError[];
  /** Places of bracketed entries that strict YAML would want in quotes. */
  readonly lenient: readonly Place[];
}

/** Syntax characters inside a lenient entry are hidden from the YAML parser behind private-use characters of the same length. */
const hiddenBase = 0xe000;
const hiddenRange = /[\ue000-\ue07f]/g;
const hide = (text: string): string => text.replaceAll(/[[\]{}",':#&*]/g, (char) => String.fromCharCode(hiddenBase + char.charCodeAt(0)));
const show = (text: string): string => text.replaceAll(hiddenRange, (char) => String.fromCharCode(char.charCodeAt(0) - hiddenBase));
const maxLenient = 200;
/** Behind one entry that the parser stumbled over it may not see the next; three readings find all that people write. */
const maxReadings = 4;

export function readYaml(text: string): RuleYaml {
  const lenient: Place[] = [];
  let hidden = text;
  let yaml = parse(hidden);
  if (hasHidden(text)) return { text, yaml, errors: yaml.errors, lenient };
  for (let readings = 1; readings < maxReadings && lenient.length < maxLenient; readings++) {
    const places = unquoted(hidden, yaml.errors).slice(0, maxLenient - lenient.length);
    if (places.length === 0) break;
    lenient.push(...places);
    hidden = withHidden(hidden, places);
    yaml = parse(hidden);
  }
  return { text, yaml, errors: yaml.errors, lenient: lenient.toSorted((a, b) => a.start - b.start) };
}

/** `places` in order, none within another. */
function withHidden(text: string, places: readonly Place[]): string {
  let [out, from] = ['', 0];
  for (const { start, end } of places) { out += text.slice(from, start) + hide(text.slice(start, end)); from = end; }
  return out + text.slice(from);
}

const hasHidden = (text: string): boolean => text.search(hiddenRange) >= 0;

/** `compat` warnings are of no use here; numbers beyond 2^53 stay numbers, as JSON's do. */
function parse(text: string): YamlDocument {
  const yaml = parseDocument(text, { version: '1.2', keepSourceTokens: true, prettyErrors: false, logLevel: 'error', uniqueKeys: false, lineCounter: new LineCounter() }) as YamlDocument;
  yaml.errors.push(...duplicateKeys(yaml));
  return yaml;
}

/** As the library would say it; its own search compares each field with all others, which takes seconds for thousands of them. */
function duplicateKeys(yaml: YamlDocument): readonly YAMLParseError[] {
  const found: YAMLParseError[] = [];
  visit(yaml, { Map: (_key, { items }) => {
    const seen = new Set<unknown>();
    for (const { key } of items) {
      if (!isScalar(key)) continue;
      if (seen.has(key.value) && key.range) found.push(new YAMLParseError([key.range[0], key.range[0] + 1], 'DUPLICATE_KEY', 'Map keys must be unique'));
      seen.add(key.value);
    }
  } });
  return found;
}

/** The entries `name["key"]` or `name.x[0]` whose brackets the YAML parser stumbled over, in order. */
function unquoted(text: string, errors: readonly YAMLError[]): readonly Place[] {
  const places: Place[] = [];
  for (const { code, pos: [at] } of errors) {
    if (code !== 'MISSING_CHAR' || text[at] !== '[' || at < (places.at(-1)?.end ?? 0)) continue;
    const before = /[A-Za-z_][\w.\ue000-\ue07f]*$/.exec(text.slice(Math.max(0, at - 500), at));
    const inside = /^(\[("[^"\n]*"|'[^'\n]*'|\d+)\](\.\w+)*)+/.exec(text.slice(at, at + 1000));
    if (before !== null && inside !== null) places.push({ start: at - before[0].length, end: at + inside[0].length });
  }
  return places;
}

const maxAliases = 100;

/** The document as plain values. Aliases are bounded, so that a small text cannot become a huge value, nor take long to become one: throws past the bound. */
export function yamlValue({ yaml, lenient }: RuleYaml): unknown {
  let aliases = 0;
  visit(yaml, { Alias: () => { aliases++; return aliases > maxAliases ? visit.BREAK : undefined; } });
  if (aliases > maxAliases) throw new Error(`More than ${maxAliases} aliases.`);
  const value: unknown = yaml.toJS({ maxAliasCount: maxAliases });
  return lenient.length === 0 ? value : shown(value);
}

function shown(value: unknown): unknown {
  if (typeof value === 'string') return show(value);
  if (Array.isArray(value)) return value.map(shown);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, one]) => [show(key), shown(one)])) : value;
}

/** A node on the way to a field: the pair that holds it, when a map does, and its value; null for a field without one. */
export interface FoundNode { readonly pair: Pair<Node, Node | null> | null; readonly node: Node | null }

/** The node at `path`, or null when there is none. Follows aliases. */
export function nodeAt(yaml: YamlDocument, path: RulePath): FoundNode | null {
  let found: FoundNode = { pair: null, node: yaml.contents };
  for (const step of path) {
    const next = childOf(yaml, found.node, step);
    if (next === null) return null;
    found = next;
  }
  return found;
}

function childOf(yaml: YamlDocument, node: Node | null, step: string | number): FoundNode | null {
  const parent = isAlias(node) ? node.resolve(yaml) as Node | undefined ?? null : node;
  if (isSeq(parent)) {
    const item = parent.items[Number(step)];
    return item === undefined || isPair(item) ? null : { pair: null, node: item as Node };
  }
  if (!isMap(parent)) return null;
  const pair = parent.items.find(({ key }) => keyText(key) === String(step));
  return pair === undefined ? null : { pair: pair as Pair<Node, Node | null>, node: pair.value as Node | null };
}

/** A map key as text: how paths name it. */
export const keyText = (key: unknown): string => show(String(isScalar(key) ? key.value : key));

/** [start, end) of a node without comments and white space after it. */
export function rangeOf(node: Node): readonly [number, number] {
  const [start, end] = node.range ?? [0, 0, 0];
  return [start, end];
}
