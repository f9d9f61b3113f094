// The difference: what goes in amber with a minus, what comes in teal with a plus, what stays in grey.
import { usePreferences } from '../../../state/index.ts';
import { formatClock } from '../../../ui/index.ts';
import type { DryRunResult } from '../../../workers/tail/index.ts';
import { diffRows, type DiffRow, type DiffView } from './diff-rows.ts';

const signs = { '-': '−', '+': '+', '=': '', '…': '' } as const;
const words = { '-': 'before or removed', '+': 'after or made', '=': 'unchanged', '…': '' } as const;
const classes = { '-': 'gone', '+': 'come', '=': 'same', '…': 'note' } as const;

export function DiffList({ result, view }: { readonly result: DryRunResult; readonly view: DiffView }) {
  const rows = diffRows(result, view);
  return <div className="rules-diff scroll grow" role="list" aria-label="Records before and after" tabIndex={0}>{rows.map(row => <Row key={row.key} row={row} />)}</div>;
}

function Row({ row }: { readonly row: DiffRow }) {
  const zone = usePreferences(state => state.timeZone);
  if (row.sign === '…') return <div role="listitem" className="rules-d note">{row.text}</div>;
  return (
    <div role="listitem" className={`rules-d ${classes[row.sign]}`}>
      <span className="sign"><span aria-hidden="true">{signs[row.sign]}</span><span className="vh">{words[row.sign]}</span></span>
      <span>{row.timeMs === null ? '' : formatClock(row.timeMs, zone, true)}</span>
      <span title={row.name}>{row.name}</span>
      <span className="what" title={row.text}>{row.text}<Changes row={row} /></span>
      <span className="num">{row.size}</span>
    </div>
  );
}

function Changes({ row }: { readonly row: DiffRow }) {
  return row.changes.map(change => {
    const value = row.sign === '-' ? change.before : change.after;
    return <mark key={change.field} title={`${change.field}: ${change.before ?? 'not there'} → ${change.after ?? 'removed'}`}>{change.field}{value === null ? (row.sign === '-' ? ' not there' : ' removed') : `=${value}`}</mark>;
  });
}
