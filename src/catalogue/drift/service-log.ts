// What is known of services as such: since when, when one last spoke, and when each of its versions came.
import type { MergedEvent } from '../merge/index.ts';

/** A version that came within so long may have brought what is seen now. */
const recentMs = 10 * 60_000;
const mostVersions = 64;

interface Service { readonly sinceUnixMs: number; lastUnixMs: number; readonly versions: Map<string, number>; /** When a version last spoke, by its agents' clocks. */ readonly lasts: Map<string, number> }

export class ServiceLog {
  readonly #services = new Map<string, Service>();

  /** An event of a service was seen, or is known from before: then since when. */
  note(event: MergedEvent, nowUnixMs: number, sinceUnixMs = nowUnixMs): void {
    let service = this.#services.get(event.service);
    if (service === undefined) this.#services.set(event.service, (service = { sinceUnixMs, lastUnixMs: nowUnixMs, versions: new Map(), lasts: new Map() }));
    service.lastUnixMs = Math.max(service.lastUnixMs, nowUnixMs);
    for (const [version, { lastUnixMs }] of event.versions) {
      if (!service.versions.has(version) && service.versions.size < mostVersions) service.versions.set(version, sinceUnixMs);
      if (service.versions.has(version)) service.lasts.set(version, Math.max(lastUnixMs, service.lasts.get(version) ?? 0));
    }
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
