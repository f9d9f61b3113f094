// What is known of services as such: since when, when one last spoke, and when each of its versions came.
import type { MergedEvent } from '../merge/index.ts';
import { LongRates } from './long-rates.ts';

/** A version that came within so long may have brought what is seen now. */
const recentMs = 10 * 60_000;
const mostVersions = 64;

interface Service { sinceUnixMs: number; lastUnixMs: number; usual: number; readonly rates: LongRates; stretches: { of: number; counts: readonly number[] }; readonly versions: Map<string, number>; /** When a version last spoke, by its agents' clocks. */ readonly lasts: Map<string, number> }

export class ServiceLog {
  readonly #services = new Map<string, Service>();

  /** An event of a service was seen, or is known from before: then since when. */
  note(event: MergedEvent, nowUnixMs: number, sinceUnixMs = nowUnixMs): void {
    let service = this.#services.get(event.service);
    if (service === undefined) this.#services.set(event.service, (service = { sinceUnixMs, lastUnixMs: nowUnixMs, usual: 0, rates: new LongRates(nowUnixMs), stretches: { of: -1, counts: [] }, versions: new Map(), lasts: new Map() }));
    service.lastUnixMs = Math.max(service.lastUnixMs, nowUnixMs);
    service.sinceUnixMs = Math.min(service.sinceUnixMs, sinceUnixMs);
    for (const [version, { lastUnixMs }] of event.versions) {
      if (!service.versions.has(version) && service.versions.size < mostVersions) service.versions.set(version, sinceUnixMs);
      if (service.versions.has(version)) service.lasts.set(version, Math.max(lastUnixMs, service.lasts.get(version) ?? 0));
    }
  }

  /** Records of one of its events came, or are known from before: then `overMs` is null. `isUsual`: the event is none of the newest. */
  count({ service: name }: MergedEvent, records: number, overMs: number | null, nowUnixMs: number, isUsual: boolean): void {
    const service = this.#services.get(name);
    if (service === undefined) return;
    if (isUsual) service.usual += records;
    if (overMs !== null) service.rates.add(records, overMs, nowUnixMs);
  }

  /** Records of its usual events so far: how much it has spoken, whatever is new in it. */
  usual(name: string): number { return this.#services.get(name)?.usual ?? 0; }

  /** Records of all its events by stretches, the newest first. */
  stretches(name: string, nowUnixMs: number): readonly number[] {
    const service = this.#services.get(name);
    if (service === undefined) return [];
    const of = service.rates.lastWhole(nowUnixMs);
    if (service.stretches.of !== of) service.stretches = { of, counts: service.rates.whole(nowUnixMs) };
    return service.stretches.counts;
  }

  since(name: string): number | null { return this.#services.get(name)?.sinceUnixMs ?? null; }
  last(name: string): number { return this.#services.get(name)?.lastUnixMs ?? 0; }

  /** When a version that lacks the event last spoke; 0 when none did, or when it has no version itself. */
  lastWithout({ service, versions }: MergedEvent): number {
    if ([...versions.keys()].every((version) => version === '' || version === '*')) return 0;
    let last = 0;
    for (const [version, lastUnixMs] of this.#services.get(service)?.lasts ?? []) if (!versions.has(version)) last = Math.max(last, lastUnixMs);
    return last;
  }

  /** The version of this event that came to its service a short time ago, after others; null when none did. */
  broughtBy(event: MergedEvent, nowUnixMs: number): string | null {
    const versions = this.#services.get(event.service)?.versions;
    if (versions === undefined) return null;
    let newest: string | null = null;
    let since = Math.max(nowUnixMs - recentMs, Math.min(...versions.values()) + 1);
    for (const version of event.versions.keys()) {
      const came = versions.get(version);
      if (version !== '' && version !== '*' && came !== undefined && came >= since) { newest = version; since = came; }
    }
    return newest;
  }
}
