// Rates in the picture: how wide a band is, and the words left and right of a block. Pure; every figure is one that was measured.
import type { QueryBlock } from '../../../../kql/index.ts';
import { formatPercent, formatRate } from '../../../ui/index.ts';
import type { BlockFlow } from './types.ts';

/** Widths and height of the drawing of a band, px. */
export const bandBox = { width: 144, height: 28 } as const;
const thinnest = 2;

/** Width of a rate, in proportion to the largest of the picture. A rate of zero is a hair line. */
export function bandWidth(perSecond: number, flow: readonly BlockFlow[]): number {
  const most = Math.max(...flow.map((each) => Math.max(each.in, each.out)));
  return most <= 0 || perSecond <= 0 ? 1 : Math.max(thinnest, (perSecond / most) * bandBox.width);
}

/** The outline of a band between block `index` and the next: as wide as what comes, at the end as wide as what the next lets through. */
export function bandPath(flow: readonly BlockFlow[], index: number): string | null {
  const [from, to] = [flow[index], flow[index + 1]];
  if (from === undefined || to === undefined) return null;
  const [top, bottom] = [bandWidth(from.out, flow), bandWidth(Math.min(to.in, to.out), flow)];
  const { width, height } = bandBox;
  const [left, right] = [(width - top) / 2, (width + top) / 2];
  const [leftEnd, rightEnd] = [(width - bottom) / 2, (width + bottom) / 2];
  const bend = height / 2;
  return `M${left} 0H${right}C${right} ${bend} ${rightEnd} ${bend} ${rightEnd} ${height}H${leftEnd}C${leftEnd} ${bend} ${left} ${bend} ${left} 0Z`;
}

export interface FlowWords { readonly rate: string; readonly note: string }

/** Left of a block: its rate, and what that means there. */
export function flowWords(block: Pick<QueryBlock, 'kind' | 'keyword'>, flow: BlockFlow): FlowWords {
  const rate = `${formatRate(block.kind === 'sink' ? flow.in : flow.out)}/s`;
  if (block.kind === 'table') return { rate, note: 'in' };
  if (block.kind === 'sink') return { rate, note: 'arrive here' };
  if (block.keyword === 'where' || block.keyword === 'filter') return { rate, note: flow.in > 0 ? `${formatPercent(flow.out / flow.in)} match` : 'nothing comes in' };
  return { rate, note: block.keyword === 'summarize' ? 'rows' : '' };
}

/** Right of a block: where the difference went. Null when there is none. */
export function differenceWords(block: Pick<QueryBlock, 'kind' | 'keyword'>, flow: BlockFlow, rule: boolean): string | null {
  if (block.kind !== 'operator' || flow.in <= flow.out) return null;
  if (block.keyword === 'summarize') return `${formatRate(flow.in)} → ${formatRate(flow.out)} rows`;
  return `${formatRate(flow.in - flow.out)}/s ${rule ? 'pass untouched' : 'left out'}`;
}

/** "line 3", "lines 6–7", counted from 1. */
export function lineWords(text: string, start: number, end: number): string {
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const [first, last] = [lineAt(start), lineAt(end)];
  return first === last ? `line ${first}` : `lines ${first}–${last}`;
}
