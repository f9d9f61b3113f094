// The forms of a policy beside its text. Both edit the document; while the text cannot be read, the last good policy stays and
// says why it is not the newest.
import { useCallback, useMemo, type ReactNode } from 'react';
import type { RuleProblem } from '../../../../rules/index.ts';
import { reordered } from '../../../editor/redact/index.ts';
import { Button, EmptyState, Pane, PaneHeader } from '../../../ui/index.ts';
import { valueText } from '../../../workers/tail/index.ts';
import { named, useReadDocument } from '../draft/index.ts';
import { usePictureEdits } from '../machine/index.ts';
import { PolicyForms, type PolicyFormProps } from '../policy/index.ts';
import { useTail } from '../services.tsx';
import { useSeenFields } from './use-live-fields.ts';
import type { RuleEditorState } from './use-rule-editor.ts';

export interface PolicyPaneProps {
  readonly editor: Pick<RuleEditorState, 'problems'> & { readonly draft: Pick<RuleEditorState['draft'], 'text' | 'setText' | 'edit'> };
  /** Shows a place of the document in its text. */
  readonly onReveal: (range: { readonly start: number; readonly end: number }) => void;
  readonly trailing?: ReactNode;
  /** The entry that is open from the start, from 1. */
  readonly entry?: number | undefined;
}

export function PolicyPane({ editor, onReveal, trailing, entry }: PolicyPaneProps) {
  const { draft, problems } = editor;
  const { document, unread, unreadAt } = useReadDocument(named(draft.text).text, 'redaction-policy', null, 'It is no redaction policy.');
  const { edit, change, steps } = usePictureEdits(draft);
  const live = useLiveNames();
  const onReorder = useCallback<PolicyFormProps['onReorder']>((list, order) => change((text) => reordered(text, [list], order)), [change]);
  const problemsAt = useCallback((place: string) => unread === null ? sentencesAt(problems, place) : [], [problems, unread]);
  if (document === null) return <Pane label="Policy" className="grow"><PaneHeader title="Policy">{trailing}</PaneHeader><EmptyState title="No policy yet">The document has no policy that can be read. {unread ?? 'The Document tab says what is missing.'}</EmptyState></Pane>;
  return (
    <Pane label="Policy" className="grow">
      <PaneHeader title="Policy" meta={unread === null ? 'in sync with the text' : 'of the last text that could be read'}>
        <Button size="s" variant="ghost" icon="undo" disabledReason={steps.undo === null ? 'No change of these forms is left to take back; the text has its own undo.' : null} onClick={() => steps.undo?.()}>Undo</Button>{trailing}
      </PaneHeader>
      {unread !== null && <div className="banner" role="status">The text cannot be read now, so the forms stay as they were and cannot be edited. {unread}{unreadAt !== null && <span className="row end"><Button size="s" onClick={() => onReveal(unreadAt)}>Show line {unreadAt.line}</Button></span>}</div>}
      <fieldset className="policy-pane" disabled={unread !== null} aria-label="Forms of the policy">
        <PolicyForms document={document} onEdit={edit} onReorder={onReorder} problemsAt={problemsAt} opens={entry === undefined ? undefined : entry - 1} {...live} />
      </fieldset>
    </Pane>
  );
}

const liveTexts = 12;
/** Beside the pattern, of each record: the body or what it says in one line. */
const longestSample = 400;

/** Names that live records have, and their texts on demand. */
function useLiveNames(): Pick<PolicyFormProps, 'liveKeys' | 'services' | 'takeLive'> {
  const tail = useTail();
  const fields = useSeenFields();
  const liveKeys = useMemo(() => [...new Set(fields.filter(({ column, name }) => column !== 'Record' && name !== 'service.name').toSorted((a, b) => b.presence - a.presence).map(({ name }) => name))], [fields]);
  const services = useMemo(() => [...new Set(fields.filter(({ name }) => name === 'service.name').flatMap(({ examples }) => examples.map(String)))], [fields]);
  const takeLive = useCallback(async () => {
    const { rows } = await tail.rows(0, liveTexts);
    return [...new Set(rows.map(({ summary, fields: shown = [] }) => [summary, ...shown.map(([name, value]) => `${name}=${valueText(value)}`)].join(' ').replaceAll('\n', ' ').slice(0, longestSample)))];
  }, [tail]);
  return { liveKeys, services, takeLive };
}

/** Errors and warnings at a place such as `entries/0`, and below it; of the whole policy for an empty one. */
function sentencesAt(problems: readonly RuleProblem[], place: string): readonly string[] {
  const at = problems.filter(({ severity, path }) => severity !== 'hint' && (place === '' ? policyFields.has(String(path[0])) : `${path.join('/')}/`.startsWith(`${place}/`)));
  return [...new Set(at.map(({ message, help }) => (help === undefined ? message : `${message} ${help}`)))];
}

const policyFields: ReadonlySet<string> = new Set(['mode', 'keep', 'detectors', 'except', 'sensitiveKeys', 'annotate', 'signals']);
