// Stands at every way out while a canary runs, and notes which records and which secrets came by.
import type { RedactionReport } from '../../model/index.ts';
import type { CanaryPlan, Probe } from './probes.ts';

export class CanaryWatch {
  readonly #probes: readonly Probe[];
  readonly #service: string;
  readonly #texts: readonly string[];
  /** By output: markers and secrets that came by, by index of the probe. */
  readonly #records = new Map<string, Set<number>>();
  readonly #secrets = new Map<string, Set<number>>();
  /** What hid it, by marker; of what surrounds records, which has none, by place. */
  readonly #rules = new Map<string, string>();

  constructor({ probes, service }: Pick<CanaryPlan, 'probes' | 'service'>) {
    this.#probes = probes;
    this.#service = service;
    this.#texts = probes.map(({ secret }) => tellingPart(secret));
  }

  /** Bytes at an output: of records, of a file, of a report. */
  see(output: string, bytes: Uint8Array): void { this.seeText(output, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')); }

  seeText(output: string, text: string): void {
    const records = setOf(this.#records, output);
    const secrets = setOf(this.#secrets, output);
    this.#probes.forEach(({ marker }, i) => {
      if (text.includes(marker)) records.add(i);
      if (text.includes(this.#texts[i]!)) secrets.add(i);
    });
  }

  seeReport(report: RedactionReport): void {
    this.seeText('audit', JSON.stringify(report));
    for (const { service, durableId, place, rule, action } of report.cells) if (action !== 'ignore' && service === this.#service) this.#rules.set(durableId || place, `${rule.name} v${rule.version}`);
  }

  outputs(): readonly string[] { return [...this.#records.keys()]; }

  /** `stopped`: its record came by without it, or a rule took the record, or nothing of it may come by at all (`neverHolds`). */
  outcome(probe: number, output: string, neverHolds: boolean): 'stopped' | 'leaked' | 'not-seen' {
    if (this.#secrets.get(output)?.has(probe)) return 'leaked';
    const isHidden = neverHolds || this.#records.get(output)?.has(probe) || this.ruleOf(this.#probes[probe]!) !== null;
    return isHidden ? 'stopped' : 'not-seen';
  }

  ruleOf({ marker, place }: Probe): string | null { return this.#rules.get(marker) ?? this.#rules.get(place) ?? null; }
}

/** Of a secret over several lines, the longest line: its breaks may be written in other ways. */
const tellingPart = (secret: string): string => secret.split(/\r?\n|\\n/).reduce((longest, line) => (line.length > longest.length ? line : longest), '');

function setOf(map: Map<string, Set<number>>, output: string): Set<number> {
  let set = map.get(output);
  if (set === undefined) map.set(output, (set = new Set()));
  return set;
}
