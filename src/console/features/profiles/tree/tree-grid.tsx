// The call tree as a table: the same boxes with the same numbers, for eyes, keyboard and screen readers. Only rows in view are drawn.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { CallTree } from '../../../../profiles/index.ts';
import { formatCount } from '../../../ui/index.ts';
import type { TreePicture } from '../../../workers/profile/index.ts';
import { CaptionLine } from '../graph/caption-line.tsx';
import { swatchOf } from '../graph/use-paint.ts';
import { nodeOfPath, pathOfNode } from '../model/tree-paths.ts';
import { pathRows } from '../model/function-key.ts';
import { percent } from '../model/weight-words.ts';
import type { SceneDiff } from '../model/use-scene.ts';
import type { PaneProps } from '../pane-props.ts';
import { TreeRow } from './tree-row.tsx';
import { firstOpen, openBelow, openTo, visibleRows, type VisibleRow } from './visible-rows.ts';

export interface TreeGridProps extends PaneProps { readonly tree: CallTree; readonly diff: SceneDiff | null; readonly label: string; readonly pruned: TreePicture['pruned'] }

const rowHeight = 24;
/** Of the row of heads, which stays above and covers what scrolls under it. */
const headHeight = 25;
/** Browsers limit an element's height, and nobody reads more. */
const mostRows = 200_000;
const mostOpened = 5000;
/** Drawn before the table knows how high it is. */
const unmeasuredRows = 40;

export function TreeGrid(props: TreeGridProps) {
  const { scene, search, moves, tree, diff, label, pruned } = props;
  const [opened, setOpened] = useState<{ readonly tree: CallTree; readonly open: ReadonlySet<number>; readonly active: number | null } | null>(null);
  const own = opened?.tree === tree ? opened : null;
  const byItself = props.chosen?.byItself === true ? props.chosen.row : null;
  const chosen = useMemo(() => { const path = search.at === undefined ? byItself === null ? null : [byItself] : pathRows(scene.rowOf, search.at); return path === null ? null : nodeOfPath(tree, path); }, [search.at, byItself, scene.rowOf, tree]);
  const first = useMemo(() => firstOpen(tree), [tree]);
  const open = useMemo(() => (own?.open ?? (chosen === null ? first : openTo(tree, first, chosen))), [own, chosen, first, tree]);
  const rows = useMemo(() => visibleRows(tree, open, mostRows), [tree, open]);
  const active = own?.active ?? chosen ?? rows[0]?.node ?? null;
  const index = useMemo(() => rows.findIndex(({ node }) => node === active), [rows, active]);
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 10, scrollMargin: headHeight, scrollPaddingStart: headHeight });
  const measured = virtual.getVirtualItems();
  const items = measured.length > 0 ? measured.map(item => ({ index: item.index, start: item.start - headHeight })) : rows.slice(0, unmeasuredRows).map((_, at) => ({ index: at, start: at * rowHeight }));
  const shown = useRef<number | null>(null);
  useLayoutEffect(() => { if (index >= 0 && shown.current !== active) { shown.current = active; virtual.scrollToIndex(index, { align: 'auto' }); } });
  useEffect(() => { shown.current = null; }, [tree]);
  const id = useId();
  const swatch = swatchOf({ scene, search });
  const change = (next: { open?: ReadonlySet<number>; active?: number }) => setOpened({ tree, open: next.open ?? open, active: next.active ?? active });
  const choose = (node: number) => { change({ active: node }); moves.choose(pathOfNode(tree, node)); };
  const toggle = (node: number) => { const next = new Set(open); if (!next.delete(node)) next.add(node); change({ open: next, active: node }); };
  const keys = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = stepOf(event.key, rows, index, open);
    if (step === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (step.kind === 'go') choose(step.node);
    else if (step.kind === 'toggle') toggle(step.node);
    else change({ open: openBelow(tree, open, step.node, mostOpened) });
  };
  const click = (row: VisibleRow) => (event: MouseEvent) => { if (row.opens && event.target instanceof Element && event.target.closest('.prof-twisty') !== null) toggle(row.node); else choose(row.node); };
  const totals = { whole: tree.total[0] ?? 0, samples: tree.totalSamples[0] ?? 0 };
  return (
    <>
      <CaptionLine {...props} legend={null} palette={[]} says={pruned !== null && pruned.prunedNodes > 0 ? `${formatCount(pruned.prunedNodes)} thin branches are left out, together ${percent(pruned.prunedWeight, totals.whole)}` : diff === null ? `${formatCount(totals.samples)} samples` : 'now and before, in points of each'} />
      <div ref={scroller} className={`prof-tree scroll ${diff === null ? '' : 'diff'}`} role="treegrid" aria-label={label} aria-rowcount={rows.length + 1} aria-colcount={diff === null ? 5 : 6} tabIndex={0} aria-activedescendant={items.some(item => item.index === index) ? `${id}-${active ?? 0}` : undefined} onKeyDown={keys}>
        <div role="rowgroup" className="prof-tree-head"><div role="row" aria-rowindex={1}>{(diff === null ? ['Function', 'Total', 'Self', 'Samples', 'Place'] : ['Function', 'Change', 'Now', 'Before', 'Samples', 'Place']).map((head, at) => <span key={head} role="columnheader" className={at === 0 || head === 'Place' ? undefined : 'num'}>{head}</span>)}</div></div>
        <div role="rowgroup" className="prof-tree-body">
          <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {items.map(item => {
              const row = rows[item.index];
              return row === undefined ? null : <TreeRow key={row.node} id={`${id}-${row.node}`} row={row} index={item.index + 2} top={item.start} tree={tree} diff={diff} scene={scene} whole={totals.whole} open={open.has(row.node)} chosen={row.node === active} found={scene.matches?.[tree.function[row.node] ?? -1] === 1} colour={swatch(tree.function[row.node] ?? -1)} onClick={click(row)} onOpen={() => moves.focus(tree.function[row.node] ?? null)} />;
            })}
          </div>
        </div>
      </div>
    </>
  );
}

type Step = { readonly kind: 'go' | 'toggle' | 'below'; readonly node: number } | null;

/** As treegrids go: arrows walk, right opens and goes in, left closes and goes out, * opens all below. */
function stepOf(key: string, rows: readonly VisibleRow[], index: number, open: ReadonlySet<number>): Step {
  const row = rows[index];
  const go = (to: number): Step => { const next = rows[Math.min(rows.length - 1, Math.max(0, to))]; return next === undefined ? null : { kind: 'go', node: next.node }; };
  if (row === undefined) return key.startsWith('Arrow') ? go(0) : null;
  const page = 20;
  switch (key) {
    case 'ArrowDown': return go(index + 1);
    case 'ArrowUp': return go(index - 1);
    case 'PageDown': return go(index + page);
    case 'PageUp': return go(index - page);
    case 'Home': return go(0);
    case 'End': return go(rows.length - 1);
    case 'ArrowRight': return row.opens && !open.has(row.node) ? { kind: 'toggle', node: row.node } : row.opens ? go(index + 1) : null;
    case 'ArrowLeft': return row.opens && open.has(row.node) ? { kind: 'toggle', node: row.node } : go(rows.findLastIndex((each, at) => at < index && each.level < row.level));
    case 'Enter': case ' ': return row.opens ? { kind: 'toggle', node: row.node } : null;
    case '*': return { kind: 'below', node: row.node };
    default: return null;
  }
}
