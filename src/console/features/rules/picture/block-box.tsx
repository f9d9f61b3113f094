// One block: its box, which opens its form; its rate at the left; at the right where records went, or which lines it is while chosen.
import type { KeyboardEvent } from 'react';
import type { QueryBlock } from '../../../../kql/index.ts';
import type { TextEdit } from '../../../../model/index.ts';
import { Icon, Popover } from '../../../ui/index.ts';
import { differenceWords, flowWords } from './flow.ts';
import { BlockFormPane, type Moves } from './form/block-form.tsx';
import type { FormContext } from './form/form-props.ts';
import { useBlockDraft } from './form/use-block-draft.ts';
import type { BlockFlow } from './types.ts';
import { wordsOf } from './words.ts';

export interface BlockBoxProps {
  readonly setBox: (box: HTMLButtonElement | null) => void;
  readonly block: QueryBlock; readonly readText: string; readonly text: string; readonly context: FormContext;
  readonly flow: BlockFlow | null; readonly note: string; readonly lines: string | null; readonly chosen: boolean; readonly focusable: boolean; readonly problem: string | null;
  readonly open: boolean; readonly disabled: boolean;
  readonly onOpenChange: (open: boolean) => void; readonly onFocus: () => void; readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onEdit: (edits: readonly TextEdit[]) => void; readonly onRemove: (() => void) | null; readonly moves: Moves;
}

export function BlockBox({ setBox, focusable, lines, note, chosen, ...rest }: BlockBoxProps) {
  const { block, flow, open, problem, disabled, context, onOpenChange } = rest;
  const words = wordsOf(block.kind, block.keyword);
  const left = flow === null ? null : flowWords(block, flow);
  const gone = flow === null ? null : differenceWords(block, flow, context.mode === 'rule');
  const summary = block.kind === 'table' && block.summary === '' ? note : block.summary;
  return (
    <div className={['qp-step', chosen ? 'on' : '', problem === null ? '' : 'wrong'].filter(Boolean).join(' ')}>
      <div className="qp-left">{left !== null && <><b>{left.rate}</b><span>{left.note}</span></>}</div>
      <Popover label={`${words.title}: ${block.keyword}`} align="center" open={open && !disabled} onOpenChange={onOpenChange} content={<OpenForm {...rest} />}>
        <button ref={setBox} type="button" className="qp-box" tabIndex={focusable ? 0 : -1} aria-current={chosen || undefined} aria-disabled={disabled || undefined} title={`${words.title}. ${words.line}`.trim()} onFocus={rest.onFocus} onKeyDown={rest.onKeyDown}>
          <Icon name={words.icon} />
          <span className="grow"><b className="ell">{block.keyword}</b>{summary !== '' && <span className="mono ell">{summary}</span>}</span>
          {problem !== null && <span className="red"><Icon name="warn" size="s" label={`Problem: ${problem}`} /></span>}
        </button>
      </Popover>
      <div className={gone !== null && block.keyword !== 'summarize' ? 'qp-right gone' : 'qp-right'}>{lines !== null && <span className="acc">{lines}</span>}{gone !== null && <span>{gone}</span>}</div>
    </div>
  );
}

type OpenFormProps = Omit<BlockBoxProps, 'setBox' | 'focusable' | 'lines' | 'note' | 'chosen'>;

/** Mounted while the popup is open: each opening starts from what the text says. */
function OpenForm({ block, readText, text, context, problem, onEdit, onRemove, moves, onOpenChange }: OpenFormProps) {
  const draft = useBlockDraft(block, readText, text, onEdit);
  return <BlockFormPane block={block} draft={draft} context={context} problem={problem} onRemove={onRemove} moves={moves} onDone={() => onOpenChange(false)} />;
}
