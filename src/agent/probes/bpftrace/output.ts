// From bpftrace's JSON lines to hits. Format: bpftrace reference guide, "Output formats": {"type": …, "data": …} a line.
import type { Hit } from '../contract.ts';
import type { Template } from './template.ts';

export type Said = { readonly kind: 'attached' } | { readonly kind: 'hit'; readonly hit: Hit } | { readonly kind: 'lost'; readonly count: number } | { readonly kind: 'nothing' } | { readonly kind: 'unreadable' };

const mostCharacters = 1000;
const mostEntries = 64;

/** `unixMinusMonotonicNs`: to be added to bpftrace's `nsecs`. `template` null: a program of this machine's owner, whose lines have no such beginning. */
export function saidIn(line: string, template: Template | null, nowUnixNano: bigint, unixMinusMonotonicNs: bigint): Said {
  const message = parsed(line);
  if (message === null) return line.trim() === '' ? { kind: 'nothing' } : { kind: 'unreadable' };
  const { type, data } = message;
  if (type === 'attached_probes') return { kind: 'attached' };
  if (type === 'lost_events') return { kind: 'lost', count: lostCount(data) };
  if (template !== null) return type === 'value' && Array.isArray(data) ? ofTemplate(template, data, nowUnixNano, unixMinusMonotonicNs) : { kind: 'nothing' };
  return { kind: 'hit', hit: { unixNano: nowUnixNano, ...bounded(ofProgram(type, data)) } };
}

function ofTemplate({ fields, words }: Template, data: readonly unknown[], nowUnixNano: bigint, unixMinusMonotonicNs: bigint): Said {
  const [nsecs, pid, tid, ...rest] = data;
  if (typeof nsecs !== 'number' || !Number.isFinite(nsecs) || rest.length !== fields.length) return { kind: 'unreadable' };
  const isOfProcess = typeof pid === 'number' && pid > 0;
  const values: Record<string, unknown> = isOfProcess ? { pid } : {};
  for (const [index, field] of fields.entries()) {
    const value = rest[index];
    values[field] = typeof value === 'number' ? words?.[field]?.(value) ?? value : value;
  }
  const who = { ...(isOfProcess ? { pid } : {}), ...(typeof tid === 'number' && tid > 0 ? { threadId: tid } : {}) };
  return { kind: 'hit', hit: { unixNano: near(BigInt(Math.round(nsecs)) + unixMinusMonotonicNs, nowUnixNano), ...bounded(values), ...who } };
}

/** Versions of bpftrace differ in the clock of `nsecs`: some count time asleep. What is far from now is of the other one: then it is now. */
const near = (time: bigint, now: bigint): bigint => (time > now - 60_000_000_000n && time < now + 1_000_000_000n ? time : now);

/** What printf wrote is a message; maps and values go by their names. */
function ofProgram(type: string, data: unknown): Record<string, unknown> {
  if (typeof data === 'string') return { message: data.trimEnd() };
  if (type === 'value' || Array.isArray(data) || typeof data !== 'object' || data === null) return { value: data };
  return data as Record<string, unknown>;
}

function bounded(values: Record<string, unknown>): Pick<Hit, 'values' | 'bytesCut'> {
  let isCut = Object.keys(values).length > mostEntries;
  const cut = (value: unknown): unknown => {
    const text = typeof value === 'string' ? value : typeof value === 'object' && value !== null ? JSON.stringify(value) : null;
    if (text === null || text.length <= mostCharacters) return value;
    isCut = true;
    return text.slice(0, mostCharacters);
  };
  const kept = Object.fromEntries(Object.entries(values).slice(0, mostEntries).map(([name, value]) => [name.slice(0, 100), cut(value)]));
  return { values: kept, ...(isCut ? { bytesCut: true } : {}) };
}

function lostCount(data: unknown): number {
  const events = typeof data === 'object' && data !== null ? (data as Record<string, unknown>)['events'] : data;
  return typeof events === 'number' && Number.isSafeInteger(events) && events > 0 ? events : 0;
}

function parsed(line: string): { readonly type: string; readonly data: unknown } | null {
  try {
    const message = JSON.parse(line) as { type?: unknown; data?: unknown };
    return typeof message?.type === 'string' ? { type: message.type, data: message.data } : null;
  } catch { return null; }
}

/** Lines of a stream, each bounded; what is longer is thrown away and counted. */
export class BoundedLines {
  readonly #most: number;
  #rest = '';
  #isTooLong = false;
  dropped = 0;
  constructor(most = 64 * 1024) { this.#most = most; }

  add(chunk: string): string[] {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#isTooLong && lines.length > 0) { lines.shift(); this.#isTooLong = false; }
    if (this.#rest.length > this.#most) { if (!this.#isTooLong) this.dropped++; this.#isTooLong = true; this.#rest = ''; }
    const kept = lines.filter((line) => line.length <= this.#most);
    this.dropped += lines.length - kept.length;
    return kept;
  }
}
