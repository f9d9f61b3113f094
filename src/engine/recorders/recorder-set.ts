// All flight recorders of an agent within one cap. A recorder that a rule names and nobody defined is plain and of a usual size.
import { copyOf, ok, type Clock, type Failure, type Result } from '../../base/index.ts';
import type { Expr } from '../../kql/index.ts';
import { recorderDefinition, type AgentRecorder, type RecorderState } from '../../model/index.ts';
import { codec, type RecordCursor, type RequestView } from '../../otlp/index.ts';
import { FairShare } from './fair-share.ts';
import { compileKey, type KeyOf } from './key-of.ts';
import { MemoryStore } from './memory-store.ts';
import { Recorder, type RecorderShape } from './recorder.ts';
import type { FramesAsked, FrameStore, KeyState, RecorderFrame, Renewed } from './store.ts';

const { maxBytes, maxKeys, maxAgeMs, disk } = recorderDefinition.parse({ name: 'usual' });
/** What a recorder gets that nobody defined. */
export const usualRecorder = { maxBytes, maxKeys, maxAgeMs, disk } as const;
/** Recorders that rules may call into being; more are refused and counted. */
const mostRecorders = 10_000;
const usualDiskBytes = 4 * 2 ** 30;

export interface RecorderSetOptions {
  /** All recorders in memory together. */
  readonly maxBytes: number;
  /** All recorders on disk together. */
  readonly maxDiskBytes?: number | undefined;
  readonly clock: Clock;
  /** For `disk: true`; without one those are kept in memory, and say so. */
  readonly openDisk?: ((shape: RecorderShape) => FrameStore) | undefined;
}

/** A request parted by key may become so many times as large, and so many bytes more. */
const mostGrowth = 4;
const spareGrowth = 4 * 2 ** 20;

type Outcome = null | false | Uint8Array;
interface PickedRecord { readonly index: number; readonly bytes: Uint8Array | null }
interface Defined { readonly shape: RecorderShape; readonly keyOf: KeyOf | null; /** Of its key's expressions. */ readonly keyText: string }

export class RecorderSet {
  readonly #options: RecorderSetOptions;
  readonly #recorders = new Map<string, Recorder>();
  #defined: ReadonlyMap<string, Defined> = new Map();
  readonly #fair = new FairShare<string>();
  readonly #fairOnDisk = new FairShare<string>();
  readonly #cursor: RecordCursor = codec.cursor();
  readonly #stopped = new Set<string>();
  #bytes = 0;
  #diskBytes = 0;
  /** Records for recorders beyond `mostRecorders`. */
  refused = 0;

  constructor(options: RecorderSetOptions) { this.#options = options; }

  /** Those in memory. */
  get bytes(): number { return this.#bytes; }
  get maxBytes(): number { return this.#options.maxBytes; }
  get diskBytes(): number { return this.#diskBytes; }
  get maxDiskBytes(): number { return this.#options.maxDiskBytes ?? usualDiskBytes; }

  /** All or nothing. One whose kind or key changed starts empty; another keeps what it holds. Errors: `recorder-invalid`. */
  define(recorders: readonly AgentRecorder[]): Result<void, Failure> {
    const defined = new Map<string, Defined>();
    for (const { name, key, maxBytes, maxKeys, maxAgeMs, disk } of recorders) {
      const keyOf = compileKey(name, key as readonly { text: string; expr: Expr }[], this.#options.clock);
      if (!keyOf.ok) return keyOf;
      defined.set(name, { shape: { name, maxBytes, maxKeys, maxAgeMs, disk }, keyOf: keyOf.value, keyText: JSON.stringify(key.map(({ text }) => text)) });
    }
    const before = this.#defined;
    this.#defined = defined;
    for (const [name, recorder] of this.#recorders) this.#redefine(name, recorder, before.get(name), defined.get(name));
    for (const [name, { shape }] of defined) if (shape.disk) this.#of(name);
    return ok(undefined);
  }

  #remove(name: string, recorder: Recorder): void {
    this.#changing(recorder, () => { recorder.store.clear(); });
    this.#recorders.delete(name);
  }

  #redefine(name: string, recorder: Recorder, before: Defined | undefined, now: Defined | undefined): void {
    const shape = now?.shape ?? { name, ...usualRecorder };
    if (shape.disk !== recorder.shape.disk || (now?.keyText ?? '[]') !== (before?.keyText ?? '[]')) {
      this.#remove(name, recorder);
      return;
    }
    this.#changing(recorder, () => {
      recorder.shape = shape;
      recorder.keyOf = now?.keyOf ?? null;
      recorder.store.resize(shape.maxBytes, shape.maxKeys);
    });
  }

  /** What a `record()` sink took of a request: the outcomes say which records, and with what bytes. */
  take(name: string, view: RequestView, outcome: readonly Outcome[], atUnixMs: number, epoch: number): void {
    const recorder = this.#of(name);
    if (recorder === null) { this.refused += recordsIn(outcome); return; }
    if (!recorder.running) return;
    this.#changing(recorder, () => {
      if (recorder.keyOf === null) recorder.push({ signal: view.signal, key: '', atUnixMs, records: recordsIn(outcome), bytes: ofItsOwn(codec.rewrite(view, outcome), view.bytes), epoch });
      else this.#part(recorder, recorder.keyOf, view, outcome, { atUnixMs, epoch });
    });
    this.#trim();
  }

  /** Counts what a recorder gains or loses. */
  #changing(recorder: Recorder, change: () => void): void {
    const [before, onDisk] = [memoryOf(recorder), diskOf(recorder)];
    change();
    this.#bytes += memoryOf(recorder) - before;
    this.#diskBytes += diskOf(recorder) - onDisk;
  }

  /** Each key its own frame. Every frame has a copy of resource and scope, so how much one request may grow is bounded; what is past that
   *  is refused and counted. */
  #part(recorder: Recorder, keyOf: KeyOf, view: RequestView, outcome: readonly Outcome[], { atUnixMs, epoch }: Pick<RecorderFrame, 'atUnixMs' | 'epoch'>): void {
    const pick = codec.picker(view);
    let room = view.bytes.length * mostGrowth + spareGrowth;
    for (const [key, records] of this.#byKey(keyOf, view, outcome)) {
      if (room <= 0) { recorder.refuse(records.length); continue; }
      const bytes = pick(records);
      room -= bytes.length;
      recorder.push({ signal: view.signal, key, atUnixMs, records: records.length, bytes, epoch });
    }
  }

  #byKey(keyOf: KeyOf, view: RequestView, outcome: readonly Outcome[]): ReadonlyMap<string, PickedRecord[]> {
    const parts = new Map<string, PickedRecord[]>();
    this.#cursor.reset(view);
    for (const [index, bytes] of outcome.entries()) {
      if (bytes === false) continue;
      this.#cursor.moveTo(index);
      const key = keyOf(view.signal, this.#cursor);
      const part = parts.get(key);
      if (part === undefined) parts.set(key, [{ index, bytes }]); else part.push({ index, bytes });
    }
    return parts;
  }

  /** Once a second: what is too old goes. */
  second(nowUnixMs: number): void { for (const recorder of this.#recorders.values()) this.#changing(recorder, () => { recorder.second(nowUnixMs); }); }

  /** Stopped: records pass it by, what it holds stays. False when there is none of that name. */
  run(name: string, running: boolean): boolean {
    if (running) this.#stopped.delete(name); else this.#stopped.add(name);
    const recorder = this.#recorders.get(name);
    if (recorder !== undefined) recorder.running = running;
    return recorder !== undefined || this.#defined.has(name);
  }

  /** What it holds, oldest first; what went past other redact rules than those of `epoch` goes past these first. Null when there is none
   *  of that name. */
  collect(name: string, epoch: number, redacted: Renewed, key?: string): Iterable<RecorderFrame> | null {
    const read = this.read(name, epoch, redacted, { key });
    return read === null ? null : framesOf(read);
  }

  /** The same for whoever lets others have their turn in between: null where much was looked at and nothing is given. */
  read(name: string, epoch: number, redacted: Renewed, asked: FramesAsked): Iterable<RecorderFrame | null> | null {
    const recorder = this.#recorders.get(name);
    if (recorder === undefined) return this.#defined.has(name) ? [] : null;
    const renewed: Renewed = (frame) => (frame.epoch === epoch ? frame : anew(redacted(frame), epoch));
    return this.#reading(recorder, recorder.store.frames(renewed, asked));
  }

  /** Reading renews, which may change how much there is. */
  *#reading(recorder: Recorder, frames: Iterable<RecorderFrame | null>): Iterable<RecorderFrame | null> {
    const reader = frames[Symbol.iterator]();
    try {
      for (;;) {
        let next: IteratorResult<RecorderFrame | null> | null = null;
        this.#changing(recorder, () => { next = reader.next(); });
        const { done, value } = next as unknown as IteratorResult<RecorderFrame | null>;
        if (done === true) return;
        yield value;
      }
    } finally {
      // Whoever has enough lets go of what was held for reading.
      reader.return?.();
    }
  }

  states(): readonly RecorderState[] { return [...this.#recorders.values()].map((recorder) => recorder.state()); }
  keys(name: string, limit: number): readonly KeyState[] { return this.#recorders.get(name)?.store.keys(limit) ?? []; }
  close(): void { for (const { store } of this.#recorders.values()) store.close(); }

  #of(name: string): Recorder | null {
    const known = this.#recorders.get(name);
    if (known !== undefined) return known;
    if (this.#recorders.size >= mostRecorders) return null;
    const { shape, keyOf } = this.#defined.get(name) ?? { shape: { name, ...usualRecorder }, keyOf: null };
    const { openDisk } = this.#options;
    const recorder = new Recorder(shape, keyOf, shape.disk && openDisk !== undefined ? openDisk(shape) : new MemoryStore(shape.maxBytes, shape.maxKeys));
    recorder.running = !this.#stopped.has(name);
    this.#recorders.set(name, recorder);
    this.#diskBytes += diskOf(recorder);
    return recorder;
  }

  #trim(): void {
    this.#trimTo(this.maxBytes, this.#fair, () => this.#bytes, memoryOf);
    this.#trimTo(this.maxDiskBytes, this.#fairOnDisk, () => this.#diskBytes, diskOf);
  }

  #trimTo(most: number, fair: FairShare<string>, bytes: () => number, of: (recorder: Recorder | undefined) => number): void {
    while (bytes() > most) {
      const name = fair.pick(this.#recorders, (id) => of(this.#recorders.get(id)), bytes() / this.#recorders.size);
      const greediest = name === null ? undefined : this.#recorders.get(name);
      let gave = false;
      if (greediest !== undefined) this.#changing(greediest, () => { gave = greediest.store.evictOne(); });
      if (!gave) return;
    }
  }
}

const memoryOf = (recorder: Recorder | undefined): number => (recorder === undefined || recorder.shape.disk ? 0 : recorder.store.bytes);

const diskOf = (recorder: Recorder | undefined): number => (recorder?.shape.disk === true ? recorder.store.bytes : 0);

const anew = (frame: RecorderFrame | null, epoch: number): RecorderFrame | null => (frame === null ? null : { ...frame, epoch });

const recordsIn = (outcome: readonly Outcome[]): number => outcome.reduce<number>((sum, one) => sum + (one === false ? 0 : 1), 0);

/** What is kept must not hold on to the buffer of a request: a slice would keep it alive, and its receiver may use it again. */
export const ofItsOwn = (bytes: Uint8Array, of: Uint8Array): Uint8Array => (bytes.buffer === of.buffer ? copyOf(bytes) : bytes);

function* framesOf(read: Iterable<RecorderFrame | null>): Iterable<RecorderFrame> { for (const frame of read) if (frame !== null) yield frame; }
