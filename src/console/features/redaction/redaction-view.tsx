// The view: its tabs, and the tools that they share.
import { useRedactionOverview } from '../../api/index.ts';
import { redactionSearch, useUrlState } from '../../state/index.ts';
import type { RedactionSearch } from '../../state/index.ts';
import { Chip, Select, Tabs } from '../../ui/index.ts';
import { AuditTab } from './audit/audit-tab.tsx';
import { useScanResult } from './audit/scan-result.ts';
import { DetectorsTab } from './detectors/detectors-tab.tsx';
import { ExportMenu } from './export-menu.tsx';
import { FullScan } from './full-scan.tsx';
import { PolicyTab } from './policy/policy-tab.tsx';
import { suppressionsOf } from './suppressions/suppression-list.ts';
import { SuppressionsTab } from './suppressions/suppressions-tab.tsx';
import { usePolicies } from './words/policies.ts';
import { defaultRange, rangeOptions, type RangeSeconds } from './words/ranges.ts';
import { useRedaction } from './words/use-redaction.ts';
import './redaction.css';

export function RedactionView() {
  const [search, set] = useUrlState(redactionSearch);
  const seconds = search.range ?? defaultRange;
  const overview = useRedactionOverview(seconds);
  const scanResult = useScanResult(overview.data);
  const policies = usePolicies();
  const detectors = useRedaction().data?.detectorList.length;
  const tools = (
    <span className="row end redact-tools">
      <span className="redact-shield"><Chip tone="line" icon="shield">holds no secret: counts and masked context</Chip></span>
      <Select size="s" label="Time range" value={String(seconds)} options={rangeOptions} onChange={value => set({ range: rangeOf(value), at: undefined, wide: undefined })} />
      <ExportMenu seconds={seconds} small />
      <FullScan overview={overview.data} />
    </span>
  );
  return (
    <Tabs<Tab> label="Redaction" leading={<h1>Redaction</h1>} trailing={tools} value={search.tab ?? 'audit'} onChange={tab => set({ tab: tab === 'audit' ? undefined : tab, find: undefined })} tabs={[
      { value: 'audit', label: 'Audit', content: <AuditTab search={search} set={set} seconds={seconds} overview={overview.data} overviewError={overview.error} scanResult={scanResult} onRetry={() => void overview.refetch()} /> },
      { value: 'policy', label: 'Policy', content: <PolicyTab policies={policies} /> },
      { value: 'detectors', label: 'Detectors', count: detectors ?? '', content: <DetectorsTab search={search} set={set} seconds={seconds} /> },
      { value: 'suppressions', label: 'Suppressions', count: policies.deployed === undefined ? '' : suppressionsOf(policies.deployed).length, content: <SuppressionsTab policies={policies} seconds={seconds} /> },
    ]} />
  );
}

type Tab = NonNullable<RedactionSearch['tab']>;
const rangeOf = (value: string): RangeSeconds | undefined => (Number(value) === defaultRange ? undefined : (Number(value) as RangeSeconds));
