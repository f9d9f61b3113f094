// The row of figures at the top. Each says the bound or the share beside the value.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { liveFigures, useCostSuggestions, useSavings } from '../../api/index.ts';
import type { Figures } from '../../api/index.ts';
import type { Overview, SavingList } from '../../../model/index.ts';
import { formatBytes, formatCount, formatPercent, formatRate, Meter, plural } from '../../ui/index.ts';
import { lostInAll } from './flow.ts';
import { couldBeWords, savedWords, type CouldBeWords } from './saved.ts';

export function FigureRow({ data }: { readonly data: Overview }) {
  const now = liveFigures(data);
  if (now === null) return <div className="kpis"><Figure label="Records in" value={<span className="t3">no data</span>} note={data.agents.connected === 0 ? 'no agent is connected' : 'no agent has reported in the last seconds'} /></div>;
  return (
    <div className="kpis">
      <Figure label="Records in" value={formatRate(now.in)} unit="/s" note={now.emitted > 0 ? `and ${formatRate(now.emitted)}/s made by rules` : 'logs, spans, points'} />
      <Figure label="Out to exporters" value={formatRate(now.out)} unit="/s" note={now.in > 0 ? `${formatPercent(now.out / now.in)} of all in` : 'nothing came in'} />
      <Figure label="Removed by rules" value={formatRate(now.removed)} unit="/s" note={now.in > 0 ? `${formatPercent(now.removed / now.in)} of all in` : 'nothing came in'} />
      {data.exporters.length > 0 && data.exporters.every(each => each.url === null)
        ? <Figure label="No downstream" value={formatRate(now.noDownstream)} unit="/s" note={<span className="amb">counted, not sent</span>} />
        : <Lost now={now} data={data} />}
      <Money />
      <Overhead now={now} budget={data.cpuBudgetShare} />
      <Figure optional label="Memory" value={formatBytes(now.rssBytes)} note={`in ${plural(data.agents.connected, 'agent')}`} />
    </div>
  );
}

function Lost({ now, data }: { readonly now: Figures; readonly data: Overview }) {
  const all = Math.round(lostInAll(data.points));
  return <Figure label="Lost by Weir" value={formatRate(now.lost)} unit="/s" note={all === 0 ? 'none in this time' : <span className="amb">{formatCount(all)} in this time</span>} />;
}

/** What rules save, measured by what agents count, beside what was predicted; and what could be saved yet. Nothing that is saved is no figure. */
function Money() {
  const savings = useSavings().data;
  const suggestions = useCostSuggestions().data;
  const could = suggestions === undefined ? null : couldBeWords(suggestions);
  const saves = savings !== undefined && savings.savings.some(({ state }) => state === 'deployed');
  return <>{(saves || could === null) && <Saved savings={savings} />}{could !== null && <CouldBe words={could} optional={saves} />}</>;
}

function CouldBe({ words: { value, unit, note, title, suggestion }, optional }: { readonly words: CouldBeWords; readonly optional: boolean }) {
  return <Figure wide optional={optional} label="Could be saved safely" value={<><small>≈ </small>{value}</>} unit={unit} title={title} note={<Link to="/cost" search={{ tab: 'suggestions', suggestion }}>{note}</Link>} />;
}

function Saved({ savings }: { readonly savings: SavingList | undefined }) {
  if (savings === undefined) return <Figure label="Saved a month" value={<span className="t3">–</span>} note="no data" />;
  const { value, unit, note, tab } = savedWords(savings);
  return <Figure label="Saved a month" value={value} unit={unit} note={<Link className="t3" to="/cost" search={{ tab }} title={tab === 'suggestions' ? 'Suggestions of what rules could save, in Cost' : 'Measured over the last minutes, at today\'s rate; what each rule saves, in Cost'}>{note}</Link>} />;
}

function Overhead({ now, budget }: { readonly now: Figures; readonly budget: number }) {
  const share = budget > 0 ? now.cpuShare / budget : 0;
  const note = <span className="row gap1"><Meter share={share} tone={share > 1 ? 'danger' : share > 0.8 ? 'attn' : 'accent'} width={28} label="Share of the CPU budget" />of {formatPercent(budget, 0)}<span className="x-opt"> budget</span></span>;
  return <Figure label="Overhead" title="Mean of all agents over the last 5 seconds; each tile below says its agent's last report. The budget is each agent's own." value={(now.cpuShare * 100).toFixed(2)} unit="% CPU" note={note} />;
}

function Figure({ label, value, unit, note, title, optional = false, wide = false }: { readonly label: string; readonly title?: string; readonly value: ReactNode; readonly unit?: string; readonly note: ReactNode; readonly optional?: boolean; /** Its words are longer than those of the others. */ readonly wide?: boolean }) {
  return <div className={`kpi${optional ? ' opt' : ''}${wide ? ' wide' : ''}`} role="group" aria-label={label} title={title}><div className="l ell">{label}</div><div className="v">{value}{unit && <small>{unit}</small>}</div><div className="n ell" title={typeof note === 'string' ? note : undefined}>{note}</div></div>;
}
