// Whose samples: all threads, or those that are ticked.
import type { ThreadInfo } from '../../../../profiles/index.ts';
import { Button, Checkbox, Popover } from '../../../ui/index.ts';

export const threadName = ({ name, threadId, processId }: ThreadInfo, row: number): string => name || (threadId !== null ? `thread ${threadId}` : processId !== null ? `process ${processId}` : `thread ${row + 1}`);

export interface ThreadMenuProps { readonly threads: readonly ThreadInfo[]; readonly chosen: readonly number[]; readonly onChange: (threads: number[] | undefined) => void }

export function ThreadMenu({ threads, chosen, onChange }: ThreadMenuProps) {
  const shown = chosen.filter(row => row < threads.length);
  const toggle = (row: number) => { const next = shown.includes(row) ? shown.filter(each => each !== row) : [...shown, row].toSorted((a, b) => a - b); onChange(next.length === 0 || next.length === threads.length ? undefined : next); };
  const says = shown.length === 0 ? 'all threads' : shown.length === 1 ? threadName(threads[shown[0] ?? 0] ?? { name: '', processId: null, threadId: null }, shown[0] ?? 0) : `${shown.length} threads`;
  const list = (
    <div className="prof-threads">
      <Checkbox checked={shown.length === 0} onChange={() => onChange(undefined)}>All threads</Checkbox>
      {threads.map((thread, row) => <Checkbox key={row} checked={shown.includes(row)} onChange={() => toggle(row)}><span className="ell">{threadName(thread, row)}</span>{thread.threadId !== null && <span className="t3">{thread.threadId}</span>}</Checkbox>)}
    </div>
  );
  return <Popover content={list} label="Threads"><Button size="s" iconAfter="chev" on={shown.length > 0}>{says}</Button></Popover>;
}
