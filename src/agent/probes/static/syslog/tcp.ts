// Syslog over TCP: connections bounded in number and in how long they may say nothing; none is read while the intake is full.
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { breathe, wait } from '../wait.ts';
import { Framer } from './framer.ts';
import type { Intake } from './intake.ts';

export interface Bounds { readonly connections: number; readonly idleMs: number; readonly maxMessageBytes: number }
export const tcpBounds = { connections: 256, idleMs: 600_000 } as const;
/** A sender that is told to stop has this long to finish what it is sending. */
const lastWordsMs = 1000;
const pieceBytes = 8192;

export class TcpDoor {
  readonly #intake: Intake;
  readonly #bounds: Bounds;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  /** Connections that have something and no room for it. */
  readonly #waiting: (() => void)[] = [];
  #empty: (() => void) | null = null;
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

  /** There is room again, or may be. */
  resume(): void { for (const go of this.#waiting.splice(0)) go(); }

  /** Says goodbye to every sender, reads what is still on its way, and closes. */
  async close(): Promise<void> {
    this.#server.close();
    if (this.#sockets.size === 0) return;
    const quiet = new AbortController();
    const empty = new Promise<void>((resolve) => { this.#empty = () => { quiet.abort(); resolve(); }; });
    for (const socket of this.#sockets) socket.end();
    await wait(lastWordsMs, quiet.signal);
    for (const socket of this.#sockets) socket.destroy();
    await empty;
  }

  #meet(socket: Socket): void {
    if (this.#sockets.size >= this.#bounds.connections) { this.refused++; socket.destroy(); return; }
    this.#sockets.add(socket);
    const peer = socket.remoteAddress ?? '';
    const framer = new Framer(this.#bounds.maxMessageBytes, (bytes, cut) => { this.#intake.add(bytes, cut, peer); });
    socket.setTimeout(this.#bounds.idleMs, () => { if (!this.#intake.isFull) socket.destroy(); });
    socket.on('end', () => { socket.end(); });
    socket.on('error', () => undefined);
    // It may be waiting for room.
    socket.once('close', () => { this.resume(); });
    const closed = once(socket, 'close').catch(() => undefined);
    // A sender that was cut off: what it said until then counts.
    void this.#read(socket, framer).catch(() => undefined).then(async () => {
      framer.end();
      socket.destroy();
      await closed;
      this.#sockets.delete(socket);
      if (this.#sockets.size === 0) this.#empty?.();
    });
  }

  /** A piece at a time: a chunk of the shortest messages holds thousands, and others have their turn between them. */
  async #read(socket: Socket, framer: Framer): Promise<void> {
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; at += pieceBytes) {
        framer.add(chunk.subarray(at, at + pieceBytes));
        if (at + pieceBytes < chunk.length) await breathe();
      }
      while (this.#intake.isFull && !socket.destroyed) await new Promise<void>((resolve) => { this.#waiting.push(resolve); });
    }
  }
}
