// KQL that starts a rule from a talker. The editor opens with it; nothing is deployed from here.
import type { Overview } from '../../../model/index.ts';
import type { IconName } from '../../ui/index.ts';

type Talker = Overview['talkers'][number];

const tables = { logs: 'Logs', spans: 'Spans', metrics: 'Metrics' } as const;
const quote = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

export interface RuleStart { readonly label: string; readonly icon: IconName; readonly name: string; readonly kql: string }

/** Lower-case letters, digits and dashes, at most 48 characters: fits the name rule of a rule document. */
export function slugOf(durableId: string): string {
  const dashed = durableId.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return dashed.slice(-48).replace(/^-+/, '') || 'records';
}

export const filterText = (talker: Pick<Talker, 'durableId'>): string => `DurableId == ${quote(talker.durableId)}`;

export function ruleStarts(talker: Talker): readonly RuleStart[] {
  const slug = slugOf(talker.durableId);
  const rule = (...steps: string[]) => [tables[talker.signal], `where ${filterText(talker)}`, ...steps].join('\n| ');
  return [
    { label: 'Drop…', icon: 'drop', name: `drop-${slug}`, kql: rule('invoke drop()') },
    { label: 'Sample 1 in 10…', icon: 'sample', name: `sample-${slug}`, kql: rule('invoke sample(0.1)') },
    { label: 'Redact…', icon: 'redact', name: `redact-${slug}`, kql: rule('invoke redact("*", "mask")') },
    { label: 'To metric…', icon: 'metric', name: `${slug}-to-metric`, kql: rule('summarize Count = count() by ServiceName, bin(Timestamp, 10s)', `invoke to_metric("app.${slug.replaceAll('-', '_')}")`) },
    { label: 'Record in a flight recorder…', icon: 'recorder', name: `record-${slug}`, kql: rule(`invoke record("${slug}", tee=true)`) },
  ];
}
