// Starting points for a new rule. Each is a whole, valid rule about one kind of record; the busiest one in the tail
// when there is one, so that the first dry run already shows something.

export interface RuleTemplate {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  readonly build: (durableId: string) => { readonly name: string; readonly kql: string };
}

export const templates: readonly RuleTemplate[] = [
  { id: 'drop', title: 'Drop a noisy event', says: 'Stop records that nobody reads at the agent.', build: id => ({ name: `drop-${slug(id)}`, kql: pipeline(id, 'invoke drop()') }) },
  { id: 'sample', title: 'Sample', says: 'Keep one in ten, whole traces together, with true counts.', build: id => ({ name: `sample-${slug(id)}`, kql: pipeline(id, 'invoke sample(0.1)') }) },
  { id: 'metric', title: 'Chatty log to metric', says: 'Keep the count per service, drop the rows.', build: id => ({ name: `${slug(id)}-to-metric`, kql: pipeline(id, 'summarize Count = count() by ServiceName, bin(Timestamp, 1s)', `invoke to_metric(${text(`app.${slug(id).replaceAll('-', '_')}`)})`) }) },
  { id: 'redact', title: 'Redact a secret', says: 'Mask every secret that a detector finds, before anything else sees it.', build: id => ({ name: `redact-${slug(id)}`, kql: pipeline(id, 'invoke redact("*", "mask")') }) },
  { id: 'record', title: 'Record', says: 'Divert into a flight recorder that is read only when something goes wrong.', build: id => ({ name: `record-${slug(id)}`, kql: pipeline(id, 'invoke record("verbose")') }) },
];

/** Used when the tail has shown nothing yet. */
export const exampleDurableId = 'LogLaunch';

export const templateById = (id: string): RuleTemplate | undefined => templates.find(template => template.id === id);

function pipeline(durableId: string, ...operators: readonly string[]): string {
  return ['Logs', `where DurableId == ${text(durableId)}`, ...operators].join('\n| ');
}

/** A KQL string literal. */
const text = (value: string): string => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** Something a rule may be called: lower-case letters, digits and dashes. */
function slug(durableId: string): string {
  const words = durableId.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return words.slice(-40).replace(/^-+/, '') || 'rule';
}
