// Reads a V8 heap snapshot as its bytes come, in chunks of any size: one JSON object whose values are long flat arrays of
// integers. Format: what V8's HeapSnapshotJSONSerializer writes; the head ("snapshot") comes first and says how to read the rest.
import { decodeUtf8, ok, err, type Failure, type Result } from '../../base/index.ts';
import type { Heap, LocationTable } from '../model.ts';
import { EdgeColumns } from './edge-columns.ts';
import { badFile, HeapFileError, notASnapshot, tooLarge, truncated } from './heap-file-error.ts';
import { JsonSection } from './json-section.ts';
import { LocationColumns } from './location-columns.ts';
import { readMeta, type SnapshotMeta } from './meta.ts';
import { NodeColumns } from './node-columns.ts';
import { NumberSection } from './number-section.ts';
import { code, isBlank, shown, type Section } from './section.ts';
import { StringSection } from './string-section.ts';

type Expecting = 'object' | 'key' | 'key-text' | 'colon' | 'value' | 'comma' | 'nothing';

/** The longest key that V8 writes is under 30 bytes. */
const maxKeyBytes = 200;

/** Feed it with the file in order; after `failed` is set, the rest need not be read. */
export class HeapReader {
  readonly #totalBytes: number;
  #read = 0;
  #failed: Failure | null = null;
  #expecting: Expecting = 'object';
  #key: number[] = [];
  #section: Section | null = null;
  #head: JsonSection | null = null;
  #meta: SnapshotMeta | null = null;
  #nodes: NodeColumns | null = null;
  #edges: EdgeColumns | null = null;
  #locations: LocationColumns | null = null;
  #strings: StringSection | null = null;

  /** @param totalBytes size of the file: for the share done, and so that a false head cannot make it claim memory. */
  constructor(totalBytes: number) {
    this.#totalBytes = totalBytes;
  }

  /** Share of the file read, 0 to 1. */
  get share(): number { return this.#totalBytes === 0 ? 1 : Math.min(1, this.#read / this.#totalBytes); }

  /** Set as soon as it is clear that this is no whole snapshot. */
  get failed(): Failure | null { return this.#failed; }

  /** Keeps nothing of the chunk: its memory may be filled anew. */
  push(chunk: Uint8Array): void {
    if (this.#failed !== null) return;
    this.#guarded(() => {
      let at = this.#read === 0 && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? 3 : 0;
      while (at < chunk.length) at = this.#expecting === 'value' ? this.#value(chunk, at) : this.#between(chunk, at);
      this.#read += chunk.length;
    });
  }

  /** Ends the file. Call once. */
  finish(): Result<Heap> {
    const heap = this.#failed === null ? this.#guarded(() => this.#assemble()) : null;
    return heap === null ? err(this.#failed!) : ok(heap);
  }

  #guarded<T>(work: () => T): T | null {
    try {
      return work();
    } catch (failed) {
      if (failed instanceof RangeError) this.#failed = tooLarge('there is no memory for its columns').failure;
      else if (failed instanceof HeapFileError) this.#failed = failed.failure;
      else throw failed;
      return null;
    }
  }

  #value(chunk: Uint8Array, at: number): number {
    if (this.#section === null) {
      if (isBlank(chunk[at]!)) return at + 1;
      this.#section = this.#begin(decodeUtf8(Uint8Array.from(this.#key)));
    }
    const end = this.#section.feed(chunk, at);
    if (this.#section.done) this.#endValue();
    return end;
  }

  #begin(key: string): Section {
    if (key === 'snapshot') return (this.#head = new JsonSection({ keep: true }));
    if (key === 'nodes') return this.#numbers(key, (meta) => meta.nodeFields.count, (this.#nodes = new NodeColumns(this.#metaOr(key))));
    if (key === 'edges') return this.#numbers(key, (meta) => meta.edgeFields.count, (this.#edges = new EdgeColumns(this.#metaOr(key))));
    if (key === 'strings') return (this.#strings = new StringSection());
    const locationFields = key === 'locations' ? this.#metaOr(key).locationFields : null;
    if (locationFields !== null) return this.#numbers(key, () => locationFields.count, (this.#locations = new LocationColumns(this.#metaOr(key), locationFields)));
    // Allocation traces, samples, scopes and whatever later versions add.
    return new JsonSection({ keep: false });
  }

  #numbers(key: string, fields: (meta: SnapshotMeta) => number, columns: { take(values: Float64Array, rows: number): void }): NumberSection {
    return new NumberSection(key, fields(this.#metaOr(key)), (values, rows) => { columns.take(values, rows); });
  }

  #metaOr(key: string): SnapshotMeta {
    if (this.#meta === null) throw notASnapshot(`"${key}" stands before its head`);
    return this.#meta;
  }

  #endValue(): void {
    if (this.#section === this.#head && this.#meta === null) this.#meta = this.#checked(readMeta(this.#head?.value()));
    this.#section = null;
    this.#expecting = 'comma';
  }

  /** Every field of every row takes two bytes at least: its digit and a comma. */
  #checked(meta: SnapshotMeta): SnapshotMeta {
    const fields = meta.nodeCount * meta.nodeFields.count + meta.edgeCount * meta.edgeFields.count;
    if (fields * 2 > this.#totalBytes) throw truncated(`${meta.nodeCount} nodes and ${meta.edgeCount} edges do not fit into ${this.#totalBytes} bytes`);
    return meta;
  }

  #between(chunk: Uint8Array, at: number): number {
    const byte = chunk[at]!;
    if (this.#expecting === 'key-text') this.#keyByte(byte);
    else if (!isBlank(byte)) this.#mark(byte);
    return at + 1;
  }

  #keyByte(byte: number): void {
    if (byte === code.quote) { this.#expecting = 'colon'; return; }
    this.#key.push(byte);
    if (this.#key.length > maxKeyBytes) throw notASnapshot('a key of it is far too long');
  }

  #mark(byte: number): void {
    const { quote, colon, comma, openBrace, closeBrace } = code;
    if (this.#expecting === 'object' && byte === openBrace) this.#expecting = 'key';
    else if (this.#expecting === 'key' && byte === quote) { this.#key = []; this.#expecting = 'key-text'; }
    else if (this.#expecting === 'colon' && byte === colon) this.#expecting = 'value';
    else if (this.#expecting === 'comma' && byte === comma) this.#expecting = 'key';
    else if (this.#expecting === 'comma' && byte === closeBrace) this.#expecting = 'nothing';
    else if (this.#expecting === 'object') throw notASnapshot(`it begins with ${shown(byte)} and not with an object`);
    else throw badFile(`${shown(byte)} stands where a ${this.#expecting} belongs`);
  }

  #assemble(): Heap {
    if (this.#read === 0) throw notASnapshot('it is empty');
    if (this.#meta === null && (this.#expecting === 'comma' || this.#expecting === 'nothing')) throw notASnapshot('it has no "snapshot" head');
    if (this.#expecting !== 'nothing') throw truncated(`${this.#read} bytes came`);
    const meta = this.#metaOr('}');
    if (this.#nodes === null || this.#edges === null || this.#strings === null) throw notASnapshot('it lacks nodes, edges or strings');
    const strings = this.#strings.table();
    if (Math.max(this.#nodes.maxName, this.#edges.maxName) >= strings.count) throw badFile(`its ${strings.count} strings are fewer than its rows name`);
    if (meta.root >= meta.nodeCount) throw badFile('it has no root node');
    return {
      fileBytes: this.#read, root: meta.root, nodeTypes: meta.nodeTypes, edgeTypes: meta.edgeTypes, extraNativeBytes: meta.extraNativeBytes,
      nodes: this.#nodes.table(), edges: this.#edges.table(), strings, locations: this.#locations?.table() ?? noLocations(),
    };
  }
}

const noLocations = (): LocationTable => ({ count: 0, node: new Uint32Array(), scriptId: new Uint32Array(), line: new Uint32Array(), column: new Uint32Array() });
