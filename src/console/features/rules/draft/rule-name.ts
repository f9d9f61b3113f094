// A first name for a rule that has none, from what it does and to which event.

const named: Readonly<Record<string, (event: string) => string>> = {
  drop: (event) => `drop-${event}`, sample: (event) => `sample-${event}`, dedup: (event) => `dedup-${event}`, update: (event) => `change-${event}`, redact: (event) => `redact-${event}`,
  to_metric: (event) => `${event}-to-metric`, record: (event) => `record-${event}`, route: (event) => `route-${event}`,
};

/** `log-launch-to-metric`; null while the rule does not say what happens to its records. */
export function ruleNameFor(kql: string): string | null {
  const sink = /\|\s*invoke\s+(\w+)\s*\(/.exec(kql)?.[1];
  const name = sink === undefined ? undefined : named[sink];
  const event = /\b(?:EventName|DurableId|Name|MetricName)\s*==\s*"([^"\\]+)"/.exec(kql)?.[1] ?? '';
  const words = event.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(-40).replace(/^-+/, '');
  return name === undefined ? null : name(words === '' ? 'records' : words);
}
