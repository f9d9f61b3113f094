// The call tree as a table: the same boxes with the same numbers, for eyes, keyboard and screen readers. Only rows in view are drawn.
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { CallTree } from '../../../../profiles/index.ts';
import { formatCount, treeStep, useTreeRows } from '../../../ui/index.ts';
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

export interface TreeGridProps extends PaneProps { readonly tree: CallTree; readonly diff: SceneDiff | null; readonly label: string; /** Each row stands for own time of the function at the top, by the way it was called. */ readonly inverted: boolean; readonly pruned: TreePicture['pruned'] }

/** Browsers limit an element's height, and nobody reads more. */
const mostRows = 200_000;
const mostOpened = 5000;

export function TreeGrid(props: TreeGridProps) {
  const { scene, search, moves, tree, diff, label, inverted, pruned } = props;
  const [opened, setOpened] = useState<{ readonly tree: CallTree; readonly open: ReadonlySet<number>; readonly active: number | null } | null>(null);
  const own = opened?.tree === tree ? opened : null;
  const byItself = props.chosen?.byItself === true ? props.chosen.row : null;
  const chosen = useMemo(() => { const path = search.at === undefined ? byItself === null ? null : [byItself] : pathRows(scene.rowOf, search.at); return path === null ? null : nodeOfPath(tree, path); }, [search.at, byItself, scene.rowOf, tree]);
  const first = useMemo(() => firstOpen(tree), [tree]);
  const open = useMemo(() => (own?.open ?? (chosen === null ? first : openTo(tree, first, chosen))), [own, chosen, first, tree]);
  const rows = useMemo(() => visibleRows(tree, open, mostRows), [tree, open]);
  const active = own?.active ?? chosen ?? rows[0]?.node ?? null;
  const index = useMemo(() => rows.findIndex(({ node }) => node === active), [rows, active]);
  const { scroller, items, height, scrollTo } = useTreeRows(rows.length);
  const shown = useRef<number | null>(null);
  useLayoutEffect(() => { if (index >= 0 && shown.current !== active) { shown.current = active; scrollTo(index); } });
  useEffect(() => { shown.current = null; }, [tree]);
  const id = useId();
  const swatch = swatchOf({ scene, search });
  const change = (next: { open?: ReadonlySet<number>; active?: number }) => setOpened({ tree, open: next.open ?? open, active: next.active ?? active });
  const choose = (node: number) => { change({ active: node }); moves.choose(pathOfNode(tree, node)); };
  const toggle = (node: number) => { const next = new Set(open); if (!next.delete(node)) next.add(node); change({ open: next, active: node }); };
  const keys = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const walked = rows.map(({ node, level, opens }) => ({ level, opens, open: opens && open.has(node) }));
    const step = treeStep(event.key, walked, index);
    const row = step === null ? undefined : rows[step.index];
    if (step === null || row === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (step.kind === 'go') choose(row.node);
    else if (step.kind === 'below') change({ open: openBelow(tree, open, row.node, mostOpened) });
    else if (row.opens) toggle(row.node);
  };
  const click = (row: VisibleRow) => (event: MouseEvent) => { if (row.opens && event.target instanceof Element && event.target.closest('.prof-twisty') !== null) toggle(row.node); else choose(row.node); };
  const heads = diff !== null ? ['Function', 'Change', 'Now', 'Before', 'Samples', 'Place'] : inverted ? ['Function', 'Self', 'Samples', 'Place'] : ['Function', 'Total', 'Self', 'Samples', 'Place'];
  const totals = { whole: tree.total[0] ?? 0, samples: tree.totalSamples[0] ?? 0 };
  return (
    <>
      <CaptionLine {...props} legend={null} palette={[]} says={diff === null ? `shares of ${formatCount(totals.samples)} samples` : 'now and before, in points of each'} leftOut={pruned !== null && pruned.prunedNodes > 0 ? `${formatCount(pruned.prunedNodes)} thin branches are left out, together ${percent(pruned.prunedWeight, totals.whole)}` : null} />
      <div ref={scroller} className={`prof-tree scroll ${diff !== null ? 'diff' : inverted ? 'inverted' : ''}`} role="treegrid" aria-label={label} aria-rowcount={rows.length + 1} aria-colcount={heads.length} tabIndex={0} aria-activedescendant={items.some(item => item.index === index) ? `${id}-${active ?? 0}` : undefined} onKeyDown={keys}>
        <div role="rowgroup" className="prof-tree-head"><div role="row" aria-rowindex={1}>{heads.map((head, at) => <span key={head} role="columnheader" className={at === 0 || head === 'Place' ? undefined : 'num'}>{head}</span>)}</div></div>
        <div role="rowgroup" className="prof-tree-body">
          <div role="presentation" style={{ height: height, position: 'relative' }}>
            {items.map(item => {
              const row = rows[item.index];
              return row === undefined ? null : <TreeRow key={row.node} id={`${id}-${row.node}`} row={row} index={item.index + 2} top={item.top} tree={tree} diff={diff} inverted={inverted} scene={scene} whole={totals.whole} open={open.has(row.node)} chosen={row.node === active} found={scene.matches?.[tree.function[row.node] ?? -1] === 1} colour={swatch(tree.function[row.node] ?? -1)} onClick={click(row)} onOpen={() => moves.focus(tree.function[row.node] ?? null)} />;
            })}
          </div>
        </div>
      </div>
    </>
  );
}
