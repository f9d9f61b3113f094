// One line of the call tree.
import type { MouseEventHandler } from 'react';
import type { CallTree } from '../../../../profiles/index.ts';
import { formatCount, Icon } from '../../../ui/index.ts';
import type { Scene, SceneDiff } from '../model/use-scene.ts';
import { changeText, formatWeight, shareOf, shareText } from '../model/weight-words.ts';
import type { VisibleRow } from './visible-rows.ts';

export interface TreeRowProps {
  readonly id: string; readonly row: VisibleRow; /** Of all rows, the head being 1. */ readonly index: number; /** Pixels. */ readonly top: number;
  readonly tree: CallTree; readonly diff: SceneDiff | null; readonly inverted: boolean; readonly scene: Scene; readonly whole: number; readonly open: boolean; readonly chosen: boolean; readonly found: boolean; readonly colour: string;
  readonly onClick: MouseEventHandler; readonly onOpen: () => void;
}

/** Deeper levels are told by their number alone, or names would leave the page. */
const deepestIndent = 24;

export function TreeRow({ id, row, index, top, tree, diff, inverted, scene, whole, open, chosen, found, colour, onClick, onOpen }: TreeRowProps) {
  const { names } = scene;
  const { node, level, opens } = row;
  const named = tree.function[node] ?? -1;
  return (
    <div id={id} role="row" className={['prof-tree-row', chosen ? 'on' : '', found ? 'hit' : ''].filter(Boolean).join(' ')} style={{ transform: `translateY(${top}px)` }} aria-level={level} aria-posinset={row.position} aria-setsize={row.siblings} aria-rowindex={index} aria-selected={chosen} {...(opens && { 'aria-expanded': open })} onClick={onClick} onDoubleClick={onOpen}>
      <span role="gridcell" className="row gap1" style={{ paddingLeft: Math.min(level - 1, deepestIndent) * 12 }}>
        <span className="prof-twisty" aria-hidden="true">{opens && <Icon name={open ? 'chev' : 'right'} size="xs" />}</span><i className="prof-swatch" style={{ background: colour }} />
        {level > deepestIndent && <span className="t3 meta">{level}</span>}<span className="mono ell" title={[names.name(named), names.file(named)].filter(Boolean).join('\n')}>{names.name(named)}</span>
      </span>
      {diff === null ? <Weights tree={tree} inverted={inverted} scene={scene} node={node} whole={whole} colour={colour} /> : <Sides diff={diff} node={node} />}
      <span role="gridcell" className="num t2">{formatCount(tree.totalSamples[node] ?? 0)}</span>
      <span role="gridcell" className="t3 ell mono" title={names.file(named)}>{names.place(named) || names.package(named)}</span>
    </div>
  );
}

function Weights({ tree, inverted, scene, node, whole, colour }: Pick<TreeRowProps, 'tree' | 'inverted' | 'scene' | 'whole' | 'colour'> & { readonly node: number }) {
  const [total, self] = [tree.total[node] ?? 0, tree.self[node] ?? 0];
  return (
    <>
      <span role="gridcell" className="num prof-total" title={formatWeight(total, scene.weight)}><span className="prof-bar-track" aria-hidden="true"><i style={{ width: `${shareOf(total, whole) * 100}%`, background: colour }} /></span><span>{shareText(shareOf(total, whole))}</span></span>
      {!inverted && <span role="gridcell" className={self > 0 ? 'num' : 'num t3'} title={formatWeight(self, scene.weight)}>{shareText(shareOf(self, whole))}</span>}
    </>
  );
}

function Sides({ diff: { tree }, node }: { readonly diff: SceneDiff; readonly node: number }) {
  const change = tree.change[node] ?? 0;
  const side = ({ total, totalSamples }: typeof tree.now) => ((totalSamples[node] ?? 0) === 0 ? 'absent' : `${(total[node] ?? 0).toFixed(1)} %`);
  return (
    <>
      <span role="gridcell" className={`num ${change >= 0.05 ? 'red' : change <= -0.05 ? 'prof-faster' : 't3'}`}>{changeText(change)}</span>
      <span role="gridcell" className="num">{side(tree.now)}</span><span role="gridcell" className="num t2">{side(tree.before)}</span>
    </>
  );
}
