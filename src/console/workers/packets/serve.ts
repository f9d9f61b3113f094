// The worker's work, without the worker: one message, one answer.
import { readCapture } from './capture-file.ts';
import { PacketList } from './packet-list.ts';
import type { FromPacketsWorker, ToPacketsWorker } from './protocol.ts';

export function servePackets(post: (message: FromPacketsWorker) => void): (message: ToPacketsWorker) => Promise<void> {
  let list: PacketList | null = null;
  const answer = async (message: ToPacketsWorker): Promise<FromPacketsWorker> => {
    if (message.type === 'open') {
      const read = readCapture(new Uint8Array(await message.file.arrayBuffer()));
      if (!read.ok) return { id: message.id, problem: `${read.error.message} ${read.error.help ?? ''}`.trim() };
      list = new PacketList(read.value);
      return { id: message.id, value: list.summary };
    }
    if (list === null) return { id: message.id, problem: 'No capture is open.' };
    return { id: message.id, value: message.type === 'rows' ? list.rows(message.from, message.count, message.filter) : list.bytes(message.index) };
  };
  return async message => {
    try { post(await answer(message)); } catch (error) { post({ id: message.id, problem: error instanceof Error ? error.message : String(error) }); }
  };
}
