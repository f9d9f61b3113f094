// One block: its box, which opens its form; its rate at the left; at the right where records went, or which lines it is while chosen.
import type { KeyboardEvent } from 'react';
import type { CompileMode, QueryBlock } from '../../../../kql/index.ts';
import { Icon } from '../../../ui/index.ts';
import { differenceWords, flowWords } from './flow.ts';
import type { BlockFlow } from './types.ts';
import { wordsOf } from './words.ts';

export interface BlockBoxProps {
  readonly setBox: (box: HTMLButtonElement | null) => void;
  readonly block: QueryBlock; readonly mode: CompileMode;
  readonly flow: BlockFlow | null; readonly note: string; readonly lines: string | null; readonly chosen: boolean; readonly problem: string | null;
  /** Its form is open. */
  readonly open: boolean; readonly disabled: boolean;
  readonly onOpen: () => void; readonly onFocus: () => void; readonly onKeyDown: (event: KeyboardEvent) => void;
}

export function BlockBox({ setBox, block, mode, flow, note, lines, chosen, problem, open, disabled, onOpen, onFocus, onKeyDown }: BlockBoxProps) {
  const words = wordsOf(block.kind, block.keyword);
  const left = flow === null ? null : flowWords(block, flow);
  const gone = flow === null ? null : differenceWords(block, flow, mode === 'rule');
  const summary = block.kind === 'table' && block.summary === '' ? note : block.summary;
  return (
    <div className={['qp-step', chosen || open ? 'on' : '', problem === null ? '' : 'wrong'].filter(Boolean).join(' ')}>
      <div className="qp-left">{left !== null && <><b>{left.rate}</b><span>{left.note}</span></>}</div>
      <button ref={setBox} type="button" className="qp-box" aria-haspopup="dialog" aria-expanded={open} aria-current={chosen || undefined} aria-disabled={disabled || undefined} title={[`${words.title}. ${words.line}`.trim(), summary].filter(Boolean).join('\n')} onClick={() => { if (!disabled) onOpen(); }} onFocus={onFocus} onKeyDown={onKeyDown}>
        <Icon name={words.icon} />
        <span className="grow"><b className="ell">{block.keyword}</b>{summary !== '' && <span className="mono ell">{summary}</span>}</span>
        {problem !== null && <span className="red"><Icon name="warn" size="s" label={`Problem: ${problem}`} /></span>}
      </button>
      <div className={gone !== null && block.keyword !== 'summarize' ? 'qp-right gone' : 'qp-right'}>{lines !== null && <span className="acc">{lines}</span>}{gone !== null && <span>{gone}</span>}</div>
    </div>
  );
}
