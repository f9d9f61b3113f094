// The five figures of a dry run, each with its bound beside it.
import { formatBytes, formatCount, formatPercent } from '../../../ui/index.ts';
import type { DryRunResult } from '../../../workers/tail/index.ts';

/** Below this the time is mostly that of starting up. */
const meaningfulRecords = 500;

/** The median of the runs after the first, which also warms the engine up, to one significant figure; null before the second run. */
export function steadyCpu(micros: readonly number[]): string | null {
  const sorted = micros.slice(1).sort((a, b) => a - b);
  const middle = sorted[sorted.length >> 1];
  if (middle === undefined) return null;
  return middle < 0.01 ? '< 0.01' : `≈ ${Number(middle.toPrecision(1))}`;
}

export function DryRunFigures({ result, cpuMicros }: { readonly result: DryRunResult; readonly cpuMicros: readonly number[] }) {
  const { scanned, matched, removed, changed, emitted, bytesBefore, bytesAfter } = result;
  const cpu = steadyCpu(cpuMicros);
  return (
    <dl className="rules-figs">
      <Fig label="Matched" strong={formatCount(matched)} rest={`of ${formatCount(scanned)}${scanned > 0 ? `, ${formatPercent(matched / scanned)}` : ''}`} />
      <Fig label="Removed" strong={`− ${formatCount(removed)}`} rest={`and ${formatCount(changed)} changed`} />
      <Fig label="Records out" before={formatCount(scanned)} strong={formatCount(scanned - removed)} rest={emitted > 0 ? `+ ${formatCount(emitted)} points` : ''} />
      <Fig label="Bytes" before={formatBytes(bytesBefore)} strong={formatBytes(bytesAfter)} rest="" />
      {scanned < meaningfulRecords || cpu === null ? <Fig label="CPU, estimated here" strong="" rest={cpu === null ? 'after another run' : 'needs more records'} /> : <Fig label="CPU, estimated here" strong={`${cpu} µs`} rest="a record" />}
    </dl>
  );
}

function Fig({ label, before, strong, rest }: { readonly label: string; readonly before?: string; readonly strong: string; readonly rest: string }) {
  return <div className="rules-fig"><dt>{label}</dt><dd>{before !== undefined && <s>{before} → </s>}{strong} <s>{rest}</s></dd></div>;
}
