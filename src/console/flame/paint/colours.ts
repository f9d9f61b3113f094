// Which colour each box has, and what it says: tokens by name, an index for each box, and the legend.
import type { CallTree, FlameBoxes } from '../../../profiles/index.ts';
import type { ProfileColour } from '../../state/index.ts';
import { codeKinds, kindNames, kindsOf, type CodeKind } from './kinds.ts';
import type { ProfileNames } from './names.ts';

export interface LegendEntry { readonly label: string; /** Of the palette. */ readonly index: number }
/** `scale`: the palette in order, with words for both ends, in place of entries. */
export type Legend = { readonly entries: readonly LegendEntry[] } | { readonly scale: readonly [low: string, high: string]; readonly steps: number };
export interface BoxColours { /** Names of tokens; the last is the root's. */ readonly tokens: readonly string[]; readonly colours: Uint8Array; readonly legend: Legend }

/** What a colour of a row of the functions is chosen by, for all but the scales. */
export interface FunctionColours { readonly tokens: readonly string[]; /** By row of the functions. */ readonly index: Uint8Array; readonly entries: readonly LegendEntry[] }

const rootToken = '--flame-node';
const kindTokens: Readonly<Record<CodeKind, string>> = { own: '--flame-app', package: '--flame-framework', runtime: '--flame-node', native: '--flame-native', gc: '--flame-gc', idle: '--flame-self-0' };
const diffTokens = ['n3', 'n2', 'n1', '0', 'p1', 'p2', 'p3'].map(step => `--diff-${step}`);
const selfTokens = [0, 1, 2, 3, 4, 5].map(step => `--flame-self-${step}`);

/** Own weight of each package, by its row: what packages are ranked by. */
export function packageWeights(names: ProfileNames, tree: CallTree): ReadonlyMap<number, number> {
  const byFunction = new Float64Array(names.count);
  for (let node = 1; node < tree.count; node++) { const row = tree.function[node] ?? -1; if (row >= 0) byFunction[row] = (byFunction[row] ?? 0) + (tree.self[node] ?? 0); }
  const weights = new Map<number, number>();
  byFunction.forEach((weight, row) => weights.set(names.packageRow(row), (weights.get(names.packageRow(row)) ?? 0) + weight));
  return weights;
}

export function colourByKind(names: ProfileNames): FunctionColours {
  const index = kindsOf(names);
  const seen = new Set(index);
  return { tokens: codeKinds.map(kind => kindTokens[kind]), index, entries: codeKinds.flatMap((kind, at) => (seen.has(at) ? [{ label: kindNames[kind], index: at }] : [])) };
}

/** Words in names of packages that have a colour of their own, when there is such a package. */
const roles: readonly (readonly [token: string, pattern: RegExp])[] = [
  ['--flame-db', /^(pg|mysql2?|redis|ioredis|mongo\w*|knex|prisma|kysely|sqlite3?|postgres|typeorm|sequelize)\b|sql/i],
  ['--flame-telemetry', /opentelemetry|\bweir\b|pino|winston|prom-client/i],
  ['--flame-framework', /^(express|fastify|koa|hono|next|nest\w*|hapi|router|react(-dom)?)\b/i],
];
const otherToken = '--flame-self-0';

/** The runtime, native code and the collector have their colours; so has the heaviest of the program's own packages; of the others the heaviest, and the rest are "other". */
export function colourByPackage(names: ProfileNames, weights: ReadonlyMap<number, number>): FunctionColours {
  const kinds = kindsOf(names);
  const kindOfPackage = new Map<number, CodeKind>();
  for (let row = names.count - 1; row >= 0; row--) kindOfPackage.set(names.packageRow(row), codeKinds[kinds[row] ?? 0] ?? 'own');
  const ranked = [...kindOfPackage].map(([row, kind]) => ({ row, kind, label: names.packageName(row), weight: weights.get(row) ?? 0 })).toSorted((a, b) => b.weight - a.weight);
  const tokenOf = new Map<number, string>();
  const free = new Set(['--flame-framework', '--flame-db', '--flame-telemetry']);
  for (const { row, kind } of ranked) if (kind !== 'package' && kind !== 'own') tokenOf.set(row, kindTokens[kind]);
  const own = ranked.find(({ kind }) => kind === 'own');
  if (own !== undefined) tokenOf.set(own.row, '--flame-app');
  const others = ranked.filter(({ row, weight }) => !tokenOf.has(row) && weight > 0);
  for (const [token, pattern] of roles) { const found = others.find(({ row, label }) => !tokenOf.has(row) && pattern.test(label)); if (found !== undefined) { tokenOf.set(found.row, token); free.delete(token); } }
  // Libraries come last: where nothing else wants a colour, the heaviest of them are told apart too.
  const libraries = ranked.filter(({ kind, label, weight }) => kind === 'native' && label !== kindNames.native && weight > 0);
  for (const { row } of [...others.filter(each => !tokenOf.has(each.row)), ...libraries]) { const token = [...free][0]; if (token === undefined) break; tokenOf.set(row, token); free.delete(token); }
  return tableOf(names, ranked, tokenOf);
}

/** Of colours that several packages have. */
const sharedLabels: Readonly<Partial<Record<string, string>>> = { '--flame-native': kindNames.native, '--flame-node': kindNames.runtime };

function tableOf(names: ProfileNames, ranked: readonly { readonly row: number; readonly label: string; readonly weight: number }[], tokenOf: ReadonlyMap<number, string>): FunctionColours {
  const tokens = [...new Set([...tokenOf.values(), otherToken])];
  const labels = new Map<string, string[]>();
  for (const { row, label } of ranked) { const token = tokenOf.get(row); if (token !== undefined) labels.set(token, [...(labels.get(token) ?? []), label]); }
  const kinds = kindsOf(names);
  const idle = codeKinds.indexOf('idle');
  const place = new Map(tokens.map((token, at) => [token, at]));
  const other = tokens.indexOf(otherToken);
  const index = new Uint8Array(names.count);
  for (let row = 0; row < names.count; row++) index[row] = kinds[row] === idle ? other : place.get(tokenOf.get(names.packageRow(row)) ?? otherToken) ?? other;
  const rest = ranked.some(({ row, weight }) => weight > 0 && !tokenOf.has(row));
  const named = [...labels].flatMap(([token, texts]) => { const shown = texts.filter(text => text !== ''); return shown.length === 0 ? [] : [{ label: token === otherToken && rest ? 'other' : shown.length > 1 ? sharedLabels[token] ?? shown[0] ?? '' : shown[0] ?? '', index: tokens.indexOf(token) }]; });
  const inOrder = named.toSorted((a, b) => orderOf(tokens[a.index]) - orderOf(tokens[b.index]));
  return { tokens, index, entries: rest && !labels.has(otherToken) ? [...inOrder, { label: 'other', index: tokens.indexOf(otherToken) }] : inOrder };
}

/** The program first, then what it stands on. */
const legendOrder = ['--flame-app', '--flame-framework', '--flame-db', '--flame-telemetry', '--flame-node', '--flame-native', '--flame-gc', otherToken];
const orderOf = (token: string | undefined): number => legendOrder.indexOf(token ?? otherToken);

export function boxColours(mode: ProfileColour, boxes: FlameBoxes, functions: FunctionColours): BoxColours {
  if (mode === 'self' || mode === 'change') return scaled(boxes, mode);
  const { tokens, index, entries } = functions;
  const colours = new Uint8Array(boxes.node.length);
  for (let box = 0; box < colours.length; box++) { const row = boxes.function[box] ?? -1; colours[box] = row < 0 ? tokens.length : index[row] ?? 0; }
  return { tokens: [...tokens, rootToken], colours, legend: { entries } };
}

function scaled({ tint, node, function: functions }: FlameBoxes, mode: 'self' | 'change'): BoxColours {
  const tokens = mode === 'self' ? selfTokens : diffTokens;
  const colours = new Uint8Array(node.length);
  for (let box = 0; box < colours.length; box++) {
    const value = tint?.[box] ?? 0;
    colours[box] = (functions[box] ?? -1) < 0 ? tokens.length : mode === 'self' ? selfStep(value) : changeStep(value);
  }
  return { tokens: [...tokens, mode === 'change' ? '--diff-0' : rootToken], colours, legend: { scale: mode === 'self' ? ['less self', 'more'] : ['faster', 'slower, points of total'], steps: tokens.length } };
}

/** Upper bounds of all steps but the last: own weight over the heaviest. */
const selfBounds = [0.005, 0.04, 0.1, 0.25, 0.5];
const selfStep = (value: number): number => { const at = selfBounds.findIndex(bound => value <= bound); return at < 0 ? selfBounds.length : at; };
const changeStep = (value: number): number => 3 + Math.sign(value) * (Math.abs(value) > 0.55 ? 3 : Math.abs(value) > 0.2 ? 2 : Math.abs(value) > 0.02 ? 1 : 0);
