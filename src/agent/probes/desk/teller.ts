// When the server hears of a probe: at once when something changed (but no more than ten times a second), once a second while only its counts do.
import type { ProbeReport } from '../../../model/index.ts';

interface Told { readonly id: string; report(): ProbeReport }

const leastBetweenMs = 100;
/** Values at the line, over all places of a probe. */
const mostLatest = 40;

export class Teller {
  readonly #send: (report: ProbeReport) => void;
  readonly #news = new Map<string, Told>();
  readonly #counted = new Map<string, Told>();
  #soon: NodeJS.Timeout | null = null;
  #toldAtMs = -Infinity;

  constructor(send: (report: ProbeReport) => void) { this.#send = send; }

  changed(probe: Told, isNews: boolean): void {
    if (!isNews) { this.#counted.set(probe.id, probe); return; }
    this.#news.set(probe.id, probe);
    this.#soon ??= setTimeout(() => { this.#soon = null; this.#toldAtMs = performance.now(); this.#tell(this.#news); }, Math.max(0, leastBetweenMs - (performance.now() - this.#toldAtMs)));
  }

  /** To be called once a second. */
  tick(): void { this.#tell(this.#counted); }

  /** Everything that waits to be told. */
  flush(): void {
    if (this.#soon !== null) clearTimeout(this.#soon);
    this.#soon = null;
    for (const [id, probe] of this.#counted) this.#news.set(id, probe);
    this.#tell(this.#news);
  }

  #tell(probes: Map<string, Told>): void {
    const told = [...probes.values()];
    probes.clear();
    for (const probe of told) { this.#counted.delete(probe.id); this.#send(bounded(probe.report())); }
  }
}

/** A probe in a hundred processes tells less of each. */
export function bounded(report: ProbeReport): ProbeReport {
  const each = Math.max(1, Math.floor(mostLatest / Math.max(1, report.places.length)));
  return { ...report, places: report.places.slice(-100).map((place) => (place.latest.length <= each ? place : { ...place, latest: place.latest.slice(-each) })) };
}
