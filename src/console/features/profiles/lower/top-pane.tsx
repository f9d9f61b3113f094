// The functions with the most weight, by self or total; those that a search found, while there is one.
import { useMemo, useState } from 'react';
import { Chip, formatCount, Meter, Pane, Segmented, SkeletonRows, Table } from '../../../ui/index.ts';
import type { TableColumn } from '../../../ui/index.ts';
import { swatchOf } from '../graph/use-paint.ts';
import { changesBySelf } from '../model/chosen.ts';
import { changeText, formatWeight, shareOf, shareText } from '../model/weight-words.ts';
import type { PaneProps } from '../pane-props.ts';
import { topRows, type TopFunction } from './top-rows.ts';

const page = 100;

export function TopPane(props: PaneProps) {
  const { scene, search, set, chosen, moves } = props;
  const { top, names, matches, total, diff } = scene;
  const by = search.top ?? 'self';
  const [listed, setListed] = useState(page);
  const changes = useMemo(() => (diff === null ? null : changesBySelf(diff)), [diff]);
  const rows = useMemo(() => (top === null ? null : topRows(top, by, matches)), [top, by, matches]);
  const columns = useMemo((): readonly TableColumn<TopFunction>[] => {
    const swatch = swatchOf({ scene, search });
    const share = (row: TopFunction) => shareOf(row[by], total);
    const most = rows?.[0] === undefined ? 1 : Math.max(share(rows[0]), 1e-9);
    const sort = (of: 'self' | 'total') => ({ sort: by === of ? 'descending' as const : 'none' as const, onSort: () => set({ top: of === 'self' ? undefined : of }, { replace: true }) });
    return [
      { key: 'name', head: 'Function', cell: ({ row, isMostlyGaps }) => <span className="row gap1"><span className="mono ell" title={[names.name(row), names.file(row)].filter(Boolean).join('\n')}>{names.name(row)}</span>{by === 'self' && isMostlyGaps && <Chip tone="pending" title="More than half of its self time is a gap after one of its samples, in which nobody sampled: it need not have run then.">gaps</Chip>}</span> },
      ...(changes !== null ? [] : [{ key: 'package', head: 'Package', width: 110, className: 'c-package', cell: ({ row }: TopFunction) => <span className="t2 row gap1"><i className="prof-swatch" style={{ background: swatch(row) }} /><span className="ell">{names.package(row)}</span></span> }]),
      ...(changes === null ? [] : [{ key: 'change', head: 'Self change', width: 96, numeric: true, cell: ({ row }: TopFunction) => <span className={(changes[row] ?? 0) >= 0.05 ? 'red' : (changes[row] ?? 0) <= -0.05 ? 'prof-faster' : 't3'}>{changeText(changes[row] ?? 0)}</span> }]),
      { key: by, head: by === 'self' ? 'Self' : 'Total', width: changes === null ? 128 : 104, numeric: true, ...sort(by), cell: row => <span className="row" title={formatWeight(row[by], scene.weight)}><Meter label={`${by} share of ${names.name(row.row)}`} share={share(row) / most} height={6} /><span className="prof-share">{shareText(share(row))}</span></span> },
      { key: 'samples', head: 'Samples', width: 70, numeric: true, className: 'c-samples', cell: row => <span className="t2">{formatCount(by === 'self' ? row.selfSamples : row.totalSamples)}</span> },
    ];
  }, [by, changes, names, rows, scene, search, set, total]);
  return (
    <Pane className={changes === null ? 'prof-top' : 'prof-top comparing'} label="Functions with the most weight">
      <div className="ph"><h2>Top by {by} {scene.weight.unit === 'nanoseconds' ? 'time' : 'weight'}</h2>{matches !== null && rows !== null && <span className="meta ell">{formatCount(rows.length)} found</span>}<span className="end"><Segmented label="Top by" value={by} onChange={value => set({ top: value === 'self' ? undefined : value }, { replace: true })} options={[{ value: 'self', label: 'Self' }, { value: 'total', label: 'Total' }]} /></span></div>
      <div className="scroll grow">
        {rows === null ? <SkeletonRows rows={5} label="Counting functions" /> : <Table label="Functions" columns={columns} rows={rows.slice(0, listed)} rowKey={({ row }) => String(row)} selectedKey={chosen === null ? null : String(chosen.row)} onPick={({ row }) => moves.chooseFunction(row)} rowLabel={row => `${names.name(row.row)}, ${shareText(shareOf(row[by], total))} ${by}`} />}
        {rows !== null && rows.length === 0 && <p className="pad t2">No function has this in its name.</p>}
        {rows !== null && rows.length > listed && <button type="button" className="btn s ghost prof-more" onClick={() => setListed(listed + page)}>{formatCount(Math.min(page, rows.length - listed))} more of {formatCount(rows.length - listed)}</button>}
      </div>
    </Pane>
  );
}
