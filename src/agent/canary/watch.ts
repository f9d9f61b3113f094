// Stands at every way out while a canary runs, and notes which records and which secrets came by, the secrets in the forms in which
// software writes them too.
import type { RedactionPlace, RedactionReport } from '../../model/index.ts';
import type { CanaryPlan, Probe } from './probes.ts';

export class CanaryWatch {
  readonly #probes: readonly Probe[];
  readonly #forms: readonly (readonly string[])[];
  /** By output: markers and secrets that came by, by index of the probe. */
  readonly #records = new Map<string, Set<number>>();
  readonly #secrets = new Map<string, Set<number>>();
  /** What hid something, by service, place and detector; what took the record, by service. */
  readonly #hiding = new Map<string, string>();
  readonly #taking = new Map<string, string>();

  constructor({ probes }: Pick<CanaryPlan, 'probes'>) {
    this.#probes = probes;
    this.#forms = probes.map(({ secret }) => formsOf(tellingPart(secret)));
  }

  /** Bytes at an output: of records, of a file, of a report. */
  see(output: string, bytes: Uint8Array): void { this.seeText(output, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')); }

  seeText(output: string, text: string): void {
    const records = setOf(this.#records, output);
    const secrets = setOf(this.#secrets, output);
    this.#probes.forEach(({ marker }, i) => {
      if (!records.has(i) && text.includes(marker)) records.add(i);
      if (!secrets.has(i) && this.#forms[i]!.some((form) => text.includes(form))) secrets.add(i);
    });
  }

  seeReport(report: RedactionReport): void {
    this.seeText('audit', JSON.stringify(report));
    for (const { service, place, detector, rule, action } of report.cells) {
      if (action === 'ignore') continue;
      const name = `${rule.name} v${rule.version}`;
      if (action === 'drop') this.#taking.set(service, name);
      this.#hiding.set(hidingKey(service, place, detector), name);
    }
  }

  outputs(): readonly string[] { return [...this.#records.keys()]; }

  /** `stopped`: its record came by without it, or a rule dropped the record, or nothing of it may come by at all (`neverHolds`). That
   *  a rule hid something says nothing of a record that nobody saw. */
  outcome(probe: number, output: string, neverHolds: boolean): 'stopped' | 'leaked' | 'not-seen' {
    if (this.#secrets.get(output)?.has(probe)) return 'leaked';
    const isStopped = neverHolds || this.#records.get(output)?.has(probe) === true || this.#taking.has(this.#probes[probe]!.service);
    return isStopped ? 'stopped' : 'not-seen';
  }

  /** The rule that hid this secret there, or took its record; null when none is known to have. */
  ruleOf({ service, place, names }: Probe): string | null {
    return this.#taking.get(service) ?? names.map((detector) => this.#hiding.get(hidingKey(service, place, detector))).find((name) => name !== undefined) ?? null;
  }
}

const hidingKey = (service: string, place: RedactionPlace, detector: string): string => JSON.stringify([service, place, detector]);

/** Of a secret over several lines, the longest line: its breaks may be written in other ways. */
const tellingPart = (secret: string): string => secret.split(/\r?\n|\\n/).reduce((longest, line) => (line.length > longest.length ? line : longest), '');

/** As it is, escaped in JSON once and twice, percent-encoded (all but letters and digits, too), and in base64 wherever in what is encoded it begins. */
function formsOf(secret: string): readonly string[] {
  const json = jsonOf(secret);
  const percent = encodeURIComponent(secret);
  const allPercent = secret.replace(/[^A-Za-z0-9]/g, (char) => (char.charCodeAt(0) < 0x80 ? `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}` : encodeURIComponent(char)));
  const base64 = [0, 1, 2].flatMap((before) => innerBase64(secret, before));
  return [...new Set([secret, json, jsonOf(json), percent, allPercent, lowHex(percent), lowHex(allPercent), ...base64])];
}

const lowHex = (percent: string): string => percent.replace(/%[0-9A-F]{2}/g, (one) => one.toLowerCase());
const jsonOf = (text: string): string => JSON.stringify(text).slice(1, -1);

/** The characters that depend on nothing but the secret, when `before` bytes of a group of three stand before it; in both alphabets. */
function innerBase64(secret: string, before: number): readonly string[] {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
  const whole = bytes.length - (bytes.length % 3);
  const inner = bytes.subarray(0, whole).toString('base64').slice(before === 0 ? 0 : 4);
  return inner.length < leastBase64 ? [] : [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
}

/** Shorter ones could stand anywhere by chance. */
const leastBase64 = 10;

function setOf(map: Map<string, Set<number>>, output: string): Set<number> {
  let set = map.get(output);
  if (set === undefined) map.set(output, (set = new Set()));
  return set;
}
