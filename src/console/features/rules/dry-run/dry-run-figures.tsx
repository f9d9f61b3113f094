// The five figures of a dry run, each with its bound beside it.
import { formatBytes, formatCount, formatPercent } from '../../../ui/index.ts';
import type { DryRunResult } from '../../../workers/tail/index.ts';

/** Below this the time is mostly that of starting up. */
const meaningfulRecords = 500;

export function DryRunFigures({ result }: { readonly result: DryRunResult }) {
  const { scanned, matched, removed, changed, emitted, bytesBefore, bytesAfter, cpuMicrosPerRecord } = result;
  const cpu = cpuMicrosPerRecord >= 10 ? cpuMicrosPerRecord.toFixed(0) : cpuMicrosPerRecord.toFixed(2);
  return (
    <dl className="rules-figs">
      <Fig label="Matched" strong={formatCount(matched)} rest={`of ${formatCount(scanned)}${scanned > 0 ? `, ${formatPercent(matched / scanned)}` : ''}`} />
      <Fig label="Removed" strong={`− ${formatCount(removed)}`} rest={`and ${formatCount(changed)} changed`} />
      <Fig label="Records out" before={formatCount(scanned)} strong={formatCount(scanned - removed)} rest={emitted > 0 ? `+ ${formatCount(emitted)} points` : ''} />
      <Fig label="Bytes" before={formatBytes(bytesBefore)} strong={formatBytes(bytesAfter)} rest="" />
      {scanned >= meaningfulRecords ? <Fig label="CPU, estimated here" strong={`≈ ${cpu} µs`} rest="a record" /> : <Fig label="CPU, estimated here" strong="" rest="needs more records" />}
    </dl>
  );
}

function Fig({ label, before, strong, rest }: { readonly label: string; readonly before?: string; readonly strong: string; readonly rest: string }) {
  return <div className="rules-fig"><dt>{label}</dt><dd>{before !== undefined && <s>{before} → </s>}{strong} <s>{rest}</s></dd></div>;
}
