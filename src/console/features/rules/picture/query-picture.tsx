// The picture of a query: a chain of blocks beside the text, one truth for both. Every change here is an edit of that text.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { SkeletonRows } from '../../../ui/index.ts';
import { ChainSteps, problemOf, type Adding } from './chain-steps.tsx';
import { FormDock } from './form-dock.tsx';
import { Start } from './next-step.tsx';
import './picture.css';
import { StatusLine } from './status-line.tsx';
import type { QueryPictureProps } from './types.ts';
import { useChain, type Chain } from './use-chain.ts';
import { useTextSteps, type TextSteps } from './use-text-steps.ts';

export function QueryPicture(given: QueryPictureProps) {
  const { text, reading, mode, selectedOffset } = given;
  const steps = useTextSteps(text, given.onEdit);
  const props = { ...given, onEdit: steps.edit };
  const boxes = useRef<(HTMLButtonElement | null)[]>([]);
  const [adding, setAdding] = useState<Adding>(null);
  const boxAt = useCallback((index: number, box: HTMLButtonElement | null) => { boxes.current[index] = box; }, []);
  const focusBox = useCallback((index: number) => boxes.current[index]?.focus(), []);
  const chain = useChain(props, focusBox);
  const { blocks, stale, editing } = chain;
  const chosen = selectedOffset === null || stale ? -1 : blocks.findLastIndex(({ start }) => start <= selectedOffset);
  useEffect(() => { boxes.current[editing ?? chosen]?.scrollIntoView({ block: 'nearest' }); }, [chosen, editing]);
  const empty = blocks.length === 0 && !stale;
  const waits = empty && text.trim() !== '' && reading.text !== text;
  return (
    <div className="qp" data-stale={stale || undefined} onKeyDown={(event) => undoByKey(event, steps)}>
      <div className="qp-body">
        <div className="qp-scroll" role="group" aria-label="The rule as a chain of steps" aria-describedby="qp-status">
          {waits ? <SkeletonRows rows={4} label="Reading the rule" /> : empty ? <Start mode={mode} onChoose={(table) => chain.add(0, table)} /> : <ChainSteps {...props} chain={chain} boxAt={boxAt} focusBox={focusBox} chosen={chosen} adding={adding} setAdding={setAdding} />}
        </div>
        {editing !== null && <OpenForm key={`${editing} ${blocks[editing]!.kind}`} {...props} chain={chain} index={editing} onDone={() => { chain.setEditing(null); focusBox(editing); }} />}
      </div>
      <StatusLine id="qp-status" {...props} stale={stale} empty={empty} steps={steps} />
    </div>
  );
}

function OpenForm(props: QueryPictureProps & { readonly chain: Chain; readonly index: number; readonly onDone: () => void }) {
  const { chain, index, text, mode } = props;
  const { blocks, readText, stale } = chain;
  const block = blocks[index]!;
  const move = (by: -1 | 1) => (block.kind === 'operator' && blocks[index + by]?.kind === 'operator' ? () => chain.move(index, by) : null);
  const canRemove = block.kind !== 'table' || blocks.length === index + 1;
  return (
    <FormDock block={block} readText={readText} text={text} context={{ columns: block.columns, fields: props.fields, keyword: block.keyword, mode, sinkNames: props.sinkNames ?? {} }}
      fresh={chain.fresh} problem={stale ? null : problemOf(block, props.problems)} onEdit={props.onEdit} onRemove={canRemove ? () => chain.remove(index) : null} moves={{ up: move(-1), down: move(1) }} onDone={props.onDone} />
  );
}

/** Ctrl Z and Ctrl Shift Z, but in a field whose own typing it takes back. */
function undoByKey(event: KeyboardEvent, { undo, redo }: TextSteps): void {
  const key = event.key.toLowerCase();
  if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y') || event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
  event.preventDefault();
  (key === 'y' || event.shiftKey ? redo : undo)?.();
  // What had the focus may be gone; the keys must still have a place to go.
  const picture = event.currentTarget;
  requestAnimationFrame(() => { if (document.activeElement === document.body) picture.querySelector<HTMLElement>('.qp-box')?.focus(); });
}
