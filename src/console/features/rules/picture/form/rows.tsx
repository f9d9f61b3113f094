// Rows of a form: each with its way out, and a button for one more.
import type { ReactNode } from 'react';
import { Button, IconButton } from '../../../../ui/index.ts';

/** `one`: what a row is, as in "Remove condition 2". */
export interface RowsProps { readonly one: string; readonly count: number; readonly row: (index: number) => ReactNode; readonly onRemove: (index: number) => void; readonly onAdd: () => void; readonly add: string; readonly least?: number }

export function Rows({ one, count, row, onRemove, onAdd, add, least = 1 }: RowsProps) {
  return (
    <>
      {Array.from({ length: count }, (_, i) => (
        // Rows have no name of their own; their place is what they are.
        <div key={i} className="qp-row" role="group" aria-label={`${one} ${i + 1}`}>
          {row(i)}
          {count > least ? <IconButton size="s" variant="ghost" icon="x" label={`Remove ${one} ${i + 1}`} onClick={() => onRemove(i)} /> : <span className="qp-noway" />}
        </div>
      ))}
      <div><Button size="s" variant="ghost" icon="plus" onClick={onAdd}>{add}</Button></div>
    </>
  );
}

/** A list with one element changed, taken out. */
export const changed = <T,>(list: readonly T[], index: number, value: T): readonly T[] => list.map((each, i) => (i === index ? value : each));
export const without = <T,>(list: readonly T[], index: number): readonly T[] => list.filter((_, i) => i !== index);
