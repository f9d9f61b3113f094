// What boxes say: name, share, and where they come from, for drawing, tooltip and screen readers.
import { notSampled, type FlameBoxes } from '../../../../profiles/index.ts';
import type { FlameDescription, FlameLabels } from '../../../flame/index.ts';
import { formatCount } from '../../../ui/index.ts';
import { changeText, formatNanos, formatWeight, shareOf, shareText } from '../model/weight-words.ts';
import type { Scene } from '../model/use-scene.ts';
import type { TreePicture } from '../../../workers/profile/index.ts';

interface Shown { readonly merged: Pick<TreePicture, 'tree'> }
type Sort = 'merged' | 'diff' | 'time';

/** @param whole what a share is of: the weight of the whole selection, also where a picture shows a part of it */
export function labelsOf(scene: Pick<Scene, 'names' | 'weight' | 'diff' | 'profile'> & Shown, boxes: FlameBoxes, sort: Sort, whole: number): FlameLabels {
  const { names, profile } = scene;
  const rootName = profile.threads.length === 1 && profile.threads[0]?.name ? profile.threads[0].name : profile.name || 'all';
  const nameOf = (box: number) => { const row = boxes.function[box] ?? -1; return row === notSampled ? 'not sampled' : row < 0 ? rootName : names.name(row); };
  const widthOf = (box: number) => (boxes.end[box] ?? 0) - (boxes.start[box] ?? 0);
  const place = (box: number) => { const row = boxes.function[box] ?? -1; return row === notSampled ? 'The process stood still, or the sampler was late. In all other views it counts to the sample before it' : row < 0 ? null : [names.place(row), names.package(row)].filter(Boolean).join(', ') || null; };
  const described = (box: number, facts: FlameDescription['facts']): FlameDescription => ({ title: nameOf(box), place: place(box), facts });
  if (sort === 'time') return { nameOf, shareOf: box => formatNanos(widthOf(box)), describe: box => described(box, [['From', formatNanos(boxes.start[box] ?? 0)], ['For', formatNanos(widthOf(box))]]) };
  if (sort === 'diff') return { nameOf, shareOf: box => changeText(scene.diff?.tree.change[boxes.node[box] ?? 0] ?? 0), describe: box => described(box, diffFacts(scene, boxes.node[box] ?? 0)) };
  return { nameOf, shareOf: box => shareText(shareOf(widthOf(box), whole)), describe: box => described(box, mergedFacts(scene, boxes.node[box] ?? 0, whole)) };
}

function mergedFacts({ merged: { tree }, weight }: Pick<Scene, 'weight'> & Shown, node: number, whole: number): FlameDescription['facts'] {
  const fact = (value: number, samples: number) => `${shareText(shareOf(value, whole))}, ${weight.unit === 'count' ? '' : `${formatWeight(value, weight)}, `}${formatCount(samples)} samples`;
  return [['Self', fact(tree.self[node] ?? 0, tree.selfSamples[node] ?? 0)], ['Total', fact(tree.total[node] ?? 0, tree.totalSamples[node] ?? 0)]];
}

function diffFacts({ diff }: Pick<Scene, 'diff'>, node: number): FlameDescription['facts'] {
  if (diff === null) return [];
  const { now, before, change } = diff.tree;
  const side = ({ total, totalSamples }: typeof now) => ((totalSamples[node] ?? 0) === 0 ? 'absent' : `${(total[node] ?? 0).toFixed(1)} %, ${formatCount(totalSamples[node] ?? 0)} samples`);
  return [['Change', changeText(change[node] ?? 0)], ['Now', side(now)], ['Before', side(before)]];
}
