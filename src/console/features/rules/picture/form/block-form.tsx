// The form of one block, in a popup at its box: what it does in words, its fields, what is wrong with it, and the ways to move or remove it.
import { blankForm, type BlockForm, type QueryBlock } from '../../../../../kql/index.ts';
import { Button, Icon } from '../../../../ui/index.ts';
import { wordsOf } from '../words.ts';
import { ColumnsForm, NamesForm } from './columns-form.tsx';
import type { FormContext, FormOf } from './form-props.ts';
import { missingWords } from './missing.ts';
import { CountForm, ExpandForm, ParseForm, SortForm } from './rows-forms.tsx';
import { SinkForm, TableForm } from './sink-form.tsx';
import { SummarizeForm } from './summarize-form.tsx';
import { TextForm } from './text-form.tsx';
import type { BlockDraft } from './use-block-draft.ts';
import { WhereForm } from './where-form.tsx';

/** Null where the chain does not let it go. */
export interface Moves { readonly up: (() => void) | null; readonly down: (() => void) | null }

export interface BlockFormProps {
  readonly block: QueryBlock; readonly draft: BlockDraft; readonly context: FormContext;
  /** What the language service says against this block; null when nothing. */
  readonly problem: string | null;
  readonly onRemove: (() => void) | null; readonly moves: Moves; readonly onDone: () => void;
}

export function BlockFormPane({ block, draft, context, problem, onRemove, moves, onDone }: BlockFormProps) {
  const words = wordsOf(block.kind, block.keyword);
  // The first thing that can have the focus is the first field: no button stands above it.
  return (
    <section className="qp-form">
      <header>
        <Icon name={words.icon} />
        <h2 className="ell">{words.title}</h2><span className="end mono t3">{block.keyword}</span>
      </header>
      <div className="qp-fields">{fieldsOf(block, draft, context)}</div>
      <p className={problem === null ? 'qp-say t3' : 'qp-say red'} role="status">{problem ?? (draft.waiting && draft.form !== null ? missingWords(draft.form) : 'Changes go straight into the text.')}</p>
      <footer>
        {onRemove && <Button size="s" variant="ghost" icon="trash" onClick={onRemove}>Remove this step</Button>}
        {moves.up && <Button size="s" variant="ghost" onClick={moves.up}>Move up</Button>}
        {moves.down && <Button size="s" variant="ghost" onClick={moves.down}>Move down</Button>}
        <span className="end"><Button size="s" onClick={onDone} kbd="Esc">Done</Button></span>
      </footer>
    </section>
  );
}

function fieldsOf(block: QueryBlock, { form, body, setForm, setBody }: BlockDraft, context: FormContext) {
  const shared = { context, onChange: (next: BlockForm) => setForm(next) };
  switch (form?.form) {
    case 'table': return <TableForm form={form} {...shared} />;
    case 'where': return <WhereForm form={form} {...shared} />;
    case 'columns': return <ColumnsForm form={form} {...shared} />;
    case 'names': return <NamesForm form={form} {...shared} />;
    case 'summarize': return <SummarizeForm form={form} {...shared} />;
    case 'sort': return <SortForm form={form} {...shared} />;
    case 'count': return <CountForm form={form} {...shared} />;
    case 'parse': return <ParseForm form={form} {...shared} />;
    case 'expand': return <ExpandForm form={form} {...shared} />;
    case 'sink': return <SinkForm form={form} {...shared} blank={(sink) => (blankForm(sink, block.columns) ?? { form: 'sink', sink, arguments: {} }) as FormOf<'sink'>} />;
    default: return block.keyword === 'count' ? <p className="t2">Nothing to set: the result is the number of rows.</p> : <TextForm body={body} onCommit={setBody} />;
  }
}
