// What a logpoint will do in one process, worked out and checked before anything is inserted: where it sits, what it reads, as what text.
import { failure, ok, type Result } from '../../../base/index.ts';
import type { CodePlace, LogpointSpec } from '../../../model/index.ts';
import type { CodePoint, Origin } from '../contract.ts';
import { type Checked, checkExpression, type Scope, unknownScope } from './expression/index.ts';
import { arriveText, endText, type PlaceSetting } from './in-target/index.ts';
import type { ProcessSession } from './process-session.ts';
import { type Around, around, type CodeFile, matchFile, mayBeInWith, offsetOf, type Place } from './scripts/index.ts';

export interface Spot { readonly place: Place; readonly around: Around | null; /** What is evaluated there. */ text(hookName: string, key: string): string }
export interface Plan {
  readonly code: CodePoint;
  readonly resolved: string;
  /** In words, for people. */
  readonly reads: readonly string[];
  readonly spots: readonly Spot[];
  readonly names: readonly string[];
  /** Of the values, by attribute name. */
  readonly origins: Readonly<Record<string, Origin>>;
}
interface Located { readonly file: CodeFile; readonly code: CodePoint; readonly resolved: string; readonly at: readonly Seen[] }
/** `inWith`: it is within a `with` statement, or nobody can tell that it is not. */
interface Seen { readonly place: Place; readonly around: Around | null; readonly inWith: boolean }
interface Reads { readonly condition: Checked | null; readonly values: readonly Checked[]; readonly key: Checked | null }

const mostLocals = 50;
/** Of a hit that was not fetched yet. */
const mostWaiting = { record: 100, snapshot: 20, count: 500, metric: 500, timer: 200 } as const;

/** What can be said without the process. Errors: `probe.syntax`, `probe.side-effect`, `probe.incomplete`. */
export function checkSpec(spec: LogpointSpec): Result<void> {
  if (spec.does === 'timer' && spec.until === undefined) return failure('probe.incomplete', 'A timer needs the line where it ends.', 'Give `until`: a file and a line.');
  if (spec.does === 'metric' && spec.expressions.length === 0) return failure('probe.incomplete', 'A metric needs the number to measure.', 'Give it as the first expression.');
  const read = readsOf(spec, null, []);
  return read.ok ? ok(undefined) : read;
}

/** Errors: as `checkSpec`, those of finding the place, `probe.unknown-name`, `probe.declared-later`, `probe.no-locals`. */
export async function planned(session: ProcessSession, spec: LogpointSpec): Promise<Result<Plan>> {
  const start = await located(session, spec.at);
  if (!start.ok) return start;
  const spots = await Promise.all(start.value.at.map((each) => arriving(session, spec, each)));
  const failed = spots.find((each) => !each.ok);
  if (failed !== undefined && !failed.ok) return failed;
  const arrivals = spots.flatMap((each) => (each.ok ? [each.value] : []));
  const end = spec.does === 'timer' && spec.until !== undefined ? await ending(session, spec, spec.until) : null;
  if (end?.ok === false) return end;
  return ok({
    code: start.value.code, resolved: end === null ? start.value.resolved : `${start.value.resolved} until ${end.value.resolved}`, reads: inWords(spec, arrivals[0]?.reads ?? null, end !== null),
    spots: [...arrivals, ...end?.value.spots ?? []], names: arrivals[0]?.names ?? [], origins: originsOf(arrivals[0]),
  });
}

export const settingOf = (spec: LogpointSpec, { names }: Plan, key: string): PlaceSetting => ({ key, does: spec.does, names, bounds: seenBounds(spec.bounds), mostWaiting: mostWaiting[spec.does] });

/** More than is shown: a secret that is cut is no longer known for one, so what is shown is cut once it is redacted. */
const seenBounds = ({ characters, bytes, ...others }: LogpointSpec['bounds']): LogpointSpec['bounds'] => ({ ...others, characters: Math.max(2048, characters * 4), bytes: Math.max(8192, bytes * 4) });

async function located(session: ProcessSession, asked: CodePlace): Promise<Result<Located>> {
  const file = await findFile(session, asked.file);
  if (!file.ok) return file;
  const places = await session.places.of(file.value, asked);
  if (!places.ok) return places;
  const at = await Promise.all(places.value.map((each) => best(session, each, asked.column !== undefined)));
  const [first] = at;
  if (first === undefined) return failure('probe.no-place', `Nothing on line ${asked.line} of ${file.value.path} can be stopped at.`);
  return ok({ file: file.value, code: { file: file.value.path, line: asked.line, function: first.around?.function ?? null }, resolved: sitting(file.value, asked, first.place), at });
}

export async function findFile(session: ProcessSession, asked: string): Promise<Result<CodeFile>> {
  const found = matchFile(asked, await session.scripts.files(asked.includes('node_modules')));
  return found.ok || found.error.code !== 'probe.file-not-found' ? found : matchFile(asked, await session.scripts.files(true));
}

/** The first place; without a column one in a function rather than one at the top, which has run already (`const area = (r) => r * r`). */
async function best(session: ProcessSession, places: readonly Place[], isExact: boolean): Promise<Seen> {
  const text = await session.scripts.source(places[0]!.script);
  const seen = places.slice(0, isExact ? 1 : 10).map((place) => ({ place, around: around(text, place.script.isModule, place.line, place.column) }));
  const { place, around: found } = seen.find((each) => each.around?.inFunction === true) ?? seen[0]!;
  return { place, around: found, inWith: found?.inWith ?? await mayBeInWith(text, place.script.isModule, offsetOf(text, place.line, place.column)) };
}

function sitting(file: CodeFile, asked: CodePlace, { script, line, column }: Place): string {
  const own = `${script.url.replace(/^file:\/\//, '')}:${line + 1}:${column + 1}`;
  return file.in[0]?.source === null ? own : `${own} (from ${file.path}:${asked.line})`;
}

/** What is declared later is no name of the place. */
const scopeOf = (seen: Around | null): Scope => (seen === null ? unknownScope : { names: new Set([...seen.names].filter((name) => !seen.later.has(name))), privateCode: seen.privateCode });

const withRefused = ({ around: seen }: Seen): Result<never> => failure('probe.side-effect', seen === null
  ? 'The place may be within a "with" statement, where reading any name may run code of the program: the script is too long, or of a syntax that Weir does not know, to tell for certain.'
  : 'The place is within a "with" statement, where reading any name may run code of the program.', 'Choose a line outside of it.');

/** Of values that are called alike nobody knows which one is meant. */
function originsOf(arrival: Arriving | undefined): Plan['origins'] {
  const origins = Object.create(null) as Record<string, Origin>;
  if (arrival === undefined) return origins;
  const values = arrival.reads.values.slice(arrival.reads.values.length - arrival.names.length);
  for (const [at, { origin }] of values.entries()) {
    const name = arrival.names[at]!;
    const known = origins[name];
    origins[name] = known === undefined ? origin : { names: [...allOf(known), ...allOf(origin)], parts: null };
  }
  return origins;
}

const allOf = ({ names, parts }: Origin): string[] => [...names, ...Object.entries(parts ?? {}).flatMap(([name, part]) => [name, ...allOf(part)])];

const behindProxy = failure('probe.not-readable', 'The script runs in a context of its own (vm) whose globals are a Proxy of the program: reading any name there would run code of the program.', 'Choose a line of a script outside of that context, or a uprobe.');

type Arriving = Spot & { readonly names: readonly string[]; readonly reads: Reads };

async function arriving(session: ProcessSession, spec: LogpointSpec, at: Seen): Promise<Result<Arriving>> {
  const { place, around: seen } = at;
  if (at.inWith) return withRefused(at);
  if (spec.does === 'snapshot' && seen === null && spec.expressions.length === 0) return failure('probe.no-locals', 'The names of its locals cannot be told: the script is too long, or of a syntax that Weir does not know.', 'Name the values to read as expressions.');
  const locals = spec.does === 'snapshot' ? (seen?.locals ?? []).filter((name) => seen?.later.has(name) !== true && !spec.expressions.some(({ expression }) => expression === name)).slice(0, mostLocals) : [];
  const reads = readsOf(spec, scopeOf(seen), locals);
  if (!reads.ok) return reads;
  const { contextId } = place.script;
  if (contextId !== null && await session.isBehindProxy(contextId)) return behindProxy;
  const unknown = await unknownName(session, reads.value, seen, place);
  if (unknown !== null) return unknown;
  const { condition, values, key: by } = reads.value;
  const names = [...spec.expressions.map(({ name, expression }) => name ?? expression), ...locals];
  const text = (hookName: string, key: string): string => arriveText(hookName, key, condition?.code ?? null, values.map(({ code }) => code), by?.code ?? null);
  const broken = values.some(({ code }) => code.includes('.#')) ? null : await session.syntaxProblem(text('x', 'x'));
  if (broken !== null) return failure('probe.syntax', `This Node does not take the expression: ${broken}.`, 'Write it in older JavaScript.');
  return ok({ place, around: seen, names: spec.does === 'metric' ? names.slice(1) : names, reads: reads.value, text });
}

async function ending(session: ProcessSession, spec: LogpointSpec, until: CodePlace): Promise<Result<{ readonly spots: readonly Spot[]; readonly resolved: string }>> {
  const found = await located(session, until);
  if (!found.ok) return found;
  const spots: Spot[] = [];
  for (const at of found.value.at) {
    const { place, around: seen } = at;
    if (at.inWith) return withRefused(at);
    const by = spec.key === undefined ? null : checkExpression(spec.key, scopeOf(seen));
    if (by?.ok === false) return by;
    spots.push({ place, around: seen, text: (hookName, key) => endText(hookName, key, by?.value.code ?? null) });
  }
  return ok({ spots, resolved: found.value.resolved });
}

function readsOf(spec: LogpointSpec, scope: Scope | null, locals: readonly string[]): Result<Reads> {
  const all = [spec.condition, spec.does === 'timer' ? spec.key : undefined, ...spec.expressions.map(({ expression }) => expression), ...locals].map((text) => (text === undefined ? null : checkExpression(text, scope)));
  const failed = all.find((each) => each?.ok === false);
  if (failed?.ok === false) return failed;
  const [condition = null, key = null, ...values] = all.map((each) => (each?.ok === true ? each.value : null));
  return ok({ condition, key, values: values.flatMap((each) => each ?? []) });
}

/** A name that is nowhere: most likely mistyped, or renamed by the build; or one that has no value yet. */
async function unknownName(session: ProcessSession, { condition, key, values }: Reads, seen: Around | null, { script }: Place): Promise<Result<never> | null> {
  const names = [...new Set([condition, key, ...values].flatMap((each) => each?.globals ?? []))];
  if (names.length === 0 || seen === null) return null;
  const later = names.find((name) => seen.later.has(name));
  if (later !== undefined) return failure('probe.declared-later', `${later} is declared at that place or after it: it has no value there yet.`, 'Choose a line after its declaration.');
  const asked = names.map((name) => `(()=>{try{return !(${JSON.stringify(name)} in globalThis)&&typeof ${name}==='undefined'}catch{return false}})()`).join();
  const missing = await session.evaluate<boolean[]>(`[${asked}]`, script.contextId);
  const name = names.find((_, at) => missing[at] === true);
  const locals = seen.locals.filter((each) => each !== 'arguments' && !seen.later.has(each)).slice(0, 15);
  return name === undefined ? null : failure('probe.unknown-name', `Nothing is called ${name} at that place.`, locals.length === 0 ? 'Names that a build has changed are those of the built script.' : `In this function there are ${locals.join(', ')}.`);
}

function inWords(spec: LogpointSpec, reads: Reads | null, isTimer: boolean): string[] {
  if (reads === null) return [];
  const values = reads.values.map(({ text }, at) => { const name = spec.expressions[at]?.name; return name === undefined || name === text ? text : `${name} = ${text}`; });
  return [...reads.condition === null ? [] : [`when ${reads.condition.text}`], ...values, ...isTimer ? [`the time between both places${reads.key === null ? '' : `, joined by ${reads.key.text}`}`] : [],
    ...spec.does === 'snapshot' ? ['the stack: functions, files and lines'] : [], 'the active span of OpenTelemetry, where there is one'];
}
