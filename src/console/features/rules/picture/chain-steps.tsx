// The steps of the chain with the bands between them, and what is still wanted at the end.
import type { KeyboardEvent } from 'react';
import { Band } from './band.tsx';
import { BlockBox } from './block-box.tsx';
import { lineWords } from './flow.ts';
import { keyAct } from './keys.ts';
import { SinkWanted, StepWanted } from './next-step.tsx';
import type { QueryPictureProps } from './types.ts';
import type { Chain } from './use-chain.ts';
import { stepsOf } from './words.ts';

/** Which menu of new steps is open: in front of a block by its index, one more step at the end, the end of the rule. */
export type Adding = number | 'next' | 'sink' | null;

export interface ChainStepsProps extends QueryPictureProps {
  readonly chain: Chain; readonly boxAt: (index: number, box: HTMLButtonElement | null) => void; readonly focusBox: (index: number) => void;
  readonly chosen: number; readonly adding: Adding; readonly setAdding: (at: Adding) => void;
}

export function ChainSteps(props: ChainStepsProps) {
  const { chain, adding, setAdding, mode, flow } = props;
  const { blocks, stale } = chain;
  const steps = stepsOf(mode);
  const ends = blocks.some(({ kind }) => kind === 'sink');
  const measured = stale || flow?.length !== blocks.length ? null : flow;
  const menu = (at: NonNullable<Adding>, choose: (keyword: string) => void) => ({ open: adding === at, onOpenChange: (open: boolean) => setAdding(open ? at : null), onChoose: choose });
  return (
    <ol className="qp-chain">
      {blocks.map((block, i) => (
        // A block has no name of its own; its place in the chain is what it is.
        <li key={i}>
          <Step {...props} index={i} flow={measured} />
          {(i + 1 < blocks.length || !ends) && block.kind !== 'let' && <Band index={i} flow={i + 1 < blocks.length ? measured : null} choices={stale ? [] : steps} label={`Add a step after ${block.keyword}`} {...menu(i + 1, (keyword) => chain.add(i + 1, keyword))} />}
        </li>
      ))}
      {!ends && !stale && <li className="qp-next"><StepWanted choices={steps} {...menu('next', (keyword) => chain.add(blocks.length, keyword))} /></li>}
      {mode === 'rule' && !ends && !stale && <li className="qp-next"><SinkWanted counted={blocks.some(({ keyword }) => keyword === 'summarize')} {...menu('sink', (sink) => chain.add(blocks.length, sink))} /></li>}
    </ol>
  );
}

function Step(props: ChainStepsProps & { readonly index: number }) {
  const { chain, index, chosen, flow, problems } = props;
  const { blocks, readText, stale } = chain;
  const block = blocks[index]!;
  const problem = stale ? null : problemOf(block, problems);
  const keyDown = (event: KeyboardEvent): void => {
    const act = keyAct(event);
    if (act === null) return;
    event.preventDefault();
    switch (act.act) {
      case 'focus': props.focusBox(Math.max(0, Math.min(blocks.length - 1, act.to === 'first' ? 0 : act.to === 'last' ? blocks.length - 1 : index + act.to))); break;
      case 'move': chain.move(index, act.by); break;
      case 'remove': chain.remove(index); break;
      case 'add': if (!stale) props.setAdding(block.kind === 'sink' ? index : index + 1); break;
    }
  };
  return (
    <BlockBox
      setBox={(box) => props.boxAt(index, box)} block={block} mode={props.mode} flow={flow?.[index] ?? null} note={props.tableNote ?? ''} lines={index === chosen ? lineWords(readText, block.start, block.end) : null}
      chosen={index === chosen} problem={problem} open={chain.editing === index} disabled={stale} onOpen={() => chain.setEditing(chain.editing === index ? null : index)}
      onFocus={() => { if (!stale) props.onSelect({ start: block.start, end: block.end }); }} onKeyDown={keyDown}
    />
  );
}

/** The first error against a block, with what to do; null when there is none. */
export function problemOf(block: { readonly start: number; readonly end: number }, problems: QueryPictureProps['problems']): string | null {
  const found = problems.find(({ severity, start, end }) => severity === 'error' && start < block.end && Math.max(end, start + 1) > block.start);
  return found === undefined ? null : [found.message, found.help].filter(Boolean).join(' ');
}
