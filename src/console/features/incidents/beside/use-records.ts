// The rows on screen and a little beyond, from the recording's worker. An answer that comes late is not shown over a newer one.
import { useEffect, useState } from 'react';
import type { TailClient, TailRow } from '../../../workers/tail/index.ts';

export type RecordSource = Pick<TailClient, 'rows'>;
export interface RecordWindow { readonly from: number; readonly rows: readonly TailRow[] }

/** @param from counted from the newest @param version changes when the records did */
export function useRecords(client: RecordSource, from: number, count: number, version: string): RecordWindow {
  const [window, setWindow] = useState<RecordWindow>({ from: 0, rows: [] });
  useEffect(() => {
    let live = true;
    // A worker that ends with its pane no longer answers.
    client.rows(from, count).then(({ rows }) => { if (live) setWindow({ from, rows }); }, () => undefined);
    return () => { live = false; };
  }, [client, from, count, version]);
  return window;
}
