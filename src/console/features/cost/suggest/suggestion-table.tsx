// Suggestions as a list: what, on which line of code, what it would save, its risk, and its button.
import { bytes } from '../../../../cost/index.ts';
import type { Saving, Suggestion } from '../../../../model/index.ts';
import { formatMoney, Icon, shortenPath, Table, type TableColumn } from '../../../ui/index.ts';
import { kindIcons, kindWords } from '../words/kinds.ts';
import { Risk } from '../words/risk.tsx';
import { MakeRuleButton } from './make-rule-button.tsx';

export interface SuggestionTableProps { readonly suggestions: readonly Suggestion[]; readonly currency: string; readonly savings: readonly Saving[]; readonly chosen: string | null; readonly onPick: (id: string) => void }

export function SuggestionTable({ suggestions, currency, savings, chosen, onPick }: SuggestionTableProps) {
  return <Table oneStop label="Suggestions" columns={columnsOf(currency, savings)} rows={suggestions} rowKey={({ id }) => id} selectedKey={chosen} onPick={({ id }) => onPick(id)} rowLabel={({ title, service, savingPerMonth, risk }) => `${title}, ${service}: saves about ${formatMoney(savingPerMonth)} ${currency} a month, risk ${risk} of 10`} />;
}

const columnsOf = (currency: string, savings: readonly Saving[]): readonly TableColumn<Suggestion>[] => [
  { key: 'kind', head: 'What to do', width: 190, cell: ({ kind, field }) => <span className="row gap1"><Icon name={kindIcons[kind]} size="s" className="t3" /><span className="ell" title={field ?? undefined}>{kindWords[kind]}{field !== null && <span className="mono t3"> {field}</span>}</span></span> },
  { key: 'event', head: 'Event', cell: ({ label, durableId }) => <span className="mono" title={durableId}>{shortenPath(label, 40)}</span> },
  { key: 'service', head: 'Service', width: 92, className: 'c-service', cell: ({ service }) => <span className="t2">{service}</span> },
  { key: 'bytes', head: 'Bytes /s', width: 84, numeric: true, className: 'c-bytes', cell: ({ savingBytesPerSecond }) => `−${bytes(savingBytesPerSecond)}` },
  { key: 'saving', head: `Saves, ${currency}`, width: 92, numeric: true, cell: ({ savingPerMonth }) => <span className="md"><span className="t3">≈ </span>{formatMoney(savingPerMonth)}</span> },
  { key: 'risk', head: 'Risk', width: 120, className: 'c-risk', cell: ({ risk }) => <Risk risk={risk} /> },
  { key: 'make', head: <span className="vh">Actions</span>, width: 128, className: 'c-act', cell: suggestion => <MakeRuleButton suggestion={suggestion} savings={savings} /> },
];
