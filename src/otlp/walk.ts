// Finds every record of an export request at wire level. Framing and the fields of each record are checked; values
// inside a record's fields are not looked at. Memory grows with what was found, never with what a length declares.
import { failure, ok, ProtoReader, varintEnd, varintLength, varintLow, wireBytes, type Failure, type Result } from '../base/index.ts';
import type { Signal } from '../model/index.ts';
import { dataField, metricField, pointLayout, resourceField, scopeField } from './fields.ts';
import type { RequestView } from './types.ts';
import { levelData, levelMetric, levelResource, levelScope, nNameEnd, nNameStart, nodeStride, recordStride, WalkedRequest } from './view.ts';

/** Tag bytes of the names that durable ids come from: LogRecord.event_name is field 12, Span.name is field 5. */
const eventNameTag = 0x62;
const spanNameTag = 0x2a;
/** LogRecord.severity_number is field 2, a varint. */
const severityTag = 0x10;
/** LogRecord.body is field 5. */
const logBodyTag = 0x2a;

const empty = new Uint8Array(0);

/** An OTLP Export*ServiceRequest as a view. The code is `otlp-malformed`; the message names the byte offset. */
export function walk(signal: Signal, bytes: Uint8Array): Result<RequestView, Failure> {
  return walker.walk(signal, bytes);
}

class Walker {
  #signal: Signal = 'logs';
  #bytes: Uint8Array = empty;
  #records = new Int32Array(recordStride * 1024);
  #recordsUsed = 0;
  #nodes = new Int32Array(nodeStride * 64);
  #nodesUsed = 0;
  #resources = 0;
  #scopes = 0;
  #fault: string | null = null;
  #faultAt = 0;
  /** One reader per level of nesting: request, resource, scope, metric, data. */
  readonly #readers = [new ProtoReader(), new ProtoReader(), new ProtoReader(), new ProtoReader(), new ProtoReader()];

  walk(signal: Signal, bytes: Uint8Array): Result<RequestView, Failure> {
    this.#signal = signal;
    this.#bytes = bytes;
    this.#recordsUsed = this.#nodesUsed = this.#resources = this.#scopes = 0;
    this.#fault = null;
    const sound = this.#children(0, 0, bytes.length, -1);
    this.#bytes = empty;
    if (!sound) return malformed(signal, this.#fault!, this.#faultAt);
    const view = new WalkedRequest(signal, bytes, this.#records.slice(0, this.#recordsUsed), this.#nodes.slice(0, this.#nodesUsed), this.#resources, this.#scopes);
    // A very large request must not pin its scratch memory for ever.
    if (this.#records.length > maxKeptScratch) this.#records = new Int32Array(recordStride * 1024);
    if (this.#nodes.length > maxKeptScratch) this.#nodes = new Int32Array(nodeStride * 64);
    return ok(view);
  }

  /** Steps through the message of a node and enters the messages that lead to records. */
  #children(level: number, start: number, end: number, node: number): boolean {
    const reader = this.#readers[level]!.reset(this.#bytes, start, end);
    while (reader.next()) {
      if (reader.wire !== wireBytes) continue;
      if (level === levelMetric && reader.field === metricField.name) {
        this.#nodes[node * nodeStride + nNameStart] = reader.start;
        this.#nodes[node * nodeStride + nNameEnd] = reader.end;
        continue;
      }
      const below = this.#below(level, reader.field);
      if (below === 0) continue;
      const sound = below === record
        ? this.#record(reader.fieldStart, reader.start, reader.end, node)
        : this.#children(below, reader.start, reader.end, this.#addNode(below, reader, node));
      if (!sound) return false;
    }
    return reader.fault === null || this.#fail(reader.fault, reader.faultAt);
  }

  /** What a field of a level holds: the level below, `record`, or 0 for anything else. */
  #below(level: number, field: number): number {
    switch (level) {
      case 0: return field === 1 ? levelResource : 0;
      case levelResource: return field === resourceField.scopes ? levelScope : 0;
      case levelScope: return field !== scopeField.records ? 0 : this.#signal === 'metrics' ? levelMetric : record;
      case levelMetric: return pointLayout[field] !== undefined ? levelData : 0;
      default: return field === dataField.points ? record : 0;
    }
  }

  #addNode(level: number, reader: ProtoReader, parent: number): number {
    const at = this.#nodesUsed;
    if (at + nodeStride > this.#nodes.length) this.#nodes = grown(this.#nodes);
    this.#nodesUsed += nodeStride;
    const nodes = this.#nodes;
    nodes[at] = reader.fieldStart;
    nodes[at + 1] = reader.start;
    nodes[at + 2] = reader.end;
    nodes[at + 3] = parent;
    nodes[at + 4] = level;
    nodes[at + 5] = level === levelResource ? this.#resources++ : level === levelScope ? this.#scopes++ : reader.field;
    nodes[at + 6] = nodes[at + 7] = 0;
    return at / nodeStride;
  }

  /** The hot loop: steps over the fields of one record, noting where its name lies. */
  #record(tagAt: number, start: number, end: number, node: number): boolean {
    const bytes = this.#bytes;
    const nameTag = this.#signal === 'logs' ? eventNameTag : this.#signal === 'spans' ? spanNameTag : 0;
    const bodyTag = this.#signal === 'logs' ? logBodyTag : 0;
    let severity = 0;
    let nameStart = 0;
    let nameEnd = 0;
    let body = 0;
    let at = start;
    while (at < end) {
      const fieldAt = at;
      let tag = bytes[at++]!;
      // Nearly every field of a record: a tag of one byte, and a length of one byte.
      if ((tag & 0x87) === 2 && tag > 7) {
        const low = at < end ? bytes[at]! : 0xff;
        if (low < 0x80) {
          if (tag === nameTag) { nameStart = at + 1; nameEnd = at + 1 + low; } else if (tag === bodyTag) body = at;
          at += 1 + low;
          continue;
        }
      }
      if (tag > 0x7f) {
        at = varintEnd(bytes, fieldAt, end);
        if (at < 0 || at - fieldAt > 5) return this.#fail('a field tag is cut off or too long', fieldAt);
        tag = varintLow(bytes, fieldAt);
      }
      if (tag < 8) return this.#fail('field number 0 is not allowed', fieldAt);
      switch (tag & 7) {
        case 2: {
          const after = varintEnd(bytes, at, end);
          if (after < 0) return this.#fail('a length is cut off or too long', fieldAt);
          const length = varintLength(bytes, at);
          if (length > end - after) return this.#fail('a field is longer than its record', fieldAt);
          if (tag === bodyTag) body = at;
          // `| 0` keeps the position a small integer in the compiled loop; as a double it costs five times as much.
          at = after + (length | 0);
          if (tag === nameTag) { nameStart = after; nameEnd = at; }
          break;
        }
        case 1: at += 8; break;
        case 5: at += 4; break;
        case 0: {
          const from = at;
          at = varintEnd(bytes, at, end);
          if (at < 0) return this.#fail('a varint is cut off or too long', fieldAt);
          // Noted here, where its byte is at hand: every record is counted by it. Of another signal nobody asks.
          if (tag === severityTag) severity = varintLow(bytes, from) | 0;
          break;
        }
        default: return this.#fail(`wire type ${tag & 7} ${(tag & 7) < 5 ? '(a group) is not used by OTLP' : 'does not exist'}`, fieldAt);
      }
    }
    // A field that reaches past its record ends the loop: nothing beyond the record is read on the way here.
    if (at > end) return this.#fail('the last field of a record is longer than the record', start);
    const slot = this.#recordsUsed;
    if (slot + recordStride > this.#records.length) this.#records = grown(this.#records);
    this.#recordsUsed += recordStride;
    const records = this.#records;
    records[slot] = tagAt;
    records[slot + 1] = start;
    records[slot + 2] = end;
    records[slot + 3] = node;
    records[slot + 4] = nameStart;
    records[slot + 5] = nameEnd;
    records[slot + 6] = body;
    records[slot + 7] = severity;
    return true;
  }

  #fail(fault: string, at: number): false {
    this.#fault = fault;
    this.#faultAt = at;
    return false;
  }
}

const record = -1;
const maxKeptScratch = 1 << 20;
const walker = new Walker();

function grown(old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(old.length * 2);
  bigger.set(old);
  return bigger;
}

/** The failure for bytes that are not the OTLP protobuf they should be. */
export function malformed(signal: Signal, fault: string, at: number): Result<never, Failure> {
  return failure('otlp-malformed', `These bytes are not an OTLP ${signal} request: ${fault}, at byte ${at}.`,
    'Check that the sender speaks OTLP for this signal, and that nothing between the two cuts or changes the body.');
}
