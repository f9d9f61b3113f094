// What the page holds of an open capture: its own worker, which ends with it.
import type { FromPacketsWorker, ToPacketsWorker } from './protocol.ts';
import type { PacketClient, PacketRows, PacketSummary } from './types.ts';

export interface PacketsEnd { post(message: ToPacketsWorker): void; listen(receive: (message: FromPacketsWorker) => void): void; close(): void }

/** Reads a capture. Rejects with why it cannot be read. */
export async function openPackets(file: Blob, connect: () => PacketsEnd = startWorker): Promise<PacketClient> {
  const end = connect();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let next = 1;
  end.listen(message => {
    const ask = waiting.get(message.id);
    waiting.delete(message.id);
    if ('problem' in message) ask?.reject(new Error(message.problem)); else ask?.resolve(message.value);
  });
  const ask = <T>(make: (id: number) => ToPacketsWorker) => new Promise<T>((resolve, reject) => { const id = next++; waiting.set(id, { resolve: resolve as (value: unknown) => void, reject }); end.post(make(id)); });
  try {
    const summary = await ask<PacketSummary>(id => ({ type: 'open', id, file }));
    return {
      summary, close: () => end.close(),
      rows: (from, count, filter) => ask<PacketRows>(id => ({ type: 'rows', id, from, count, filter })),
      bytes: index => ask<Uint8Array>(id => ({ type: 'bytes', id, index })),
    };
  } catch (error) { end.close(); throw error; }
}

function startWorker(): PacketsEnd {
  const worker = new Worker(new URL('./packets.worker.ts', import.meta.url), { type: 'module', name: 'packets' });
  return {
    post: message => worker.postMessage(message),
    listen: receive => { worker.onmessage = (event: MessageEvent<FromPacketsWorker>) => receive(event.data); worker.onerror = () => receive({ id: 1, problem: 'The reader of captures could not be started. Reload the page.' }); },
    close: () => worker.terminate(),
  };
}
