// One turn of one file: a chunk of it into records, handed over batch by batch. The file's position moves when a batch was taken, never before.
import type { FileTailSpec } from '../../../../model/index.ts';
import type { HandOver } from '../hand-over.ts';
import { encodeBatch, mostRecords, type Resource } from '../record.ts';
import { breathe } from '../wait.ts';
import { assemble, type Assembled, type Ending, type Manner } from './assemble.ts';
import { detectFormat, detectLines } from './detect.ts';
import type { Follower } from './follower.ts';
import { fileRecord } from './to-record.ts';
import type { FileFormat } from './unwrap.ts';

const leastChunkBytes = 256 * 1024;
const detectBytes = 64 * 1024;
const mostNamed = 1000;

export class Reader {
  readonly #spec: FileTailSpec;
  readonly #begins: Manner['begins'];
  readonly #handOver: HandOver;
  readonly #nowUnixMs: () => number;
  readonly #chunk: Buffer;
  readonly #named = new WeakMap<Resource, Map<string, Resource>>();
  cut = 0;
  /** Lines that are not of the format of their file; they are plain records. */
  unlike = 0;
  /** Bytes passed over after a cut. */
  skipped = 0;

  constructor(spec: FileTailSpec, begins: Manner['begins'], handOver: HandOver, nowUnixMs: () => number) {
    this.#spec = spec;
    this.#begins = begins;
    this.#handOver = handOver;
    this.#nowUnixMs = nowUnixMs;
    this.#chunk = Buffer.allocUnsafeSlow(Math.max(leastChunkBytes, spec.maxRecordBytes * 2));
  }

  /** `moved`: its position did. `stopped`: the probe ends and the rest was not taken. */
  async turn(file: Follower, ending: Ending): Promise<{ readonly moved: boolean; readonly stopped: boolean }> {
    const format = file.format ?? await this.#detect(file, ending);
    if (format === null) return { moved: false, stopped: false };
    const { bytesRead } = await file.handle!.read(this.#chunk, 0, this.#chunk.length, file.offset);
    const [isFull, manner] = [bytesRead === this.#chunk.length, { format, begins: this.#begins, maxRecordBytes: this.#spec.maxRecordBytes }];
    for (let at = 0; ;) {
      const part = assemble(this.#chunk.subarray(at, bytesRead), manner, file.skip, mostRecords, ending, isFull && at === 0);
      if (part.taken === 0) return { moved: at > 0, stopped: false };
      if (!await this.#give(file, format, part)) return { moved: at > 0, stopped: true };
      at += part.taken;
      file.offset += part.taken;
      file.skip = part.skip;
      this.skipped += part.skipped;
      if (at >= bytesRead) return { moved: true, stopped: false };
      await breathe();
    }
  }

  async #give(file: Follower, format: FileFormat, { records: raw }: Assembled): Promise<boolean> {
    if (raw.length === 0) return true;
    const now = this.#nowUnixMs();
    const named = (service: string): Resource => this.#resourceOf(file, service);
    const read = raw.map((one) => fileRecord(one, format, file.source, now, named));
    if (!await this.#handOver.give(encodeBatch(read.map(({ record }) => record)), raw.length)) return false;
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
    if (this.#spec.format !== 'auto') return file.format = this.#spec.format;
    const { bytesRead, buffer } = await file.handle!.read(Buffer.alloc(detectBytes), 0, detectBytes, 0);
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n', detectLines + 1);
    // Without an end the last one may go on.
    if (lines.length <= detectLines && bytesRead < detectBytes && ending !== 'all') lines.pop();
    if (lines.length === 1 && bytesRead === detectBytes) return file.format = 'plain';
    return file.format = detectFormat(lines.length > 1 && bytesRead === detectBytes ? lines.slice(0, -1) : lines);
  }
}
