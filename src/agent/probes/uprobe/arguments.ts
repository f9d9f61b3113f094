// What a probe reads, as the kernel is told: arguments by name, which of its events (entry, return) each belongs to, and the filter for each.
// Format: kernel documentation, "Uprobe-tracer" and "Event tracing", filters.
import { failure, ok, type Failure, type Result } from '../../../base/index.ts';
import { uprobeArgument, type UprobeSpec } from '../../../model/index.ts';
import { registerOnX86 } from './elf/index.ts';
import type { Described, Typed } from './parameters.ts';

export interface Fetch { readonly name: string; readonly fetch: string; /** Empty: the kernel's default, hexadecimal of a register's size. */ readonly type: string }
export type Role = 'entry' | 'return';
export interface Reading { readonly role: Role; readonly fetches: readonly Fetch[]; readonly filter: string | null }

/** Of the stack pointer, which joins entry and return. */
export const stackFetch: Fetch = { name: 'weir_sp', fetch: '%sp', type: 'x64' };
export const durationName = 'duration_us';

/** As the declaration has them; null: nobody says. */
export type Declared = Pick<Described, 'returns' | 'registers'>;
export const undeclared: Declared = { returns: null, registers: new Map() };

/** Whether something is read whose type its declaration would say. */
export const wantsTypes = ({ arguments: texts, returns }: Pick<UprobeSpec, 'arguments' | 'returns'>): boolean => texts.some((text) => !text.includes(':')) || (returns && !texts.some((text) => text.includes('$retval')));

/** What has no type gets that of its declaration; a value on return of which nobody knows it is a signed number of 64 bits. Errors: `probe.bad-argument`, `probe.bad-filter`. */
export function readingsOf(spec: Pick<UprobeSpec, 'arguments' | 'returns' | 'filter'>, declared: Declared = undeclared): Result<readonly Reading[]> {
  const asked = fetchesOf(spec.arguments);
  if (!asked.ok) return asked;
  const fetches = typed(asked.value, declared);
  if (!fetches.ok) return fetches;
  const ofReturn = fetches.value.filter(({ fetch }) => fetch.includes('$retval'));
  const ofEntry = fetches.value.filter(({ fetch }) => !fetch.includes('$retval'));
  if (!spec.returns && ofReturn.length > 0) return badArgument(`${ofReturn[0]?.name ?? ''} reads $retval, which there is on return only.`, 'Choose "on return" (--ret) as well.');
  if (spec.returns && fetches.value.some(({ name }) => name === durationName)) return badArgument(`${durationName} is the name of the time from entry to return.`, 'Give the argument another name.');
  const returning = spec.returns ? [{ role: 'return' as const, fetches: ofReturn.length > 0 ? ofReturn : returnedValue(freeName('ret', ofEntry), declared.returns) }] : [];
  const entering = spec.returns && ofEntry.length === 0 ? [] : [{ role: 'entry' as const, fetches: ofEntry }];
  return withFilter([...entering, ...returning], spec.filter?.trim() ?? '');
}

const unknownReturn = 's64';
const returnedValue = (name: string, returns: Typed | null): Fetch[] => (returns !== null && returns.fetchType === null ? [] : [{ name, fetch: '$retval', type: returns?.fetchType ?? unknownReturn }]);

/** Why the value on return is not there though it was asked for; empty when it is, or nobody asked. */
export function missingReturn({ arguments: texts, returns }: Pick<UprobeSpec, 'arguments' | 'returns'>, { returns: declared }: Declared): string {
  if (!returns || texts.some((text) => text.includes('$retval')) || declared === null || declared.fetchType !== null) return '';
  return declared.type === 'void' ? 'it returns nothing (void)' : `its value is no part of the hits: ${unfetched(declared)}`;
}
const unfetched = ({ type }: Typed): string => `${type} is returned in registers that the kernel does not fetch`;

/** Types of what was given without one. */
function typed(fetches: readonly Fetch[], { returns, registers }: Declared): Result<Fetch[]> {
  const bare = fetches.find(({ fetch, type }) => fetch === '$retval' && type === '' && returns !== null && returns.fetchType === null);
  if (bare !== undefined && returns !== null) return badArgument(`${bare.name} cannot be read: ${returns.type === 'void' ? 'the function returns nothing (void)' : unfetched(returns)}.`, 'Leave $retval away: the time until it returns is told all the same.');
  return ok(fetches.map((one) => (one.type !== '' ? one : { ...one, type: one.fetch === '$retval' ? returns?.fetchType ?? unknownReturn : registers.get(one.fetch)?.fetchType ?? '' })));
}

function fetchesOf(texts: readonly string[]): Result<Fetch[]> {
  const found: Fetch[] = [];
  for (const [index, text] of texts.entries()) {
    if (!uprobeArgument.safeParse(text).success) return badArgument(`"${text.slice(0, 100)}" is not understood.`, 'Write NAME=FETCH:TYPE, for example a=%di:s32 or path=+0(%si):string.');
    const parts = /^(?:(\w+)=)?([^:]+)(?::(.+))?$/.exec(text);
    const fetch = { name: parts?.[1] ?? `arg${index + 1}`, fetch: parts?.[2] ?? '', type: parts?.[3] ?? '' };
    const misspelt = registerProblem(fetch.fetch);
    if (misspelt !== null) return badArgument(`"${text.slice(0, 100)}" is not understood: ${misspelt}.`, 'Write NAME=FETCH:TYPE, for example a=%di:s32 or path=+0(%si):string.');
    if (fetch.name.startsWith('common_') || fetch.name.startsWith('weir_')) return badArgument(`${fetch.name} is a name that the kernel or Weir uses itself.`, 'Give the argument another name.');
    if (found.some(({ name }) => name === fetch.name)) return badArgument(`Two arguments are called ${fetch.name}.`, 'Give each a name of its own.');
    found.push(fetch);
  }
  return ok(found);
}

/** The kernel takes a bare word for a variable of its own, and complains of something else. */
function registerProblem(fetch: string): string | null {
  const bare = /^[A-Za-z]\w*$/.exec(fetch)?.[0];
  if (bare !== undefined) return `a register is written ${registerOnX86(bare.toLowerCase()) ?? (/^[xw]\d+$/i.test(bare) ? `%x${bare.slice(1)}` : `%${bare}`)}`;
  for (const [, name = ''] of fetch.matchAll(/%(\w+)/g)) {
    const meant = registerOnX86(name.toLowerCase());
    if (meant !== null && meant !== `%${name}`) return `the kernel has one name for each register, and %${name} is written ${meant}; its type says how much of it is read`;
  }
  return null;
}

const freeName = (name: string, taken: readonly Fetch[]): string => (taken.some((fetch) => fetch.name === name) ? `${name}_value` : name);

/** A filter speaks of one event: entry or return. */
function withFilter(readings: readonly Omit<Reading, 'filter'>[], filter: string): Result<readonly Reading[]> {
  if (filter === '') return ok(readings.map((reading) => ({ ...reading, filter: null })));
  if (/[\n\r\0]/.test(filter)) return badFilter('A filter is one line.');
  const used = new Set(filter.replaceAll(/"[^"]*"|'[^']*'/g, ' ').match(/\b[A-Za-z_]\w*/g) ?? []);
  const known = readings.flatMap(({ fetches }) => fetches.map(({ name }) => name));
  const unknown = [...used].find((name) => !known.includes(name));
  if (unknown !== undefined || used.size === 0) return badFilter(unknown === undefined ? 'The filter names no argument.' : `The filter uses ${unknown}, which is not one of the arguments: ${known.join(', ') || 'there are none'}.`);
  const about = readings.filter(({ fetches }) => fetches.some(({ name }) => used.has(name)));
  if (about.length > 1) return badFilter('The filter uses values of the entry and of the return together; the kernel sees one of them at a time.');
  return ok(readings.map((reading) => ({ ...reading, filter: about.includes(reading) ? filter : null })));
}

/** `a=%di:s32` */
export const fetchText = ({ name, fetch, type }: Fetch): string => `${name}=${fetch}${type === '' ? '' : `:${type}`}`;

const badArgument = (message: string, help: string): Result<never, Failure> => failure('probe.bad-argument', message, help);
export const badFilter = (message: string): Result<never, Failure> => failure('probe.bad-filter', message, 'Compare arguments by name with numbers or texts: a > 3 && b == 0, path ~ "/etc/*".');
