// One condition on its own, as fields and as KQL: the guards of a state machine. The same fields as a `where` step; what they cannot
// show is edited as KQL. Read in the mode of guards, so that since() and last() are known.
import { useState } from 'react';
import { applyEdits, kqlTables, type BlockColumn, type LiveField, type QueryBlock } from '../../../../../kql/index.ts';
import { Segmented, Skeleton } from '../../../../ui/index.ts';
import '../picture.css';
import { useQueryBlocks } from '../use-query-blocks.ts';
import { missingWords } from './missing.ts';
import { TextForm } from './text-form.tsx';
import { useBlockDraft } from './use-block-draft.ts';
import { WhereForm } from './where-form.tsx';

export interface ConditionFormProps { readonly label: string; readonly text: string; readonly fields: readonly LiveField[]; readonly onChange: (text: string) => void }

const columns: readonly BlockColumn[] = kqlTables.find(({ name }) => name === 'source')?.columns ?? [];

export function ConditionForm(props: ConditionFormProps) {
  const reading = useQueryBlocks(props.text, 'guard');
  // Before the first answer nobody knows whether fields can show it; afterwards the last answer stands while the next is on its way.
  const [answered, setAnswered] = useState(false);
  if (!answered && reading.text === props.text && (props.text === '' || reading.good !== null || reading.blocks === null)) setAnswered(true);
  if (answered) return <Condition {...props} key="read" block={reading.blocks?.[0] ?? unread(reading.text, reading.blocks === null)} readText={reading.text} />;
  // Without the service the text itself can still be edited.
  return reading.failure === null ? <Waiting label={props.label} /> : <Condition {...props} key="unread" block={unread(props.text, true)} readText={props.text} />;
}

/** Of the size of one condition, so that nothing jumps when it comes. */
function Waiting({ label }: { readonly label: string }) {
  return (
    <div className="qp-condition" role="status" aria-label={`Reading: ${label}`}>
      <span className="row"><span className="meta t3 grow">{label}</span></span>
      <div className="qp-row"><span className="qp-ghost"><Skeleton height={28} /></span><span className="qp-ghost"><Skeleton height={28} /></span></div>
    </div>
  );
}

/** No text is a condition to begin with; one that does not parse is a text. */
function unread(text: string, broken: boolean): QueryBlock {
  const place = { start: 0, end: text.length, bodyStart: 0, bodyEnd: text.length };
  return { kind: 'operator', keyword: 'where', ...place, summary: '', columns, after: columns, form: broken ? null : { form: 'where', join: 'and', clauses: [{ left: '', operator: '==', right: '' }] } };
}

function Condition({ label, text, fields, onChange, block, readText }: ConditionFormProps & { readonly block: QueryBlock; readonly readText: string }) {
  const draft = useBlockDraft(block, readText, text, (edits) => onChange(applyEdits(text, edits)));
  const [asText, setAsText] = useState(false);
  const form = draft.form?.form === 'where' ? draft.form : null;
  const context = { columns: block.columns, fields, keyword: 'where', mode: 'guard' as const, sinkNames: {} };
  return (
    <div className="qp-condition" role="group" aria-label={label}>
      <span className="row"><span className="meta t3 grow">{label}</span>{form !== null && <Segmented label={`${label}, as`} value={asText ? 'kql' : 'fields'} options={[{ value: 'fields', label: 'Fields' }, { value: 'kql', label: 'KQL' }]} onChange={(next) => setAsText(next === 'kql')} />}</span>
      {form !== null && !asText ? <WhereForm form={form} context={context} onChange={draft.setForm} /> : <TextForm body={text} onCommit={draft.setBody} />}
      {draft.waiting && !asText && form !== null && <p className="t3 meta" role="status">{missingWords(form)}</p>}
    </div>
  );
}
