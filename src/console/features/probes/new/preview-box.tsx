// What the probe would read, where it would sit, what a hit would cost, how risky it is, and what stands in its way.
import { explainFailure } from '../../../api/index.ts';
import type { ProbePreview } from '../../../../model/index.ts';
import { Icon, plural, RadarChart, Skeleton } from '../../../ui/index.ts';
import { Said } from '../said.tsx';
import { costWords } from '../words.ts';
import type { HitCost } from './cost.ts';

/** Short on the drawing, whole beside it. */
const corners = ['Rel.', 'Perf.', 'Priv.', 'Cost', 'Cplx.'] as const;
const axes = ['Reliability', 'Performance', 'Privacy', 'Cost', 'Complexity'] as const;
const levels = ['none', 'low', 'some', 'high', 'severe'] as const;

export interface PreviewBoxProps { /** Why there is nothing to preview yet. */ readonly waitsFor: string | null; readonly preview: ProbePreview | undefined; readonly error: unknown; readonly cost: HitCost | null; /** As the list of processes calls it; null: none is chosen. */ readonly processName: string | null; /** A log source: it is in no process. */ readonly isSource: boolean; /** What it reads is a program, which shows elsewhere. */ readonly program: boolean; /** Somebody is still typing: what is wrong is no news yet. */ readonly isCalm: boolean; readonly maxCpuShare: number }

export function PreviewBox({ waitsFor, preview, error, cost, processName, program, isSource, isCalm, maxCpuShare }: PreviewBoxProps) {
  if (waitsFor !== null) return <section aria-label="What it would do" className="probe-preview"><p className="t3">{waitsFor}</p></section>;
  if (preview === undefined) return <section aria-label="What it would do" className="probe-preview">{error === null ? <div role="status" aria-label="Asking the agent"><Skeleton width={220} /></div> : <p className="red" role="alert"><b className="md">{explainFailure(error).title}</b> {explainFailure(error).help}</p>}</section>;
  const { problems, reads, resolved, means, risk, processes } = preview;
  return (
    <section aria-label="What it would do" className="probe-preview">
      {problems.map(({ code, message, help }) => <div key={code + message} className={isCalm ? 'probe-why' : 'probe-why bad'} role={isCalm ? undefined : 'alert'}><Icon name="warn" size="s" className={isCalm ? 't3' : 'red'} /><div><b className="md t1"><Said>{message}</Said></b>{help !== undefined && <p><Said>{help}</Said></p>}</div></div>)}
      <dl className="probe-facts narrow">
        <div><dt>By</dt><dd>{means}{resolved !== null && <span className="mono t2"> {resolved}</span>}</dd></div>
        {processes.length > 0 && <div><dt>In</dt><dd>{processes.length === 1 ? processName ?? `${processes[0]?.service ?? processes[0]?.name} ${processes[0]?.pid}` : plural(processes.length, 'process', 'processes')}</dd></div>}
        {reads.length > 0 && <div><dt>{program ? 'Runs' : 'Reads'}</dt>{program ? <dd>the program shown beside, as it is</dd> : <dd className="mono">{reads.map(read => <div key={read}>{read}</div>)}</dd>}</div>}
        {(cost !== null || problems.length === 0) && !isSource && <div><dt>A hit costs</dt><dd><Cost cost={cost} maxCpuShare={maxCpuShare} /></dd></div>}
      </dl>
      {problems.length > 0 && isUnrated(risk) ? <p className="t3">How risky it is cannot be said before it can go in.</p> : <RiskRadar risk={risk} />}
    </section>
  );
}

/** The agent had no look at it. */
const isUnrated = ({ reasons, ...axes }: ProbePreview['risk']): boolean => reasons.length === 0 && Object.values(axes).every(value => value === 0);

/** A range while nothing was measured: the values decide. */
function Cost({ cost, maxCpuShare }: { readonly cost: HitCost | null; readonly maxCpuShare: number }) {
  if (cost === null) return <span className="t3">not known before it is in</span>;
  const { fromUs, toUs, measuredBy } = cost;
  const hits = `${Number(((maxCpuShare * 1e6) / toUs).toPrecision(2)).toLocaleString('en')} hits a second before it pauses`;
  if (measuredBy !== null) return <>about {costWords(toUs)}<span className="t3">, as {measuredBy} was measured in this process; so about {hits}</span></>;
  if (fromUs === toUs) return <>about {costWords(toUs)}<span className="t3">, so about {hits}</span></>;
  return <>{costWords(fromUs)} to {costWords(toUs)}<span className="t3">: the first is the stop alone, in this process; reading values adds to it. So at least {hits}</span></>;
}

function RiskRadar({ risk }: { readonly risk: ProbePreview['risk'] }) {
  const values = [risk.reliability, risk.performance, risk.privacy, risk.cost, risk.complexity];
  const label = axes.map((axis, i) => `${axis} ${levels[values[i] ?? 0] ?? values[i]}`).join(', ');
  return (
    <div className="probe-risk">
      <RadarChart label={`Risk: ${label}`} axes={corners} max={4} series={[{ label: 'Risk', token: '--accent', values }]} height={150} />
      <div><b className="md">Risk</b><ul>{axes.map((axis, i) => (values[i] ?? 0) > 0 && <li key={axis}><span className="t3">{axis}</span> {levels[values[i] ?? 0]}</li>)}</ul>{values.every(value => value === 0) && <p className="t2">none</p>}</div>
      {risk.reasons.length > 0 && <ul className="probe-reasons t2">{risk.reasons.map(reason => <li key={reason}>{reason}</li>)}</ul>}
    </div>
  );
}
