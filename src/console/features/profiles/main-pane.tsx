// The middle: the graph of the view, or its table.
import type { FlamePicture } from '../../flame/index.ts';
import { SkeletonRows } from '../../ui/index.ts';
import { Graph } from './graph/graph.tsx';
import { SandwichGraphs } from './graph/sandwich-graphs.tsx';
import { sceneTree } from './model/chosen.ts';
import type { PaneProps } from './pane-props.ts';
import { TreeGrid } from './tree/tree-grid.tsx';

export function MainPane({ onPicture, ...props }: PaneProps & { readonly onPicture: (picture: FlamePicture | null) => void }) {
  const { scene } = props;
  if (scene.view === 'sandwich') return <SandwichGraphs {...props} onPicture={onPicture} />;
  if (scene.view === 'tree') return <TreeGrid {...props} tree={sceneTree(scene)} diff={scene.diff} label="Call tree" inverted={false} pruned={null} />;
  if (scene.view === 'inverted') return scene.inverted === null ? <SkeletonRows rows={12} label="Turning the tree round" /> : <TreeGrid {...props} tree={scene.inverted.tree} diff={null} label="Inverted call tree" inverted pruned={scene.inverted.pruned} />;
  if (scene.view === 'time' && scene.time === null) return <SkeletonRows rows={12} label="Laying out the time order" />;
  return <Graph {...props} onPicture={onPicture} />;
}
