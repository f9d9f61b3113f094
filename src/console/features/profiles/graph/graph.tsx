// The flame graph of the view with its line above: what is left out, what the colours mean, how many boxes of how many samples.
import { useEffect, useMemo, useState } from 'react';
import { searchBoxes, type FlameBoxes } from '../../../../profiles/index.ts';
import { FlameGraph, type FlamePicture } from '../../../flame/index.ts';
import { formatCount } from '../../../ui/index.ts';
import { sceneTree } from '../model/chosen.ts';
import { windowOf, windowText } from '../model/selection.ts';
import { boxOfNode, pathOfNode } from '../model/tree-paths.ts';
import type { PaneProps } from '../pane-props.ts';
import { CaptionLine } from './caption-line.tsx';
import { labelsOf } from './labels.ts';
import { usePaint } from './use-paint.ts';

export function Graph(props: PaneProps & { readonly onPicture: (picture: FlamePicture | null) => void }) {
  const { scene, search, set, chosen, moves, onPicture } = props;
  const { boxes, colours, palette, legend } = usePaint(props);
  const inTime = boxes === scene.time;
  const diff = boxes === scene.diff?.boxes ? scene.diff : null;
  const tree = diff?.tree ?? scene.merged.tree;
  const { names, weight, merged, profile } = scene;
  const labels = useMemo(() => labelsOf({ names, weight, merged, profile, diff }, boxes, inTime ? 'time' : diff === null ? 'merged' : 'diff', boxes.extent), [names, weight, merged, profile, boxes, inTime, diff]);
  const found = useMemo(() => (scene.matches === null ? null : searchBoxes(boxes, scene.matches).found), [boxes, scene.matches]);
  const [inHand, setInHand] = useState<{ readonly boxes: FlameBoxes; readonly box: number } | null>(null);
  const places = useMemo(() => (inTime ? null : boxOfNode(boxes, tree.count)), [boxes, tree, inTime]);
  const node = chosen === null || chosen.byItself ? null : diff === null && tree !== sceneTree(scene) ? null : chosen.node;
  const placed = node === null ? -1 : places?.[node] ?? -1;
  // The root, and time that nobody sampled, are no functions that an address could name: they are chosen on the page only.
  const atRoot = inHand?.boxes === boxes && (boxes.function[inHand.box] ?? 0) < 0 ? inHand.box : null;
  const selected = inTime ? (inHand?.boxes === boxes && (search.at !== undefined || atRoot !== null) ? inHand.box : null) : placed < 0 ? atRoot : placed;
  const select = (box: number | null) => {
    setInHand(box === null ? null : { boxes, box });
    if (box === null) moves.choose(null);
    else moves.choose(inTime ? pathOfNode({ parent: scene.profile.stackParent, function: scene.profile.stackFunction }, boxes.node[box] ?? -1) : pathOfNode(tree, boxes.node[box] ?? 0));
  };
  const window = windowOf(search.zoom, boxes.extent);
  const drawn: FlamePicture = {
    boxes, labels, colours, palette, found, selected, window, direction: scene.view === 'flame' ? 'up' : 'down',
    label: `${inTime ? 'Time order' : scene.view === 'flame' ? 'Flame graph' : 'Icicle graph'} of ${scene.profile.fileName}, ${formatCount(scene.samples)} samples${diff === null ? '' : ', compared'}`,
  };
  useEffect(() => { onPicture(drawn); return () => onPicture(null); });
  return (
    <>
      <CaptionLine {...props} legend={legend} palette={palette} says={says(scene, boxes, inTime, diff !== null)} leftOut={inTime && scene.time !== null && scene.time.leftOut > 0 ? `${formatCount(scene.time.leftOut)} boxes too short to be seen are left out: choose a shorter time` : null} />
      <FlameGraph {...drawn} onWindow={({ start, end }) => set({ zoom: windowText(start, end, boxes.extent) }, { replace: true })} onSelect={select} />
    </>
  );
}

function says({ samples, aside, selection }: PaneProps['scene'], boxes: FlameBoxes, inTime: boolean, compared: boolean): string {
  const count = `${formatCount(boxes.node.length)} boxes`;
  const all = selection.idle ? samples : samples + aside.idleSamples;
  if (inTime) return `${count}, in time order, ${formatCount(all)} samples`;
  if (compared) return `${count}, both profiles made equally long`;
  return `${count}, left heavy, merged from ${samples === all || selection.focusFunction !== null ? formatCount(samples) : `${formatCount(samples)} of ${formatCount(all)}`} samples`;
}
