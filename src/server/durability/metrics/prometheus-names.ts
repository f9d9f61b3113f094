// What a metric of OTLP is called in Prometheus, by the OpenTelemetry specification (compatibility/prometheus_and_openmetrics, "OTLP Metric
// points to Prometheus") with units and suffixes: what Prometheus's own OTLP receiver and the Collector's exporters make by default. Pure.
import type { MetricDefinition } from '../../../model/index.ts';

/** UCUM to the words of Prometheus. Anything else stands as it is. */
const units: ReadonlyMap<string, string> = new Map(Object.entries({
  d: 'days', h: 'hours', min: 'minutes', s: 'seconds', ms: 'milliseconds', us: 'microseconds', ns: 'nanoseconds',
  By: 'bytes', KiBy: 'kibibytes', MiBy: 'mebibytes', GiBy: 'gibibytes', TiBy: 'tibibytes', KBy: 'kilobytes', MBy: 'megabytes', GBy: 'gigabytes', TBy: 'terabytes',
  m: 'meters', V: 'volts', A: 'amperes', J: 'joules', W: 'watts', g: 'grams', Cel: 'celsius', Hz: 'hertz', 1: '', '%': 'percent',
}));
const perUnits: ReadonlyMap<string, string> = new Map(Object.entries({ s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week', mo: 'month', y: 'year' }));

const tokensOf = (text: string): string[] => text.split(/[^a-zA-Z0-9:]+/).filter((token) => token !== '');

/** `checkout.items` counted in `{item}` is `checkout_items_total`. */
export function prometheusName({ name, unit, kind, monotonic }: Pick<MetricDefinition, 'name' | 'unit' | 'kind' | 'monotonic'>): string {
  let tokens = tokensOf(name);
  for (const word of unitWords(unit)) if (!tokens.includes(word)) tokens.push(word);
  if (kind === 'sum' && monotonic) tokens = [...tokens.filter((token) => token !== 'total'), 'total'];
  if (kind === 'gauge' && unit === '1') tokens = [...tokens.filter((token) => token !== 'ratio'), 'ratio'];
  const joined = tokens.join('_');
  return joined === '' ? '_' : /^\d/.test(joined) ? `_${joined}` : joined;
}

/** Braces are annotations and go. */
function unitWords(unit: string): string[] {
  const [main = '', ...per] = unit.split('/');
  const word = clean(hasBraces(main) ? '' : units.get(main.trim()) ?? main.trim());
  const rate = per.join('/').trim();
  const perWord = rate === '' || hasBraces(rate) ? '' : withoutEnd(clean(`per_${perUnits.get(rate) ?? rate}`));
  return [perWord === '' ? word : withoutEnd(word), perWord === 'per' ? '' : perWord].filter((one) => one !== '');
}

const hasBraces = (unit: string): boolean => /[{}]/.test(unit);
/** An underscore at its end stays: Prometheus's own translation leaves it there. */
const clean = (unit: string): string => unit.replaceAll(/[^a-zA-Z0-9:]+/g, '_').replace(/^_/, '');
const withoutEnd = (word: string): string => word.replace(/_$/, '');

/** A label: every sign that is none of a name's becomes `_`, several in a row one; a digit in front gets `key_`. */
export function prometheusLabel(attribute: string): string {
  const label = attribute.replaceAll(/[^a-zA-Z0-9_]/g, '_').replaceAll(/_{2,}/g, '_');
  return label === '' ? '_' : /^\d/.test(label) ? `key_${label}` : label;
}

/** A recorded series by Prometheus's habit, level:metric:operation, over five minutes. */
export const recordedName = (metric: MetricDefinition): string => `weir:${prometheusName(metric).replace(/_total$/, '')}:${metric.monotonic ? 'rate5m' : 'deriv5m'}`;
