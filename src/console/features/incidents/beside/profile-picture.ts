// A merged call tree as the flame graph draws it: colours by package, labels, and the box that weighs most. Pure.
import { boxColours, codeKinds, colourByPackage, kindsOf, packageWeights, type FlamePicture } from '../../../flame/index.ts';
import { formatCount, formatPercent } from '../../../ui/index.ts';
import type { OpenedProfile } from '../../../workers/profile/index.ts';
import type { Merged } from './use-merged.ts';

const widthOf = ({ boxes }: Pick<Merged, 'boxes'>, box: number): number => (boxes.end[box] ?? 0) - (boxes.start[box] ?? 0);
export const shareOfBox = (merged: Pick<Merged, 'boxes'>, box: number): string => formatPercent(merged.boxes.extent > 0 ? widthOf(merged, box) / merged.boxes.extent : 0);

const painted = new WeakMap<Merged, Pick<FlamePicture, 'colours' | 'palette'>>();

/** Made once for a tree: the graph compares colours by identity. */
function paintOf(merged: Merged): Pick<FlamePicture, 'colours' | 'palette'> {
  const made = painted.get(merged);
  if (made !== undefined) return made;
  const { tokens, colours } = boxColours('package', merged.boxes, colourByPackage(merged.names, packageWeights(merged.names, merged.tree)));
  const paint = { colours, palette: tokens.map(token => `var(${token})`) };
  painted.set(merged, paint);
  return paint;
}

export function pictureOf(merged: Merged, profile: Pick<OpenedProfile, 'threads' | 'name'>, label: string): Omit<FlamePicture, 'selected' | 'window'> {
  const { boxes, tree, names } = merged;
  const rootName = profile.threads.length === 1 && profile.threads[0]?.name ? profile.threads[0].name : profile.name || 'all';
  const row = (box: number): number => boxes.function[box] ?? -1;
  const nameOf = (box: number): string => (row(box) < 0 ? rootName : names.name(row(box)));
  const share = (value: number): string => formatPercent((tree.total[0] ?? 0) > 0 ? value / (tree.total[0] ?? 1) : 0);
  const fact = (weights: Float64Array, samples: Float64Array | Uint32Array | Int32Array, box: number): string => { const node = boxes.node[box] ?? 0; return `${share(weights[node] ?? 0)}, ${formatCount(samples[node] ?? 0)} samples`; };
  return {
    ...paintOf(merged), boxes, direction: 'up', found: null, label,
    labels: {
      nameOf, shareOf: box => shareOfBox(merged, box),
      describe: box => ({ title: nameOf(box), place: row(box) < 0 ? null : names.place(row(box)) || null, facts: [['Self', fact(tree.self, tree.selfSamples, box)], ['Total', fact(tree.total, tree.totalSamples, box)]] }),
    },
  };
}

/** The outermost box of the function that itself runs most, idle time and collector apart: where to look first. Null where nothing ran. */
export function hottestBox({ boxes, tree, names }: Merged): number | null {
  const kinds = kindsOf(names);
  const self = new Float64Array(names.count);
  for (let node = 1; node < tree.count; node++) { const row = tree.function[node] ?? -1; if (row >= 0) self[row] = (self[row] ?? 0) + (tree.self[node] ?? 0); }
  const counts = (row: number): boolean => { const kind = codeKinds[kinds[row] ?? 0]; return kind !== 'idle' && kind !== 'gc'; };
  let best = -1;
  self.forEach((weight, row) => { if (weight > 0 && counts(row) && weight > (self[best] ?? 0)) best = row; });
  if (best < 0) return null;
  let widest: number | null = null;
  for (let box = 0; box < boxes.function.length; box++) if (boxes.function[box] === best && (widest === null || widthOf({ boxes }, box) > widthOf({ boxes }, widest))) widest = box;
  return widest;
}
