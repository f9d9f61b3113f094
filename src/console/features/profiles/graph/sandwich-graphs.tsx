// The sandwich as a picture: above, who calls the chosen function; below, what it calls. Both are as wide as all that runs through it.
import { useEffect, useMemo, useState } from 'react';
import { searchBoxes, type FlameBoxes } from '../../../../profiles/index.ts';
import { FlameGraph, type FlamePicture } from '../../../flame/index.ts';
import { EmptyState, PaneHeader, SkeletonRows } from '../../../ui/index.ts';
import type { TreePicture } from '../../../workers/profile/index.ts';
import { pathOfNode } from '../model/tree-paths.ts';
import { percent } from '../model/weight-words.ts';
import { useAsked } from '../open/use-asked.ts';
import type { PaneProps } from '../pane-props.ts';
import { CaptionLine } from './caption-line.tsx';
import { labelsOf } from './labels.ts';
import { usePaint } from './use-paint.ts';

type Props = PaneProps & { readonly onPicture: (picture: FlamePicture | null) => void };

export function SandwichGraphs(props: Props) {
  const { scene, chosen } = props;
  // Choosing a box of it must not change whose sandwich it is: that goes by its own button.
  const row = useMiddle(chosen?.row ?? null, scene.profile.functions.count);
  const { value } = useAsked(scene.client, 'sandwich', row === null ? null : [scene.selection, row]);
  const { legend, palette } = usePaint(props);
  if (row === null) return <EmptyState title="Choose a function">In the graph or in a table; its callers then stand above it here, and what it calls below.</EmptyState>;
  if (value === null) return <SkeletonRows rows={12} label="Looking for callers" />;
  const name = scene.names.name(row);
  return (
    <>
      <CaptionLine {...props} legend={legend} palette={palette} says={`${percent(value.callees.tree.total[0] ?? 0, scene.total)} of the whole runs through ${name}; all shares are of the whole`} />
      <Half {...props} key={`callers ${row}`} part={value.callers} direction="up" label={`Callers of ${name}`} title={<>Callers of <span className="mono">{name}</span></>} />
      <Half {...props} key={`callees ${row}`} part={value.callees} direction="down" label={`What ${name} calls`} title={<>What <span className="mono">{name}</span> calls</>} />
    </>
  );
}

/** The root stands for nothing here: the function is what all ways have in common. */
function withoutRoot({ rows, rowStart, start, end, node, function: functions, extent, tint }: FlameBoxes): FlameBoxes {
  const from = rowStart[1] ?? 0;
  return { rows: Math.max(0, rows - 1), rowStart: rowStart.subarray(1).map(at => at - from), start: start.subarray(from), end: end.subarray(from), node: node.subarray(from), function: functions.subarray(from), extent, tint: tint?.subarray(from) ?? null };
}

/** A function that only the other profile has is in no sandwich of this one. */
const useMiddle = (row: number | null, count: number): number | null => (row !== null && row < count ? row : null);

function Half({ scene, search, moves, onPicture, part, direction, label, title }: Props & { readonly part: TreePicture; readonly direction: 'up' | 'down'; readonly label: string; readonly title: React.ReactNode }) {
  const { tree } = part;
  const boxes = useMemo(() => withoutRoot(part.boxes), [part]);
  const { colours, palette } = usePaint({ scene, search }, boxes);
  const { names, weight, profile } = scene;
  const labels = useMemo(() => labelsOf({ names, weight, profile, diff: null, merged: part }, boxes, 'merged', scene.total), [names, weight, profile, part, boxes, scene.total]);
  const found = useMemo(() => (scene.matches === null ? null : searchBoxes(boxes, scene.matches).found), [boxes, scene.matches]);
  const [held, setHeld] = useState<{ readonly boxes: FlameBoxes; readonly window: FlamePicture['window']; readonly selected: number | null } | null>(null);
  const { window, selected } = held?.boxes === boxes ? held : { window: { start: 0, end: boxes.extent }, selected: null };
  const drawn: FlamePicture = { boxes, labels, colours, palette, found, selected, window, direction, label };
  useEffect(() => { if (direction === 'up') return undefined; onPicture(drawn); return () => onPicture(null); });
  const open = (box: number) => { const row = pathOfNode(tree, boxes.node[box] ?? 0).at(-1); if (row !== undefined) moves.chooseFunction(row); };
  return (
    <div className="col grow prof-half"><PaneHeader title={title} meta="Enter or double click puts another function in the middle" />
      <FlameGraph {...drawn} onWindow={next => setHeld({ boxes, window: next, selected })} onSelect={box => setHeld({ boxes, window, selected: box })} onOpen={open} />
    </div>
  );
}
