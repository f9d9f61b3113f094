// A chunk of one file into records, handed over batch by batch. The file's position moves when a batch was taken, never before.
import type { FileTailSpec } from '../../../../model/index.ts';
import type { StaticPorts } from '../../contract.ts';
import type { HandOver } from '../hand-over.ts';
import { encodeBatch, mostRecords, type Resource } from '../record.ts';
import { breathe } from '../wait.ts';
import { assemble, type Assembled, type Ending, type Manner } from './assemble.ts';
import { detectFormat, detectLines } from './detect.ts';
import type { Follower, Reached } from './follower.ts';
import { fileRecord } from './to-record.ts';
import type { FileFormat } from './unwrap.ts';

const leastChunkBytes = 256 * 1024;
const detectBytes = 64 * 1024;
const mostNamed = 1000;

/** Bytes of one file from where it stands; they are good until the next is read. */
export interface Chunk { readonly file: Follower; readonly at: Reached; readonly format: FileFormat; readonly bytes: Buffer; readonly ending: Ending }

export class Reader {
  readonly #spec: FileTailSpec;
  readonly #begins: Manner['begins'];
  readonly #handOver: HandOver;
  readonly #ports: Pick<StaticPorts, 'nowUnixMs' | 'probe'>;
  readonly #chunk: Buffer;
  readonly #named = new WeakMap<Resource, Map<string, Resource>>();
  cut = 0;
  /** Lines that are not of the format of their file; they are plain records. */
  unlike = 0;
  /** Bytes passed over after a cut. */
  skipped = 0;

  constructor(spec: FileTailSpec, begins: Manner['begins'], handOver: HandOver, ports: Pick<StaticPorts, 'nowUnixMs' | 'probe'>) {
    this.#spec = spec;
    this.#begins = begins;
    this.#handOver = handOver;
    this.#ports = ports;
    this.#chunk = Buffer.allocUnsafeSlow(Math.max(leastChunkBytes, spec.maxRecordBytes * 2));
  }

  /** Reads what comes next; nothing of it is handed over. Null: there is no whole line yet to tell the format by. */
  async read(file: Follower, ending: Ending): Promise<Chunk | null> {
    const { at } = file;
    const format = at.format ?? await this.#detect(file, ending);
    if (format === null) return null;
    const { bytesRead } = await file.handle!.read(this.#chunk, 0, this.#chunk.length, at.offset);
    return { file, at, format, bytes: this.#chunk.subarray(0, bytesRead), ending };
  }

  /** Hands the records of what was read over, however long that takes. True: the position moved. Once the probe ends, the rest may stay where it is. */
  async handOn({ file, at, format, bytes, ending }: Chunk): Promise<boolean> {
    const [isFull, manner] = [bytes.length === this.#chunk.length, { format, begins: this.#begins, maxRecordBytes: this.#spec.maxRecordBytes }];
    for (let from = 0; ;) {
      const part = assemble(bytes.subarray(from), manner, at.skip, mostRecords, ending, isFull && from === 0);
      if (part.taken === 0 || !await this.#give(file, format, part)) return from > 0;
      from += part.taken;
      at.offset += part.taken;
      at.skip = part.skip;
      this.skipped += part.skipped;
      if (from >= bytes.length) return true;
      await breathe();
    }
  }

  async #give(file: Follower, format: FileFormat, { records: raw }: Assembled): Promise<boolean> {
    if (raw.length === 0) return true;
    const now = this.#ports.nowUnixMs();
    const named = (service: string): Resource => this.#resourceOf(file, service);
    const read = raw.map((one) => fileRecord(one, format, file.source, now, named));
    const records = read.map(({ record }) => record);
    if (!await this.#handOver.give(encodeBatch(records, this.#ports.probe), records)) return false;
    for (const { cut } of raw) if (cut > 0) this.cut++;
    for (const { isForm } of read) if (!isForm) this.unlike++;
    return true;
  }

  /** The name that was asked for wins over the one in the line; that one is an attribute then. */
  #resourceOf({ source: { resource } }: Follower, service: string): Resource {
    if (this.#spec.serviceName !== undefined) return resource;
    const known = this.#named.get(resource) ?? new Map<string, Resource>();
    this.#named.set(resource, known);
    const found = known.get(service) ?? { ...resource, 'service.name': service };
    if (known.size < mostNamed) known.set(service, found);
    return found;
  }

  /** By the file's own first lines, wherever its position is. Null: it has no whole line yet. */
  async #detect(file: Follower, ending: Ending): Promise<FileFormat | null> {
    if (this.#spec.format !== 'auto') return file.at.format = this.#spec.format;
    const { bytesRead, buffer } = await file.handle!.read(Buffer.alloc(detectBytes), 0, detectBytes, 0);
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n', detectLines + 1);
    // Without an end the last one may go on.
    if (lines.length <= detectLines && bytesRead < detectBytes && ending !== 'all') lines.pop();
    if (lines.length === 1 && bytesRead === detectBytes) return file.at.format = 'plain';
    return file.at.format = detectFormat(lines.length > 1 && bytesRead === detectBytes ? lines.slice(0, -1) : lines);
  }
}
