// What a canary run sends: generated secrets of many kinds, each in a record of its own that carries a name to find it by, as OTLP
// JSON. Right in form and issued by nobody; a run can be repeated by its seed.
import type { RedactionPlace, Signal } from '../../model/index.ts';
import { createScanner, generators, seededRandom, type Scanner } from '../../redaction/index.ts';

export const canaryInputs = ['OTLP/HTTP protobuf', 'OTLP/HTTP JSON', 'OTLP/gRPC'] as const;
export type CanaryInput = (typeof canaryInputs)[number];

export interface Probe {
  readonly input: CanaryInput; readonly signal: Signal; readonly place: RedactionPlace; readonly detector: string;
  readonly secret: string;
  /** Of the attribute that holds it; in a body its name there, if it has one. */
  readonly key: string;
  /** A service of its own: what is said of it is said of this secret and no other, also of what surrounds records. */
  readonly service: string;
  /** Names under which a rule may have hidden it: every detector that finds it there, and those of rules about whole values. */
  readonly names: readonly string[];
  /** Event, span or metric name of its record: no other text holds it. */
  readonly marker: string;
}
export interface CanaryDocument { readonly input: CanaryInput; readonly signal: Signal; readonly document: unknown }
export interface CanaryPlan { readonly probes: readonly Probe[]; readonly documents: readonly CanaryDocument[] }

/** Services of this prefix are canaries everywhere: kept out of coverage and of the audit's sources. */
export const canaryServicePrefix = 'weir-canary-';

/** Shorter secrets (an address, a card's check code) could stand in other text by chance. */
const leastLength = 13;
const placesOf: Readonly<Record<Signal, readonly RedactionPlace[]>> = {
  logs: ['body', 'attribute', 'resource', 'scope'], spans: ['attribute', 'event', 'link', 'resource'], metrics: ['attribute', 'resource', 'metric'],
};
const tries = 20;
/** Secrets for each input, signal and place: enough for most detectors to come by in a run. */
const rounds = 4;

interface Hidden { readonly secret: string; readonly text: string; readonly key: string; readonly detector: string }

export function planCanary(run: string, seed: number, nowUnixNano: bigint): CanaryPlan {
  const random = seededRandom(seed);
  const next = secrets(random);
  const scanner = allDetectors();
  const probes: Probe[] = [];
  const documents = canaryInputs.flatMap((input) => (Object.keys(placesOf) as Signal[]).map((signal) => {
    const places = Array.from({ length: rounds }, () => placesOf[signal]).flat();
    const resources = places.map((place, i) => {
      const made = next();
      const hidden = place === 'body' && Math.floor(i / placesOf[signal].length) % 2 === 1 ? inJson(made) : made;
      const marker = `weir.canary.${String(probes.length).padStart(4, '0')}`;
      const service = `${canaryServicePrefix}${run}-${probes.length}`;
      probes.push({ input, signal, place, detector: hidden.detector, secret: hidden.secret, key: hidden.key, service, names: namesOf(scanner, place, hidden), marker });
      return resourceOf(signal, place, service, marker, hidden, String(nowUnixNano));
    });
    return { input, signal, document: { [{ logs: 'resourceLogs', spans: 'resourceSpans', metrics: 'resourceMetrics' }[signal]]: resources } };
  }));
  return { probes, documents };
}

/** As loggers write it that put their record into the body. What is escaped already is not escaped again. */
const inJson = (hidden: Hidden): Hidden => (hidden.text.includes('\\') ? hidden : { ...hidden, text: JSON.stringify({ level: 'info', [hidden.key]: hidden.text }) });

/** Rules about whole values are noted by these. */
const wholeNames = ['key-rule', 'allow-list', 'sensitive-key'];

function namesOf(scanner: Scanner, place: RedactionPlace, { detector, key, secret, text }: Hidden): readonly string[] {
  const bytes = Buffer.from(text);
  const [start, name] = [bytes.indexOf(secret), Buffer.from(place === 'body' ? '' : key)];
  const found = scanner.findEach(bytes, 0, bytes.length, name, 0, name.length).filter((one) => start < 0 || (one.start < start + Buffer.byteLength(secret) && one.end > start));
  return [...new Set([detector, ...found.map((one) => one.detector), ...wholeNames])];
}

function allDetectors(): Scanner {
  const scanner = createScanner(['*']);
  if (!scanner.ok) throw new Error(scanner.error.message);
  return scanner.value;
}

/** Every generator's turn comes, in an order of the seed's. */
function secrets(random: () => number): () => Hidden {
  const order = generators.map((generator) => ({ generator, at: random() })).toSorted((a, b) => a.at - b.at).map(({ generator }) => generator);
  let turn = 0;
  return () => {
    for (let attempt = 0; ; attempt++) {
      const generator = order[turn++ % order.length]!;
      const { secret, text, key } = generator.positive(random);
      if (secret.length >= leastLength || attempt > tries * order.length) return { secret, text, key: key ?? 'note', detector: generator.detector };
    }
  };
}

const attribute = (key: string, text: string) => ({ key, value: { stringValue: text } });

function resourceOf(signal: Signal, place: RedactionPlace, service: string, marker: string, { key, text }: Hidden, time: string): unknown {
  const at = (wanted: RedactionPlace) => (place === wanted ? [attribute(key, text)] : []);
  const resource = { attributes: [attribute('service.name', service), ...at('resource')] };
  const scope = { name: 'weir.canary', attributes: at('scope') };
  switch (signal) {
    case 'logs': return { resource, scopeLogs: [{ scope, logRecords: [{ timeUnixNano: time, eventName: marker, body: { stringValue: place === 'body' ? text : 'canary' }, attributes: at('attribute') }] }] };
    case 'spans': return { resource, scopeSpans: [{ scope, spans: [{
      traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174', name: marker, kind: 1, startTimeUnixNano: time, endTimeUnixNano: time, attributes: at('attribute'),
      events: place === 'event' ? [{ timeUnixNano: time, name: 'canary', attributes: at('event') }] : [],
      links: place === 'link' ? [{ traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174', attributes: at('link') }] : [],
    }] }] };
    case 'metrics': return { resource, scopeMetrics: [{ scope, metrics: [{ name: marker, unit: '1', metadata: at('metric'), gauge: { dataPoints: [{ timeUnixNano: time, asInt: '1', attributes: at('attribute') }] } }] }] };
  }
}
