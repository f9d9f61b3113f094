// Syslog over UDP (RFC 5426): a datagram is a message. What finds no room is dropped and counted; what the kernel dropped before is counted from
// /proc/net/udp where there is one.
import { createSocket, type Socket } from 'node:dgram';
import { readFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { wait } from '../wait.ts';
import type { Intake } from './intake.ts';

const [receiveBufferBytes, quietMs, mostQuiets, betweenLooksMs] = [4 * 2 ** 20, 20, 10, 5000];

export class UdpDoor {
  readonly #intake: Intake;
  readonly #most: number;
  readonly #socket: Socket;
  #received = 0;
  #port = 0;
  #timer: NodeJS.Timeout | undefined;
  dropped = 0;
  droppedByKernel = 0;

  constructor(intake: Intake, maxMessageBytes: number, host: string) {
    this.#intake = intake;
    this.#most = maxMessageBytes;
    this.#socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', recvBufferSize: receiveBufferBytes });
    this.#socket.on('message', (bytes, { address }) => { this.#take(bytes, address); });
  }

  /** Rejects as bind does. */
  async listen(host: string, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#socket.once('error', reject);
      this.#socket.bind({ address: host, port, exclusive: true }, () => { this.#socket.off('error', reject); resolve(); });
    });
    this.#socket.on('error', () => { this.dropped++; });
    this.#port = this.#socket.address().port;
    this.#timer = setInterval(() => { void this.#lookAtKernel(); }, betweenLooksMs).unref();
    return this.#port;
  }

  /** Takes what the kernel has already received, then closes. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    const never = new AbortController().signal;
    for (let [before, turns] = [-1, 0]; before !== this.#received && turns < mostQuiets; turns++) { before = this.#received; await wait(quietMs, never); }
    await this.#lookAtKernel();
    await new Promise<void>((resolve) => { this.#socket.close(resolve); });
  }

  #take(bytes: Buffer, peer: string): void {
    this.#received++;
    if (this.#intake.isFull) { this.dropped++; return; }
    let end = Math.min(bytes.length, this.#most);
    while (end > 0 && (bytes[end - 1] === 0x0a || bytes[end - 1] === 0x0d || bytes[end - 1] === 0)) end--;
    if (end > 0) this.#intake.add(bytes.subarray(0, end), Math.max(0, bytes.length - this.#most), peer);
  }

  /** Format: proc(5), /proc/net/udp: the second column is the local address and port in hex, the last one drops. */
  async #lookAtKernel(): Promise<void> {
    const port = `:${this.#port.toString(16).toUpperCase().padStart(4, '0')}`;
    for (const file of ['/proc/net/udp', '/proc/net/udp6']) {
      const rows = (await readFile(file, 'latin1').catch(() => '')).split('\n').map((row) => row.trim().split(/\s+/));
      for (const row of rows) if (row[1]?.endsWith(port) === true) this.droppedByKernel = Math.max(this.droppedByKernel, Number(row.at(-1)) || 0);
    }
  }
}
