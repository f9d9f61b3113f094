// What the report is by, of which service, found by words; and how few rows are most of the money.
import { useRef } from 'react';
import { costBys, type CostBy, type CostReport } from '../../../../model/index.ts';
import { Button, Input, PaneHeader, Segmented, Select, useSlash } from '../../../ui/index.ts';
import { byWords } from '../words/bys.ts';
import type { ReportTabProps } from './report-tab.tsx';
import { paretoWords, unreadWord } from './rows.ts';

const everywhere = '*every service';

export function ReportTools({ search, set, report, whole, onDown }: Pick<ReportTabProps, 'search' | 'set' | 'whole'> & { readonly report: CostReport | undefined; /** From the words to what was found. */ readonly onDown: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  useSlash(() => field.current?.focus());
  const { by, service } = search;
  const few = report === undefined || report.by !== by ? null : paretoWords(report, byWords[by].one, byWords[by].many);
  const services = [...new Set([...whole?.rows.map(row => row.key) ?? [], ...(service === undefined ? [] : [service])])];
  return (
    <>
      <PaneHeader bare title={few ?? `By ${byWords[by].one}`} meta={few === null ? undefined : report?.overSeconds !== undefined ? <span className="cost-wide">of what leaves the agents</span> : undefined}>
        {services.length > 1 && <Select size="s" label="Service" value={service ?? everywhere} onChange={next => set({ service: next === everywhere ? undefined : next, row: undefined })} options={[{ value: everywhere, label: 'All services' }, ...services.map(value => ({ value, label: value === '' ? '(no service.name)' : value }))]} />}
        <Input ref={field} small type="search" className="cost-find" placeholder="Find" aria-label="Find a row" aria-keyshortcuts="/" value={search.find ?? ''} onChange={event => set({ find: event.target.value === '' ? undefined : event.target.value }, { replace: true })}
          onKeyDown={event => { if (event.key === 'ArrowDown' || (event.key === 'Escape' && (search.find ?? '') === '')) { event.preventDefault(); event.stopPropagation(); onDown(); } }} />
      </PaneHeader>
      <div className="cost-by row">
        <Segmented<CostBy> label="What the report is by" value={by} onChange={next => set({ by: next === 'event' ? undefined : next, row: undefined })} options={costBys.map(value => ({ value, label: byWords[value].label }))} />
        <Button size="s" on={search.find === unreadWord} className="end" title="Only what no rule, net, view, metric or recorder names and nobody opened" onClick={() => set({ find: search.find === unreadWord ? undefined : unreadWord }, { replace: true })}>Unread</Button>
        <Button size="s" on={search.map !== 'off'} onClick={() => set({ map: search.map === 'off' ? undefined : 'off' }, { replace: true })}>Treemap</Button>
      </div>
    </>
  );
}
