// The report for elsewhere.
import type { CostReport } from '../../../../model/index.ts';
import { Button, copyText, Menu } from '../../../ui/index.ts';
import { reportCsv } from './copy-rows.ts';

export function CopyMenu({ report }: { readonly report: CostReport | undefined }) {
  if (report === undefined) return <Button size="s" icon="copy" disabledReason="The report has not arrived yet.">Copy</Button>;
  return (
    <Menu align="end" label="Copy the report" entries={[
      { kind: 'heading', label: `The report by ${report.by}, ${report.rows.length} rows` },
      { label: 'Copy as JSON', icon: 'copy', kbd: 'J', onSelect: () => void copyText(JSON.stringify(report, null, 2), 'Report as JSON') },
      { label: 'Copy as CSV', icon: 'copy', kbd: 'C', onSelect: () => void copyText(reportCsv(report), 'Report as CSV') },
    ]}>
      <Button size="s" icon="copy" iconAfter="chev">Copy</Button>
    </Menu>
  );
}
