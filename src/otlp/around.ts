// What surrounds a record: its resource and its scope. Decoded once per resource or scope of a view, since the records
// of one lie together. A message that is there twice counts as its parts put together, as protobuf merges them.
import { decodeUtf8, ProtoReader, wireBytes } from '../base/index.ts';
import { addKeyValue, newBag } from './any-value.ts';
import { resourceAttributesField, resourceField, scopeField, scopeNameField, scopeVersionField } from './fields.ts';
import { found, hasKey, stringOf, valueOf } from './key-value.ts';
import type { Value } from './types.ts';
import { nEnd, nodeStride, nStart, type WalkedRequest } from './view.ts';

const serviceNameKey = Uint8Array.from('service.name', (char) => char.charCodeAt(0));
const none: readonly string[] = [];
const outer = new ProtoReader();
const inner = new ProtoReader();

/** A byte range and, once asked for, its text. An empty range is a missing string. */
class TextRange {
  start = 0;
  end = 0;
  #text: string | null = null;
  set(start: number, end: number): void { this.start = start; this.end = end; this.#text = null; }
  text(bytes: Uint8Array): Value { return this.end <= this.start ? null : (this.#text ??= decodeUtf8(bytes, this.start, this.end)); }
}

export class Around {
  #view: WalkedRequest | null = null;
  #resource = -1;
  #scope = -1;
  #bag: Value = null;
  #values = new Map<Uint8Array, Value>();
  readonly serviceName = new TextRange();
  /** What earlier attributes called service.name say, where the last is `serviceName`; each once. */
  otherServices: readonly string[] = none;
  readonly scopeName = new TextRange();
  readonly scopeVersion = new TextRange();

  reset(view: WalkedRequest): void {
    this.#view = view;
    this.#resource = this.#scope = -1;
  }

  /** Points `serviceName` at the resource of this node. */
  enterResource(node: number): void {
    if (node === this.#resource) return;
    this.#resource = node;
    this.#bag = null;
    if (this.#values.size > 0) this.#values = new Map();
    const { bytes } = this.#view!;
    this.serviceName.set(0, 0);
    this.otherServices = none;
    let earlier: Set<string> | null = null;
    this.#eachAttribute(node, (start, end) => {
      if (!hasKey(bytes, start, end, serviceNameKey)) return;
      const { serviceName } = this;
      if (serviceName.end > serviceName.start) (earlier ??= new Set()).add(decodeUtf8(bytes, serviceName.start, serviceName.end));
      if (stringOf(bytes, start, end)) serviceName.set(found.start, found.end);
      else serviceName.set(0, 0);
    });
    if (earlier !== null) this.#setOthers(earlier);
  }

  #setOthers(names: Set<string>): void {
    names.delete(decodeUtf8(this.#view!.bytes, this.serviceName.start, this.serviceName.end));
    this.otherServices = [...names];
  }

  /** All attributes of the resource; the same object for every record of it. */
  resource(node: number): Value {
    this.enterResource(node);
    if (this.#bag !== null) return this.#bag;
    const bag = newBag();
    this.#eachAttribute(node, (start, end) => addKeyValue(bag, this.#view!.bytes, start, end));
    return (this.#bag = bag);
  }

  resourceAttribute(node: number, key: Uint8Array): Value {
    this.enterResource(node);
    let value = this.#values.get(key);
    if (value !== undefined) return value;
    const { bytes } = this.#view!;
    value = null;
    let from = -1;
    let to = -1;
    this.#eachAttribute(node, (start, end) => { if (hasKey(bytes, start, end, key)) { from = start; to = end; } });
    if (from >= 0) value = valueOf(bytes, from, to);
    this.#values.set(key, value);
    return value;
  }

  /** Points `scopeName` and `scopeVersion` at the scope of this node. */
  enterScope(node: number): void {
    if (node === this.#scope) return;
    this.#scope = node;
    this.scopeName.set(0, 0);
    this.scopeVersion.set(0, 0);
    const { bytes, nodes } = this.#view!;
    outer.reset(bytes, nodes[node * nodeStride + nStart]!, nodes[node * nodeStride + nEnd]!);
    while (outer.next()) {
      if (outer.field !== scopeField.scope || outer.wire !== wireBytes) continue;
      inner.reset(bytes, outer.start, outer.end);
      while (inner.next()) {
        if (inner.wire !== wireBytes) continue;
        if (inner.field === scopeNameField) this.scopeName.set(inner.start, inner.end);
        else if (inner.field === scopeVersionField) this.scopeVersion.set(inner.start, inner.end);
      }
    }
  }

  #eachAttribute(node: number, visit: (start: number, end: number) => void): void {
    const { bytes, nodes } = this.#view!;
    outer.reset(bytes, nodes[node * nodeStride + nStart]!, nodes[node * nodeStride + nEnd]!);
    while (outer.next()) {
      if (outer.field !== resourceField.resource || outer.wire !== wireBytes) continue;
      inner.reset(bytes, outer.start, outer.end);
      while (inner.next()) if (inner.field === resourceAttributesField && inner.wire === wireBytes) visit(inner.start, inner.end);
    }
  }
}
