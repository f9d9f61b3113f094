// The colours of an open profile: by function once, then for each picture by box.
import { useMemo } from 'react';
import type { CallTree, FlameBoxes } from '../../../../profiles/index.ts';
import type { ProfileColour } from '../../../state/index.ts';
import { sceneTree } from '../model/chosen.ts';
import type { PaneProps } from '../pane-props.ts';
import { boxColours, colourByKind, colourByPackage, packageWeights, type BoxColours, type FunctionColours, type Legend } from '../../../flame/index.ts';

export interface Paint { readonly mode: ProfileColour; readonly legend: Legend; /** CSS. */ readonly palette: readonly string[]; readonly colours: Uint8Array; readonly boxes: FlameBoxes }

/** What the colours say when nobody chose: what changed, in a comparison. */
export function colourMode({ scene, search }: Pick<PaneProps, 'scene' | 'search'>): ProfileColour {
  const merged = scene.view === 'flame' || scene.view === 'icicle';
  const wanted = search.colour ?? (scene.diff !== null && merged ? 'change' : 'package');
  if (wanted === 'change') return scene.diff !== null && merged ? 'change' : 'package';
  return wanted === 'self' && scene.view === 'time' ? 'package' : wanted;
}

/** CSS by row of the functions: what swatches and bars of tables have, whatever the graph's colours say. */
export function swatchOf({ scene, search }: Pick<PaneProps, 'scene' | 'search'>): (row: number) => string {
  const { tokens, index } = functionColours(scene, search.colour === 'type');
  return row => `var(${tokens[index[row] ?? 0] ?? '--flame-node'})`;
}

const known = new WeakMap<CallTree, { byKind?: FunctionColours; byPackage?: FunctionColours }>();

/** Made once for a tree: several panes ask. */
function functionColours(scene: PaneProps['scene'], byKind: boolean): FunctionColours {
  const tree = sceneTree(scene);
  const made = known.get(tree) ?? {};
  known.set(tree, made);
  return byKind ? made.byKind ??= colourByKind(scene.names) : made.byPackage ??= colourByPackage(scene.names, packageWeights(scene.names, tree));
}

export function usePaint(props: Pick<PaneProps, 'scene' | 'search'>, boxes: FlameBoxes = graphBoxes(props)): Paint {
  const mode = colourMode(props);
  const functions = functionColours(props.scene, mode === 'type');
  const paint = useMemo((): BoxColours => boxColours(mode, boxes, functions), [mode, boxes, functions]);
  const palette = useMemo(() => paint.tokens.map(token => `var(${token})`), [paint]);
  return { mode, legend: paint.legend, palette, colours: paint.colours, boxes };
}

/** Of the view's own graph; the merged one where the view is a table. Self time of a comparison is the shown profile's. */
function graphBoxes({ scene, search }: Pick<PaneProps, 'scene' | 'search'>): FlameBoxes {
  if (scene.view === 'time' && scene.time !== null) return scene.time;
  return scene.diff !== null && search.colour !== 'self' ? scene.diff.boxes : scene.merged.boxes;
}
