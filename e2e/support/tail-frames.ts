// Listens to the live tail as a browser does, and keeps every byte of it.
import { WebSocket } from 'ws';
import { testToken, type Stack } from './stack.ts';

export interface TailFrames { readonly bytes: () => Buffer; readonly close: () => void }

/** Resolves when the server has taken the subscription. `stage` in: before the rules, after redaction. */
export async function openTail(stack: Pick<Stack, 'origin'>, stage: 'in' | 'out'): Promise<TailFrames> {
  const socket = new WebSocket(`${stack.origin.replace('http', 'ws')}/api/v1/tail`, { headers: { authorization: `Bearer ${testToken}` } });
  const frames: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.on('message', (data: Buffer) => { frames.push(data); resolve(); });
    socket.on('open', () => { socket.send(JSON.stringify({ type: 'subscribe', signals: ['logs', 'spans', 'metrics'], stage, kql: '' })); });
    socket.on('error', reject);
  });
  return { bytes: () => Buffer.concat(frames), close: () => { socket.close(); } };
}
