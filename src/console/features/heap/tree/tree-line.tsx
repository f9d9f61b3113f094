// One line of a tree.
import type { MouseEventHandler } from 'react';
import { Icon } from '../../../ui/index.ts';
import type { Line } from './lines.ts';
import type { TreeColumn } from './tree-grid.tsx';
import type { TreeRow } from './tree-store.ts';

export interface TreeLineProps {
  readonly id: string; readonly row: TreeRow; readonly line: Line; /** Of all rows, the head being 1. */ readonly index: number; /** Pixels. */ readonly top: number; readonly columns: readonly TreeColumn[];
  readonly active: boolean; /** It is about the object that is looked at. */ readonly marked: boolean; readonly onClick: MouseEventHandler; readonly onDoubleClick: MouseEventHandler;
}

/** Deeper levels are told by their number alone, or names would leave the page. */
const deepestIndent = 20;

export function TreeLine({ id, row: { level, position, siblings, opens, open }, line, index, top, columns, active, marked, onClick, onDoubleClick }: TreeLineProps) {
  const [first, ...others] = columns;
  return (
    <div id={id} role="row" className={['heap-tree-row', active ? 'on' : '', marked ? 'marked' : ''].filter(Boolean).join(' ')} style={{ transform: `translateY(${top}px)` }} aria-level={level} aria-posinset={position} aria-setsize={siblings} aria-rowindex={index} aria-selected={active} {...(opens && { 'aria-expanded': open })} onClick={onClick} onDoubleClick={onDoubleClick}>
      <span role="gridcell" className="row gap1 heap-name" style={{ paddingLeft: Math.min(level - 1, deepestIndent) * 14 }}>
        <span className="heap-twisty" aria-hidden="true">{opens && <Icon name={open ? 'chev' : 'right'} size="xs" />}</span>
        {level > deepestIndent && <span className="t3 meta">{level}</span>}{first?.cell(line)}
      </span>
      {others.map(({ key, numeric = false, cell }) => <span key={key} role="gridcell" className={numeric ? `num ell c-${key}` : `ell c-${key}`}>{cell(line)}</span>)}
    </div>
  );
}
