// What the probe would read, where it would sit, what a hit would cost, how risky it is, and what stands in its way.
import { explainFailure } from '../../../api/index.ts';
import type { ProbePreview } from '../../../../model/index.ts';
import { Icon, plural, RadarChart, Skeleton } from '../../../ui/index.ts';

/** Short on the drawing, whole beside it. */
const corners = ['Rel.', 'Perf.', 'Priv.', 'Cost', 'Compl.'] as const;
const axes = ['Reliability', 'Performance', 'Privacy', 'Cost', 'Complexity'] as const;
const levels = ['none', 'low', 'some', 'high', 'severe'] as const;

export interface PreviewBoxProps { /** Why there is nothing to preview yet. */ readonly waitsFor: string | null; readonly preview: ProbePreview | undefined; readonly error: unknown; readonly maxCpuShare: number }

export function PreviewBox({ waitsFor, preview, error, maxCpuShare }: PreviewBoxProps) {
  if (waitsFor !== null) return <section aria-label="What it would do" className="probe-preview"><p className="t3">{waitsFor}</p></section>;
  if (preview === undefined) return <section aria-label="What it would do" className="probe-preview">{error === null ? <div role="status" aria-label="Asking the agent"><Skeleton width={220} /></div> : <p className="red" role="alert"><b className="md">{explainFailure(error).title}</b> {explainFailure(error).help}</p>}</section>;
  const { problems, reads, resolved, means, costUs, risk, processes } = preview;
  return (
    <section aria-label="What it would do" className="probe-preview">
      {problems.map(({ code, message, help }) => <div key={code + message} className="probe-why bad" role="alert"><Icon name="warn" size="s" className="red" /><div><b className="md t1">{message}</b>{help !== undefined && <p>{help}</p>}</div></div>)}
      <dl className="probe-facts narrow">
        <div><dt>By</dt><dd>{means}{resolved !== null && <span className="mono t2"> {resolved}</span>}</dd></div>
        {processes.length > 0 && <div><dt>In</dt><dd>{processes.length === 1 ? `${processes[0]?.service ?? processes[0]?.name} ${processes[0]?.pid}` : plural(processes.length, 'process', 'processes')}</dd></div>}
        {reads.length > 0 && <div><dt>Reads</dt><dd className="mono">{reads.map(read => <div key={read}>{read}</div>)}</dd></div>}
        <div><dt>A hit costs</dt><dd>{costUs === null ? <span className="t3">not known before it is in</span> : <>about {costUs < 10 ? costUs.toFixed(1) : Math.round(costUs)} µs<span className="t3">, so about {Math.floor((maxCpuShare * 1e6) / costUs).toLocaleString('en')} hits a second before it pauses</span></>}</dd></div>
      </dl>
      <RiskRadar risk={risk} />
    </section>
  );
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
