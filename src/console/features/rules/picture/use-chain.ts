// What a person can do to the chain: add, remove and move steps. An act needs blocks of the very text; while the language service reads the
// newest one, the act waits for it. Afterwards the block that was meant has the focus or its form open.
import { useEffect, useRef, useState } from 'react';
import { applyEdits, blankBody, insertBlock, kqlString, moveBlock, removeBlock, type BlockColumn, type QueryBlock } from '../../../../kql/index.ts';
import type { TextEdit } from '../../../../model/index.ts';
import { metricName } from './metric-name.ts';
import { sinkChoices, tableChoices } from './words.ts';
import type { QueryPictureProps } from './types.ts';

/** `text` is what the text will be when the block is there. */
interface Aim { readonly text: string; readonly index: number; readonly open: boolean }
type Act = (text: string, blocks: readonly QueryBlock[]) => { readonly edits: readonly TextEdit[] | null; readonly index: number; readonly open: boolean };

export interface Chain {
  /** Blocks to draw, and the text that they are places in. */
  readonly blocks: readonly QueryBlock[]; readonly readText: string;
  /** The text does not read as a query; the blocks are those of before. */
  readonly stale: boolean;
  /** The block whose form is open; null for none. */
  readonly editing: number | null; readonly setEditing: (index: number | null) => void;
  /** That block was added just now. */
  readonly fresh: boolean;
  /** Takes the keyword of an operator, the name of a sink or of a table. */
  readonly add: (at: number, keyword: string) => void;
  readonly remove: (index: number) => void;
  readonly move: (index: number, by: -1 | 1) => void;
}

export function useChain({ text, reading, onEdit }: Pick<QueryPictureProps, 'text' | 'reading' | 'onEdit'>, focus: (index: number) => void): Chain {
  const [{ editing, fresh: isNew }, setOpen] = useState<{ readonly editing: number | null; readonly fresh: boolean }>({ editing: null, fresh: false });
  const setEditing = (index: number | null): void => setOpen({ editing: index, fresh: false });
  const aim = useRef<Aim | null>(null);
  const waiting = useRef<Act | null>(null);
  const fresh = reading.blocks !== null && reading.text === text;
  const act = (make: Act): void => {
    if (!fresh || reading.blocks === null) { waiting.current = make; return; }
    waiting.current = null;
    const { edits, index, open } = make(text, reading.blocks);
    if (edits === null || edits.length === 0) return;
    aim.current = { text: applyEdits(text, edits), index, open };
    setEditing(null);
    onEdit(edits);
  };
  useEffect(() => {
    if (!fresh) return;
    const aimed = aim.current;
    if (aimed !== null && aimed.text === text) {
      aim.current = null;
      if (aimed.open) setOpen({ editing: aimed.index, fresh: true }); else focus(aimed.index);
    }
    if (waiting.current !== null) act(waiting.current);
    // Once per reading that fits the text; `act` and `focus` are made anew with each render.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [fresh, text]);
  const { blocks, text: readText } = reading.blocks !== null ? { blocks: reading.blocks, text: reading.text } : (reading.good ?? { blocks: [], text: '' });
  return {
    blocks, readText, stale: reading.blocks === null, editing: editing !== null && editing < blocks.length ? editing : null, setEditing, fresh: isNew,
    add: (at, keyword) => act((now, all) => newBlock(now, all, at, keyword)),
    remove: (index) => act((now, all) => ({ edits: removeBlock(now, all, index), index: Math.max(0, index - 1), open: false })),
    move: (index, by) => act((now, all) => ({ edits: moveBlock(now, all, index, by), index: index + by, open: false })),
  };
}

function newBlock(text: string, blocks: readonly QueryBlock[], at: number, keyword: string): ReturnType<Act> {
  // A table says all by its name: its form has nothing to ask.
  if (blocks.every(({ kind }) => kind === 'let') && tableChoices.some((table) => table.keyword === keyword)) return { edits: insertBlock(text, blocks, at, '', keyword), index: at, open: false };
  const columns = columnsAt(blocks, at);
  if (!sinkChoices.some((sink) => sink.keyword === keyword)) return { edits: insertBlock(text, blocks, at, keyword, blankBody(keyword, columns)), index: at, open: true };
  if (keyword !== 'to_metric') return { edits: insertBlock(text, blocks, at, 'invoke', blankBody(keyword, columns)), index: at, open: true };
  const metric = `to_metric(${kqlString(metricName(blocks))})`;
  // A metric needs something counted: the count comes with it.
  return blocks.some((block) => block.keyword === 'summarize')
    ? { edits: insertBlock(text, blocks, at, 'invoke', metric), index: at, open: true }
    : { edits: insertBlock(text, blocks, at, 'summarize', `${blankBody('summarize', columns)}\n| invoke ${metric}`), index: at + 1, open: true };
}

const columnsAt = (blocks: readonly QueryBlock[], at: number): readonly BlockColumn[] => blocks[at - 1]?.after ?? blocks[at]?.columns ?? [];
