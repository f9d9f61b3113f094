// What a key does in a treegrid: arrows walk, right opens and goes in, left closes and goes out. Pure.
import type { TreeRow } from './tree-store.ts';

export type TreeStep = { readonly kind: 'go' | 'toggle' | 'enter'; readonly index: number } | null;

const page = 20;

export function stepOf(key: string, rows: readonly TreeRow[], index: number): TreeStep {
  const row = rows[index];
  const go = (to: number): TreeStep => (rows.length === 0 ? null : { kind: 'go', index: Math.min(rows.length - 1, Math.max(0, to)) });
  if (row === undefined) return key.startsWith('Arrow') || key === 'Home' ? go(0) : key === 'End' ? go(rows.length - 1) : null;
  switch (key) {
    case 'ArrowDown': return go(index + 1);
    case 'ArrowUp': return go(index - 1);
    case 'PageDown': return go(index + page);
    case 'PageUp': return go(index - page);
    case 'Home': return go(0);
    case 'End': return go(rows.length - 1);
    case 'ArrowRight': return !row.opens ? null : row.open ? go(index + 1) : { kind: 'toggle', index };
    case 'ArrowLeft': return row.open ? { kind: 'toggle', index } : out(rows, index, row);
    case 'Enter': return { kind: 'enter', index };
    case ' ': return row.opens ? { kind: 'toggle', index } : null;
    default: return null;
  }
}

function out(rows: readonly TreeRow[], index: number, { level }: TreeRow): TreeStep {
  const to = rows.findLastIndex((each, at) => at < index && each.level < level);
  return to < 0 ? null : { kind: 'go', index: to };
}
