// Syslog over TCP: connections bounded in number and in how long they may say nothing; none is read while the intake is full.
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { wait } from '../wait.ts';
import { Framer } from './framer.ts';
import type { Intake } from './intake.ts';

export interface Bounds { readonly connections: number; readonly idleMs: number; readonly maxMessageBytes: number }
export const tcpBounds = { connections: 256, idleMs: 600_000 } as const;
/** A sender that is told to stop has this long to finish what it is sending. */
const lastWordsMs = 1000;

export class TcpDoor {
  readonly #intake: Intake;
  readonly #bounds: Bounds;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  refused = 0;

  constructor(intake: Intake, bounds: Bounds) {
    this.#intake = intake;
    this.#bounds = bounds;
    this.#server = createServer({ allowHalfOpen: true }, (socket) => { this.#meet(socket); });
  }

  get connections(): number { return this.#sockets.size; }

  /** Rejects as listen does. */
  async listen(host: string, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port }, () => { this.#server.off('error', reject); resolve(); });
    });
    this.#server.on('error', () => { this.refused++; });
    return (this.#server.address() as AddressInfo).port;
  }

  /** There is room again. */
  resume(): void { for (const socket of this.#sockets) socket.resume(); }

  /** Says goodbye to every sender, reads what is still on its way, and closes. */
  async close(): Promise<void> {
    this.#server.close();
    const quiet = new AbortController();
    for (const socket of this.#sockets) { socket.once('close', () => { if (this.#sockets.size === 0) quiet.abort(); }); socket.end(); }
    if (this.#sockets.size > 0) await wait(lastWordsMs, quiet.signal);
    for (const socket of this.#sockets) socket.destroy();
    while (this.#sockets.size > 0) await wait(5, new AbortController().signal);
  }

  #meet(socket: Socket): void {
    if (this.#sockets.size >= this.#bounds.connections) { this.refused++; socket.destroy(); return; }
    this.#sockets.add(socket);
    const peer = socket.remoteAddress ?? '';
    const framer = new Framer(this.#bounds.maxMessageBytes, (bytes, cut) => { this.#intake.add(bytes, cut, peer); });
    socket.setTimeout(this.#bounds.idleMs, () => { if (!socket.isPaused()) socket.destroy(); });
    socket.on('data', (chunk) => {
      framer.add(chunk as Buffer);
      if (this.#intake.isFull) socket.pause();
    });
    socket.on('end', () => { socket.end(); });
    // A sender that was cut off: what it said until then counts. `close` follows.
    socket.on('error', () => undefined);
    socket.on('close', () => { framer.end(); this.#sockets.delete(socket); });
    if (this.#intake.isFull) socket.pause();
  }
}
