// While a view of events is open, the server says when something changed about one: then what is shown of it is read again. Should the line be
// down, views ask by themselves as often as before.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { driftNotice } from '../../model/index.ts';
import { apiBase } from './client.ts';
import { useConnection } from './connection.ts';

const againMs = 3000;
let open = 0;

/** Whether the server tells of changes by itself now. */
export const isPushed = (): boolean => open > 0;

export function usePushedChanges(): void {
  const client = useQueryClient();
  useEffect(() => watchChanges(() => { for (const queryKey of [['events', 'drift'], ['events', 'detail']]) void client.invalidateQueries({ queryKey }); }), [client]);
}

/** The answer ends it. */
function watchChanges(onChange: () => void): () => void {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const connect = () => {
    if (isOver || useConnection.getState().status === 'ended') return;
    const mine = socket = new WebSocket(new URL(`${apiBase}/events/changes`, location.origin.replace(/^http/, 'ws')));
    let isOpen = false;
    mine.addEventListener('open', () => { isOpen = true; open++; });
    mine.addEventListener('message', ({ data }) => { if (isNotice(data)) onChange(); });
    mine.addEventListener('close', () => { if (isOpen) open--; if (!isOver) timer = setTimeout(connect, againMs); });
  };
  connect();
  return () => { isOver = true; clearTimeout(timer); socket?.close(); };
}

function isNotice(data: unknown): boolean {
  try { return typeof data === 'string' && driftNotice.safeParse(JSON.parse(data)).success; } catch { return false; }
}
