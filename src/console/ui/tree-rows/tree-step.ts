// What a key does in a treegrid: arrows walk, right opens and goes in, left closes and goes out, * opens all below. Pure.

/** A row as far as walking goes. `level` from 1. */
export interface WalkedRow { readonly level: number; readonly opens: boolean; readonly open: boolean }
export interface TreeStep { readonly kind: 'go' | 'toggle' | 'enter' | 'below'; readonly index: number }

const page = 20;

/** @param index of the row that is active; -1: none. Null: the key is not for the tree. */
export function treeStep(key: string, rows: readonly WalkedRow[], index: number): TreeStep | null {
  const row = rows[index];
  const go = (to: number): TreeStep | null => (rows.length === 0 ? null : { kind: 'go', index: Math.min(rows.length - 1, Math.max(0, to)) });
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
    case '*': return { kind: 'below', index };
    default: return null;
  }
}

function out(rows: readonly WalkedRow[], index: number, { level }: WalkedRow): TreeStep | null {
  const to = rows.findLastIndex((each, at) => at < index && each.level < level);
  return to < 0 ? null : { kind: 'go', index: to };
}
