// The walked request: where every record and every message around it lies, in two typed arrays, nothing decoded.
import type { Signal } from '../model/index.ts';
import type { RequestView, TemplateNames } from './types.ts';

/** Per record: tag, body and end offsets, the node that holds it, the range of its name (event name or span name), and
 *  where the length of a log's Body lies (0: it has none), and a log's severity number (0: it has none). */
export const recordStride = 8;
export const rTag = 0, rStart = 1, rEnd = 2, rNode = 3, rNameStart = 4, rNameEnd = 5, rLogBody = 6, rSeverity = 7;

/** Per node (resource, scope, metric or data message, in the order they lie): tag, body and end offsets, the node around
 *  it, its level, its ordinal among resources or scopes (data: the metric's field number), the range of a metric's name. */
export const nodeStride = 8;
export const nTag = 0, nStart = 1, nEnd = 2, nParent = 3, nLevel = 4, nOrdinal = 5, nNameStart = 6, nNameEnd = 7;

export const levelResource = 1, levelScope = 2, levelMetric = 3, levelData = 4;

export class WalkedRequest implements RequestView {
  readonly signal: Signal;
  readonly bytes: Uint8Array;
  readonly recordCount: number;
  readonly resourceCount: number;
  readonly scopeCount: number;
  templates: TemplateNames | null = null;
  readonly records: Int32Array;
  readonly nodes: Int32Array;

  constructor(signal: Signal, bytes: Uint8Array, records: Int32Array, nodes: Int32Array, resourceCount: number, scopeCount: number) {
    this.signal = signal;
    this.bytes = bytes;
    this.records = records;
    this.nodes = nodes;
    this.recordCount = records.length / recordStride;
    this.resourceCount = resourceCount;
    this.scopeCount = scopeCount;
  }

  recordStart(i: number): number { return this.records[i * recordStride + rStart]!; }
  recordEnd(i: number): number { return this.records[i * recordStride + rEnd]!; }
  scopeOf(i: number): number { return this.nodes[this.scopeNodeOf(i) * nodeStride + nOrdinal]!; }
  resourceOf(i: number): number { return this.nodes[this.resourceNodeOf(i) * nodeStride + nOrdinal]!; }

  /** The message that directly holds record i: a scope for logs and spans, a data message for metrics. */
  nodeOf(i: number): number { return this.records[i * recordStride + rNode]!; }
  metricNodeOf(i: number): number { return this.nodes[this.nodeOf(i) * nodeStride + nParent]!; }
  scopeNodeOf(i: number): number {
    return this.signal === 'metrics' ? this.nodes[this.metricNodeOf(i) * nodeStride + nParent]! : this.nodeOf(i);
  }
  resourceNodeOf(i: number): number { return this.nodes[this.scopeNodeOf(i) * nodeStride + nParent]!; }
}

/** Views come from `walk` only; another implementation cannot carry the index that cursors and rewrites need. */
export function walked(view: RequestView): WalkedRequest {
  if (view instanceof WalkedRequest) return view;
  throw new TypeError('This request view was not made by walk().');
}
