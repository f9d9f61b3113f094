// One pass over a .cpuprofile's bytes: the nodes into columns, samples and time deltas into arrays. Ids are still the file's own and
// nothing is put in order yet (node-order.ts, sample-times.ts): members may come in any order.
// Source of the format: Chrome DevTools protocol, domain Profiler, type Profile; `parent` instead of `children` as in trace files.
import { IntColumn, PairIndex } from '../../build/index.ts';
import { none } from '../../model.ts';
import { FormatFault, paced } from '../fault.ts';
import { FrameCache } from './frame-cache.ts';
import { JsonBytes } from './json-bytes.ts';
import { MemberReader } from './member-names.ts';
import { TextTable } from './text-table.ts';

const numbersAtOnce = 1 << 16;
/** Bytes of an array that its length is guessed from. */
const lookedAt = 1 << 14;

export class FileScan {
  readonly texts = new TextTable();
  /** By row in the file's order. `id` and `parent` are ids (parent: `none` when not told). */
  readonly id = new IntColumn();
  readonly parent = new IntColumn();
  readonly function = new IntColumn();
  readonly hits = new IntColumn();
  /** Pairs from children arrays: the child's id, the parent's row. */
  readonly childId = new IntColumn();
  readonly childOf = new IntColumn();
  readonly tickNode = new IntColumn();
  readonly tickLine = new IntColumn();
  readonly ticks = new IntColumn();
  /** Functions are (name, file) and (line, column), each pair kept once. */
  readonly places = new PairIndex();
  readonly positions = new PairIndex();
  readonly functions = new PairIndex();
  hasNodes = false;
  /** Ids. */
  samples: Float64Array | null = null;
  /** Microseconds, as are start and end. */
  timeDeltas: Float64Array | null = null;
  startTime: number | null = null;
  endTime: number | null = null;

  readonly #json: JsonBytes;
  readonly #members = new MemberReader();
  readonly #frames: FrameCache;
  readonly #tell: (at: number) => void;
  /** The callFrame being read. */
  #name = none;
  #url = none;
  #line = 0;
  #column = 0;

  constructor(bytes: Uint8Array, progress: ((share: number) => void) | undefined) {
    this.#json = new JsonBytes(bytes);
    this.#frames = new FrameCache(this.#json);
    this.#tell = paced(bytes.length, progress);
  }

  run(): this {
    const json = this.#json;
    json.openObject();
    while (json.member()) {
      switch (this.#members.read(json)) {
        case 'nodes': this.#nodes(); break;
        case 'samples': this.samples = this.#numbers(); break;
        case 'timeDeltas': this.timeDeltas = this.#numbers(); break;
        case 'startTime': this.startTime = json.finite(); break;
        case 'endTime': this.endTime = json.finite(); break;
        default: json.skip();
      }
    }
    json.finish();
    return this;
  }

  #nodes(): void {
    const json = this.#json;
    this.hasNodes = true;
    json.openArray();
    while (json.element()) {
      this.#node();
      this.#tell(json.at);
    }
  }

  #node(): void {
    const json = this.#json;
    const row = this.id.count;
    let id = Number.NaN;
    let parent = none;
    let hits = 0;
    let fn = none;
    this.#name = this.#url = none;
    this.#line = this.#column = 0;
    json.openObject();
    while (json.member()) {
      switch (this.#members.read(json)) {
        case 'id': id = this.#integer(); break;
        case 'callFrame': fn = this.#callFrame(); break;
        case 'hitCount': hits = this.#integer(); break;
        case 'children': this.#children(row); break;
        case 'parent': parent = this.#integer(); break;
        case 'positionTicks': this.#positionTicks(row); break;
        // Nodes of older files hold these themselves, and count lines from 1.
        case 'functionName': this.#name = this.texts.read(json); break;
        case 'url': this.#url = this.texts.read(json); break;
        case 'lineNumber': this.#line = place(json.number()); break;
        case 'columnNumber': this.#column = place(json.number()); break;
        default: json.skip();
      }
    }
    if (Number.isNaN(id)) throw new FormatFault('malformed', `the node that ends at byte ${json.at} has no id`);
    this.id.push(id);
    this.parent.push(parent);
    this.hits.push(hits);
    this.function.push(fn === none ? this.#functionRow() : fn);
  }

  #functionRow(): number { return this.functions.row(this.places.row(this.#name, this.#url), this.positions.row(this.#line, this.#column)); }

  #callFrame(): number {
    const json = this.#json;
    const known = this.#frames.take();
    if (known !== none) return known;
    const start = json.at;
    json.openObject();
    while (json.member()) {
      switch (this.#members.read(json)) {
        case 'functionName': this.#name = this.texts.read(json); break;
        case 'url': this.#url = this.texts.read(json); break;
        // From 0 in the file, -1 where there is none.
        case 'lineNumber': this.#line = place(json.number() + 1); break;
        case 'columnNumber': this.#column = place(json.number() + 1); break;
        default: json.skip();
      }
    }
    const row = this.#functionRow();
    this.#frames.keep(start, row);
    return row;
  }

  #children(row: number): void {
    const json = this.#json;
    json.openArray();
    while (json.element()) {
      this.childId.push(this.#integer());
      this.childOf.push(row);
    }
  }

  #positionTicks(row: number): void {
    const json = this.#json;
    json.openArray();
    while (json.element()) {
      let line = 0;
      let ticks = 0;
      json.openObject();
      while (json.member()) {
        switch (this.#members.read(json)) {
          case 'line': line = place(json.number()); break;
          case 'ticks': ticks = this.#integer(); break;
          default: json.skip();
        }
      }
      this.tickNode.push(row);
      this.tickLine.push(line);
      this.ticks.push(ticks);
    }
  }

  /** An id or a count: the columns hold 32 bits. */
  #integer(): number {
    this.#json.peek();
    const from = this.#json.at;
    const value = this.#json.finite();
    if (value === (value | 0)) return value;
    this.#json.at = from;
    throw this.#json.fault('an integer of 32 bits');
  }

  /** A flat array of numbers, made at about its size from how long the first ones are. */
  #numbers(): Float64Array {
    const json = this.#json;
    json.openArray();
    let values = new Float64Array(likelyCount(json.bytes, json.at));
    let count = 0;
    while (json.element()) {
      if (count === values.length) values = longer(values);
      values[count++] = json.finite();
      if (!json.element()) break;
      count = json.integers(values, count, Math.min(values.length, count + numbersAtOnce));
      this.#tell(json.at);
    }
    return values.subarray(0, count);
  }
}

function likelyCount(bytes: Uint8Array, from: number): number {
  const close = bytes.indexOf(0x5d, from);
  const length = (close < 0 ? bytes.length : close) - from;
  const looked = Math.min(length, lookedAt);
  let commas = 1;
  for (let at = from; at < from + looked; at++) if (bytes[at] === 0x2c) commas++;
  // A number and its comma are two bytes at least.
  return 16 + Math.min(length >> 1, looked === 0 ? 0 : Math.ceil((commas / looked) * length * 1.02));
}

function longer(values: Float64Array): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(Math.ceil(values.length * 1.25));
  grown.set(values);
  return grown;
}

/** A line or column as the model has it: 0 when not known. */
const place = (value: number): number => (value > 0 && value <= 0x7fffffff ? Math.floor(value) : 0);
