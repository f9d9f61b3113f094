// What rules save: measured beside predicted, and whether they agree.
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { bytes } from '../../../../cost/index.ts';
import type { Saving, SavingList } from '../../../../model/index.ts';
import { formatMoney, Chip, EmptyState, formatDuration, formatPercent, Pane, PaneHeader, SkeletonRows, Table, Time, type TableColumn } from '../../../ui/index.ts';
import { agreementBound, savedInAll, verdictOf } from '../words/agreement.ts';
import { kindWords } from '../words/kinds.ts';
import { LoadFailure } from '../words/load-failure.tsx';

export function SavingsTab({ savings }: { readonly savings: UseQueryResult<SavingList> }) {
  const { data, error } = savings;
  return (
    <Pane className="grow cost-table" label="Savings">
      <PaneHeader title="What rules save" meta={<span className="cost-wide">all at today&rsquo;s rate: measured by what agents count, predicted of what came meanwhile; they agree within {formatPercent(agreementBound, 0)}</span>} />
      {data === undefined && (error ? <LoadFailure error={error} onRetry={() => void savings.refetch()} /> : <SkeletonRows rows={5} label="Loading savings" />)}
      {data?.savings.length === 0 && <EmptyState title="No rule saves anything yet" actions={<Link className="btn s" to="/cost" search={{ tab: 'suggestions' }}>What could be saved</Link>}>Rules that take records away, and rules that came of a suggestion, are listed here with what they save.</EmptyState>}
      {data !== undefined && data.savings.length > 0 && <div className="grow scroll"><Table label="Savings" columns={columnsOf(data.currency)} rows={data.savings} rowKey={({ ruleId }) => ruleId} footer={<Sum list={data} />} /></div>}
    </Pane>
  );
}

const columnsOf = (currency: string): readonly TableColumn<Saving>[] => [
  { key: 'rule', head: 'Rule', cell: ({ ruleId, ruleName }) => <Link className="mono" to="/rules/$ruleId" params={{ ruleId }} title={ruleName}>{ruleName}</Link> },
  { key: 'kind', head: 'From the suggestion', width: 150, className: 'c-kind', cell: ({ kind }) => <span className="t2">{kind === null ? <span className="t3">none</span> : kindWords[kind]}</span> },
  { key: 'state', head: 'Deployed', width: 128, className: 'c-when', cell: ({ state, deployedAt }) => (state === 'deployed' && deployedAt !== null ? <Time at={deployedAt} show="relative" /> : <Chip tone="pending">{state === 'draft' ? 'draft' : 'disabled'}</Chip>) },
  { key: 'suggested', head: `When suggested`, width: 112, numeric: true, className: 'c-when', cell: ({ predictedPerMonth }) => (predictedPerMonth === null ? <span className="t3">–</span> : <span className="t3" title={`Predicted at the traffic and the prices of when it was suggested, ${currency} a month`}>{formatMoney(predictedPerMonth)}</span>) },
  { key: 'predicted', head: `Predicted now, ${currency}`, width: 132, numeric: true, cell: ({ atTrafficPerMonth }) => (atTrafficPerMonth === null ? <span className="t3">–</span> : <span className="t2" title="The same prediction at today's traffic: what came in while it was measured, at the prices of now">{formatMoney(atTrafficPerMonth)}</span>) },
  { key: 'measured', head: `Measured, ${currency}`, width: 116, numeric: true, cell: ({ measuredPerMonth }) => (measuredPerMonth === null ? <span className="t3">–</span> : <span className="md">{formatMoney(measuredPerMonth)}</span>) },
  { key: 'bytes', head: 'Bytes /s', width: 88, numeric: true, className: 'c-bytes', cell: ({ measuredBytesPerSecond }) => (measuredBytesPerSecond === null ? <span className="t3">–</span> : `−${bytes(measuredBytesPerSecond)}`) },
  { key: 'over', head: 'Measured over', width: 104, numeric: true, className: 'c-over', cell: ({ measuredSeconds, state }) => (state !== 'deployed' || measuredSeconds <= 0 ? <span className="t3">–</span> : formatDuration(measuredSeconds * 1000)) },
  { key: 'agreement', head: 'Agreement', width: 232, cell: saving => <Agreement saving={saving} /> },
];

function Agreement({ saving }: { readonly saving: Saving }) {
  const verdict = verdictOf(saving);
  switch (verdict.says) {
    case 'agrees': return <span className="row gap1"><Chip tone="accent" icon="check">agrees</Chip><span className="t2 nw">{formatPercent(verdict.share, 0)} of predicted</span></span>;
    case 'more': case 'less': return <span className="row gap1"><Chip tone="attn">saves {verdict.says}</Chip><span className="t2 nw">{formatPercent(verdict.share, 0)} of predicted</span></span>;
    case 'measuring': return <Chip tone="pending">{verdict.secondsLeft > 0 ? `measuring, ${verdict.secondsLeft} s left` : 'waiting for agents'}</Chip>;
    case 'not-running': return <span className="t3">not deployed</span>;
    case 'silent': return <span className="t3">nothing came to save</span>;
    case 'no-traffic-known': return <span className="t3" title="What came in of its event meanwhile is not known, so the prediction cannot be told at today's traffic">nothing to compare with</span>;
    case 'not-predicted': return <span className="t3">nothing was predicted</span>;
  }
}

function Sum({ list: { savings, currency } }: { readonly list: SavingList }) {
  const { measured, compared } = savedInAll(savings);
  const runs = savings.some(({ state }) => state === 'deployed');
  const apart = compared !== null && compared.measured !== measured ? `; predicted of ${formatMoney(compared.measured)}` : '';
  return <tr className="cost-total"><td className="md">All that run</td><td className="c-kind" /><td className="c-when" /><td className="c-when" /><td className="num t2">{compared === null ? '–' : formatMoney(compared.predicted)}</td><td className="num md">{runs ? formatMoney(measured) : '–'}</td><td className="c-bytes" /><td className="c-over" /><td className="t3">{runs ? `${currency} a month${apart}` : 'none is deployed'}</td></tr>;
}
