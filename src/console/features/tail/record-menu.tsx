// What a person can do from a record: by menu, by key, and in the detail pane. One list, so that they never differ.
import { useNavigate } from '@tanstack/react-router';
import { useSession } from '../../api/index.ts';
import { copyText, shortenPath, type IconName, type MenuEntry } from '../../ui/index.ts';
import type { TailRecord, TailRow } from '../../workers/tail/index.ts';
import { recordCurl, recordJson, recordKql } from './words/copy-record.ts';
import { ruleFrom, samePredicate, type RuleField, type RuleKind } from './words/record-rules.ts';
import { useTailClient } from './services.tsx';

export interface RecordActions {
  readonly filterFor: (predicate: string) => void;
  readonly makeRule: (kind: RuleKind, row: TailRow, field?: RuleField) => void;
  /** Opens the dialog that hides a secret: what is selected now, or what detectors find in the record. */
  readonly redact: (row: TailRow) => void;
  /** Asks for a rule, and takes the record there as a test. */
  readonly makeTest: (row: TailRow) => void;
  readonly copy: (row: TailRow, as: 'json' | 'kql' | 'curl') => void;
}

const ruleKeys: Readonly<Record<string, RuleKind>> = { d: 'drop', s: 'sample', m: 'metric', c: 'record' };

/** @param makeTest opens the choice of a rule, `redact` and `record` their dialogs */
export function useRecordActions(filterFor: (predicate: string) => void, makeTest: (row: TailRow) => void, redact: (row: TailRow) => void, record: (row: TailRow) => void): RecordActions {
  const navigate = useNavigate();
  const client = useTailClient();
  const endpoint = useSession().data?.otlp.http ?? 'http://127.0.0.1:4318';
  return {
    filterFor, makeTest, redact,
    makeRule: (kind, row, field) => { if (kind === 'record') record(row); else void navigate({ to: '/rules/new', search: { ...ruleFrom(kind, row, field) } }); },
    copy: (row, as) => {
      void client.record(row.id).then((record) => {
        if (record !== null) void copyText(textOf(record, as, endpoint), { json: 'Record as JSON', kql: 'KQL', curl: 'curl command' }[as]);
      });
    },
  };
}

export interface MainAction { readonly label: string; readonly icon: IconName; readonly kbd: string; readonly onSelect: () => void }

/** The few that the detail pane shows as buttons. */
export function mainActions(row: TailRow, actions: RecordActions): readonly MainAction[] {
  const rule = (kind: RuleKind) => () => actions.makeRule(kind, row);
  return [
    { label: 'Filter for this', icon: 'rules', kbd: 'F', onSelect: () => actions.filterFor(samePredicate(row)) },
    { label: 'Drop', icon: 'drop', kbd: 'D', onSelect: rule('drop') },
    { label: 'Sample', icon: 'sample', kbd: 'S', onSelect: rule('sample') },
    { label: 'Redact', icon: 'redact', kbd: 'R', onSelect: () => actions.redact(row) },
    { label: 'To metric', icon: 'metric', kbd: 'M', onSelect: rule('metric') },
  ];
}

/** All of them, as the menu of a row. */
export function recordEntries(row: TailRow, actions: RecordActions): readonly MenuEntry[] {
  const main = mainActions(row, actions).map((action): MenuEntry => (action.kbd === 'F' ? action : { ...action, label: `${action.label}…` }));
  return [{ kind: 'heading', label: row.durableId === '' ? row.service : shortenPath(row.durableId, 40) }, ...main, ...moreEntries(row, actions)];
}

/** What is left beside the main ones. */
export function moreEntries(row: TailRow, actions: RecordActions): readonly MenuEntry[] {
  return [
    { label: 'Record in a flight recorder…', icon: 'recorder', kbd: 'C', onSelect: () => actions.makeRule('record', row) },
    { label: 'Make a test of a rule…', icon: 'check', kbd: 'T', onSelect: () => actions.makeTest(row) },
    { kind: 'separator' },
    { label: 'Copy as JSON', icon: 'copy', kbd: 'Y', onSelect: () => actions.copy(row, 'json') },
    { label: 'Copy as KQL', icon: 'copy', onSelect: () => actions.copy(row, 'kql') },
    ...(row.signal === 'logs' ? [{ label: 'Copy as curl', icon: 'copy', onSelect: () => actions.copy(row, 'curl') } as const] : []),
  ];
}

/** The keys of the menu; true when `key` was one. */
export function recordKey(key: string, row: TailRow, actions: RecordActions): boolean {
  const kind = ruleKeys[key];
  if (kind !== undefined) actions.makeRule(kind, row);
  else if (key === 'r' || key === 'R') actions.redact(row);
  else if (key === 'f') actions.filterFor(samePredicate(row));
  else if (key === 't') actions.makeTest(row);
  else if (key === 'y') actions.copy(row, 'json');
  else return false;
  return true;
}

function textOf(record: TailRecord, as: 'json' | 'kql' | 'curl', endpoint: string): string {
  return as === 'json' ? recordJson(record) : as === 'kql' ? recordKql(record) : recordCurl(record, endpoint);
}
