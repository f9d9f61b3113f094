// Saved views as files for git: YAML, one document for each view, and what bringing such files in would change. Pure.
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, stringify, visit, type Document } from 'yaml';
import { err, ok, type Result } from '../../../base/index.ts';
import { viewFile, type SavedViewInput, type ViewStep } from '../../../model/index.ts';

const fields = ['description', 'signals', 'stage', 'kql', 'facets', 'columns', 'wrap'] as const;
/** Of one view: nobody writes a longer one, and reading a longer text would hold others up. */
const maxViewText = 100_000;
const [maxViewsOfFile, maxNesting] = [1000, 50];

/** `path`: the file, and the field in it. The message says the line. */
export interface FileProblem { readonly path: string; readonly message: string }
/** `kqlLine`: where its KQL begins in the file. */
export interface ReadView { readonly from: string; readonly view: SavedViewInput; readonly kqlLine: number }

/** What is as usual is left out, as files from before it was known leave it out. */
export const printView = ({ name, description, signals, stage, kql, facets, columns, wrap }: SavedViewInput): string =>
  stringify({
    weir: 1, kind: 'view', name, ...(description !== '' && { description }), signals, ...(stage !== 'out' && { stage }), ...(kql !== '' && { kql }), ...(facetWords(facets) !== '' && { facets: said(facets) }),
    ...(columns.length > 0 && { columns }), ...(wrap && { wrap }),
  }, { lineWidth: 0, version: '1.2' });

const said = ({ hidden, only }: SavedViewInput['facets']) => ({ ...(Object.keys(hidden).length > 0 && { hidden }), ...(Object.keys(only).length > 0 && { only }) });

export const printViews = (views: readonly SavedViewInput[]): string => views.map(printView).join('---\n');

/** Every view of a file, or every reason why it has none. */
export function readViews(name: string, text: string): Result<readonly ReadView[], readonly FileProblem[]> {
  const parts = documentsOf(text);
  if (parts.length > maxViewsOfFile) return err([{ path: name, message: `It holds ${parts.length.toLocaleString('en')} views; more than ${maxViewsOfFile.toLocaleString('en')} in one file are refused. Part it in several.` }]);
  const read = parts.map((part, i) => readOne(part, i === 0 ? name : `${name}#${i + 1}`));
  const problems = read.flatMap((one) => (one.ok ? [] : one.error));
  return problems.length > 0 ? err(problems) : ok(read.flatMap((one) => (one.ok ? [one.value] : [])));
}

interface Part { readonly text: string; /** Lines in front of it. */ readonly above: number }

function documentsOf(text: string): Part[] {
  let above = 0;
  const parts = text.replace(/^\uFEFF/, '').split(/^---[ \t]*(?:\r?\n|$)/m).map((part): Part => {
    const here = { text: part, above };
    above += part.split('\n').length;
    return here;
  });
  return parts.filter((part) => /^[^#\s]/m.test(part.text));
}

function readOne({ text, above }: Part, from: string): Result<ReadView, readonly FileProblem[]> {
  if (text.length > maxViewText) return err([{ path: from, message: `A view of more than ${maxViewText.toLocaleString('en')} characters is refused.` }]);
  if (nestingOf(text) > maxNesting) return err([{ path: from, message: 'Its brackets are nested too deeply for a view.' }]);
  const lines = new LineCounter();
  const lineAt = (offset: number): number => above + Math.max(1, lines.linePos(offset).line);
  const document = documentOf(text, lines);
  if (!document.ok) return err([{ path: from, message: document.error.offset === null ? document.error.message : `Line ${lineAt(document.error.offset)}: ${document.error.message}` }]);
  const { value, lineOf } = document.value;
  if ((value as { readonly kind?: unknown } | null)?.kind === 'metric') return err([{ path: from, message: `Line ${lineAt(lineOf(['kind']))}: This is a metric. Metrics are made by rules: bring its rule (weir rules apply), and the metric is there.` }]);
  const parsed = viewFile.safeParse(value);
  if (!parsed.success) return err(parsed.error.issues.map(({ path, message, ...issue }) => {
    const at = issue.code === 'unrecognized_keys' ? [...path, issue.keys[0]!] : path;
    return { path: [from, ...path.map(String)].join('.'), message: `Line ${lineAt(lineOf(at))}: ${message}` };
  }));
  const { weir: _weir, kind: _kind, ...view } = parsed.data;
  return ok({ from, view, kqlLine: lineAt(lineOf(['kql'])) });
}

/** How many brackets stand open at the most. The parser takes seconds for thousands, and a view has few. */
function nestingOf(text: string): number {
  let [open, most] = [0, 0];
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open = Math.max(0, open + (bracket === '[' || bracket === '{' ? 1 : -1));
    most = Math.max(most, open);
  }
  return most;
}

interface ReadDocument { readonly value: unknown; /** The offset of what stands at that path, or of what is nearest around it. */ readonly lineOf: (path: readonly PropertyKey[]) => number }

/** No aliases: a few lines of them are gigabytes written out. */
function documentOf(text: string, lineCounter: LineCounter): Result<ReadDocument, { readonly message: string; readonly offset: number | null }> {
  try {
    const document = parseDocument(text, { version: '1.2', prettyErrors: false, logLevel: 'error', uniqueKeys: false, lineCounter });
    const [error] = document.errors;
    if (error !== undefined) return err({ message: error.message.split('\n')[0]!, offset: error.pos[0] });
    const odd = oddKeyOf(document);
    if (odd !== null) return err(odd);
    return ok({ value: document.toJS({ maxAliasCount: 0 }), lineOf: (path) => offsetOf(document, path) });
  } catch (error) {
    return err({ message: error instanceof RangeError ? 'It is nested too deeply.' : (error as Error).message, offset: null });
  }
}

/** A key that stands twice, of which only one value could be kept, or one that no object can have. The parser's own look for the former takes the square of their number. */
function oddKeyOf(document: Document): { readonly message: string; readonly offset: number } | null {
  let found: { readonly message: string; readonly offset: number } | null = null;
  visit(document, {
    Map: (_at, { items }) => {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (name !== '__proto__' && !seen.has(name)) { seen.add(name); continue; }
        found = { message: name === '__proto__' ? 'Nothing can be called __proto__ here.' : `"${name}" stands here a second time. Leave one of them.`, offset: key.range?.[0] ?? 0 };
        return visit.BREAK;
      }
      return undefined;
    },
  });
  return found;
}

function offsetOf({ contents }: { readonly contents: unknown }, path: readonly PropertyKey[]): number {
  let [node, offset] = [contents, isNode(contents) ? contents.range?.[0] ?? 0 : 0];
  for (const step of path) {
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === step) : undefined;
    const [next, at] = pair !== undefined ? [pair.value, pair.key] : isSeq(node) && typeof step === 'number' ? [node.items[step], node.items[step]] : [undefined, undefined];
    if (!isNode(at)) break;
    [node, offset] = [next, at.range?.[0] ?? offset];
  }
  return offset;
}

/** In the order of the files. */
export const stepsOf = (wanted: readonly SavedViewInput[], known: readonly SavedViewInput[]): ViewStep[] => wanted.map((view) => stepOf(view, known.find(({ name }) => name === view.name)));

function stepOf(view: SavedViewInput, before: SavedViewInput | undefined): ViewStep {
  if (before === undefined) return { name: view.name, action: 'create', fields: [] };
  const changed = fields.filter((field) => textOf(view[field]) !== textOf(before[field]));
  if (changed.length === 0) return { name: view.name, action: 'same', fields: [] };
  return { name: view.name, action: 'change', fields: changed, changes: changed.map((field) => ({ field, before: shown(field, before), after: shown(field, view) })) };
}

type Value = SavedViewInput[(typeof fields)[number]];

const stageWords = { out: 'after rules', in: 'before rules' } as const;

function shown(field: (typeof fields)[number], view: SavedViewInput): string {
  const value = view[field];
  if (field === 'stage') return stageWords[view.stage];
  if (field === 'facets') return facetWords(view.facets);
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : Array.isArray(value) ? value.join(', ') : String(value);
}

/** In one order, whoever wrote them: that of the fields' names. */
const facetWords = ({ hidden, only }: SavedViewInput['facets']): string => [...wordsOf('only', only), ...wordsOf('without', hidden)].join('; ');
const wordsOf = (word: string, values: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.keys(values).toSorted().map((field) => `${field} ${word} ${values[field]!.toSorted().join(', ')}`);

/** A last line break of KQL is a matter of how YAML is written; the order of ticks is nothing. */
const textOf = (value: Value): string => (typeof value === 'string' ? value.replace(/\n+$/, '') : JSON.stringify(typeof value === 'object' && 'only' in value ? [inOrder(value.hidden), inOrder(value.only)] : value));
const inOrder = (values: Readonly<Record<string, readonly string[]>>) => Object.keys(values).toSorted().map((field) => [field, values[field]!.toSorted()]);
