// The form of a step beside the chain, or below it where the picture is narrow: it covers neither the steps nor what comes of them.
import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { QueryBlock } from '../../../../kql/index.ts';
import type { TextEdit } from '../../../../model/index.ts';
import { BlockFormPane, type Moves } from './form/block-form.tsx';
import type { FormContext } from './form/form-props.ts';
import { questionOf } from './form/question.ts';
import { useBlockDraft } from './form/use-block-draft.ts';
import { wordsOf } from './words.ts';

export interface FormDockProps {
  readonly block: QueryBlock; readonly readText: string; readonly text: string; readonly context: FormContext;
  /** It was put there just now: the form asks what is still to be said. */
  readonly fresh: boolean; readonly problem: string | null;
  readonly onEdit: (edits: readonly TextEdit[]) => void; readonly onRemove: (() => void) | null; readonly moves: Moves; readonly onDone: () => void;
}

export function FormDock({ block, readText, text, context, fresh, problem, onEdit, onRemove, moves, onDone }: FormDockProps) {
  const dock = useRef<HTMLDivElement>(null);
  const draft = useBlockDraft(block, readText, text, onEdit, fresh ? questionOf(block.form) : block.form);
  useEffect(() => { firstField(dock.current)?.focus(); }, []);
  const keyDown = (event: KeyboardEvent): void => { if (event.key === 'Escape' && !event.defaultPrevented) { event.preventDefault(); event.stopPropagation(); onDone(); } };
  const words = wordsOf(block.kind, block.keyword);
  return (
    <div ref={dock} className="qp-dock" role="dialog" aria-label={`${words.title}: ${block.keyword}`} onKeyDown={keyDown}>
      <BlockFormPane block={block} draft={draft} context={context} problem={problem} onRemove={onRemove} moves={moves} onDone={onDone} />
    </div>
  );
}

/** What must still be filled in, else the first field, else the way out. */
function firstField(dock: HTMLElement | null): HTMLElement | null {
  return dock?.querySelector<HTMLElement>('.qp-fields [data-wanted]') ?? dock?.querySelector<HTMLElement>('.qp-fields :is(input, textarea, button)') ?? dock?.querySelector<HTMLElement>('footer .end button') ?? null;
}
