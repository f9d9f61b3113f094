// Messages between the sockets and the rules: bounded, in batches. TCP stops reading while there is no room; UDP's messages that find none are
// dropped and counted.
import type { StaticPorts } from '../../contract.ts';
import { encodeBatch, mostRecords, type StaticRecord } from '../record.ts';
import type { HandOver } from '../hand-over.ts';
import { breathe } from '../wait.ts';
import { parseSyslog } from './message.ts';
import { syslogRecord } from './to-record.ts';

export interface IntakePorts extends Pick<StaticPorts, 'probe' | 'nowUnixMs' | 'hostName'> { readonly handOver: HandOver }

const [mostWaiting, mostWaitingBytes] = [20_000, 16 * 2 ** 20];
/** Messages that come one by one share a request. */
const gatherMs = 20;

export class Intake {
  readonly #ports: IntakePorts;
  readonly #hasRoom: () => void;
  #records: StaticRecord[] = [];
  #sizes: number[] = [];
  #bytes = 0;
  #sending: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;
  malformed = 0;
  cut = 0;
  dropped = 0;

  /** `hasRoom`: called when there is room again after there was none. */
  constructor(ports: IntakePorts, hasRoom: () => void) {
    this.#ports = ports;
    this.#hasRoom = hasRoom;
  }

  get isFull(): boolean { return this.#records.length >= mostWaiting || this.#bytes >= mostWaitingBytes; }
  get waiting(): number { return this.#records.length; }

  /** `cut`: bytes that were left out already. */
  add(bytes: Buffer, cut: number, peer: string): void {
    const unixMs = this.#ports.nowUnixMs();
    const message = parseSyslog(bytes.toString('utf8'), unixMs);
    if (message.isMalformed) this.malformed++;
    if (cut > 0) this.cut++;
    this.#records.push(syslogRecord(message, { unixMs, peer, hostName: this.#ports.hostName, cut }));
    this.#sizes.push(bytes.length);
    this.#bytes += bytes.length;
    if (this.#records.length >= mostRecords) this.#send();
    else this.#timer ??= setTimeout(() => { this.#send(); }, gatherMs);
  }

  /** Resolves when everything was handed over, or counted as dropped because the exporters stayed full. */
  async finish(): Promise<void> {
    for (this.#send(); this.#sending !== null; this.#send()) await this.#sending;
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#sending !== null || this.#records.length === 0) return;
    this.#sending = this.#sendAll().finally(() => { this.#sending = null; });
  }

  async #sendAll(): Promise<void> {
    while (this.#records.length > 0) {
      const batch = this.#records.slice(0, mostRecords);
      if (!await this.#ports.handOver.give(encodeBatch(batch, this.#ports.probe), batch)) this.dropped += batch.length;
      const wasFull = this.isFull;
      this.#records = this.#records.slice(batch.length);
      this.#bytes -= this.#sizes.slice(0, batch.length).reduce((sum, size) => sum + size, 0);
      this.#sizes = this.#sizes.slice(batch.length);
      if (wasFull && !this.isFull) this.#hasRoom();
      await breathe();
    }
  }
}
