// The rows on screen and a little beyond, fetched from the worker: newest request wins, one at a time, at most five a
// second while records stream in. While the list is held, rows arriving above it are only counted.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { TailRow, TailState } from '../../../workers/tail/index.ts';
import { useTailClient } from '../services.tsx';

export interface RowWindow { readonly from: number; readonly rows: readonly TailRow[]; readonly matched: number; readonly newer: number }

const emptyWindow: RowWindow = { from: 0, rows: [], matched: 0, newer: 0 };
const refreshMs = 200;

/** `heldBelowId`: null follows the newest; else only rows below that id are listed. */
export function useRows(first: number, count: number, columns: readonly string[], heldBelowId: number | null, state: TailState): RowWindow {
  const client = useTailClient();
  const [window, setWindow] = useState(emptyWindow);
  const wanted = useRef({ first, count, columns, heldBelowId });
  useLayoutEffect(() => { wanted.current = { first, count, columns, heldBelowId }; });
  const loop = useRef<{ ask: (soon: boolean) => void } | null>(null);
  useEffect(() => {
    const requests = newRequests(async () => {
      const { first: from, count: size, columns: extra, heldBelowId: below } = wanted.current;
      const answer = await client.rows(from, size, { columns: extra, ...(below === null ? {} : { belowId: below }) });
      setWindow({ from, rows: answer.rows, matched: answer.matched, newer: answer.newer ?? 0 });
    });
    loop.current = requests;
    return () => { loop.current = null; requests.stop(); };
  }, [client]);
  const place = `${first} ${count} ${columns.join()} ${heldBelowId}`;
  useEffect(() => loop.current?.ask(true), [place, client]);
  useEffect(() => loop.current?.ask(false), [state, client]);
  return window;
}

/** Runs `request` when asked: at once for a new place, at most every `refreshMs` for new data, never twice at a time. */
function newRequests(request: () => Promise<void>): { ask(soon: boolean): void; stop(): void } {
  let busy = false;
  let again: 'no' | 'soon' | 'later' = 'no';
  let timer: ReturnType<typeof setTimeout> | null = null;
  let lastMs = -Infinity;
  let stopped = false;
  const run = () => {
    if (timer !== null) { clearTimeout(timer); timer = null; }
    busy = true;
    again = 'no';
    lastMs = performance.now();
    request().catch(() => undefined).finally(() => { busy = false; if (!stopped && again !== 'no') ask(again === 'soon'); });
  };
  const ask = (soon: boolean) => {
    if (busy) { again = soon || again === 'soon' ? 'soon' : 'later'; return; }
    const wait = soon ? 0 : refreshMs - (performance.now() - lastMs);
    if (wait <= 0) run(); else timer ??= setTimeout(run, wait);
  };
  return { ask, stop: () => { stopped = true; if (timer !== null) clearTimeout(timer); } };
}
