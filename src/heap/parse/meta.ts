// The file's head: which fields its rows have, in which order, what its type numbers mean, how many rows come.
import { badFile, notASnapshot } from './heap-file-error.ts';

export interface FieldPlaces { readonly count: number; at(name: string): number }

export interface SnapshotMeta {
  readonly nodeFields: FieldPlaces;
  readonly edgeFields: FieldPlaces;
  /** Null in snapshots without locations. */
  readonly locationFields: FieldPlaces | null;
  readonly nodeTypes: readonly string[];
  readonly edgeTypes: readonly string[];
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Row of the root node. */
  readonly root: number;
  readonly extraNativeBytes: number;
}

type Loose = Readonly<Record<string, unknown>>;

/** Type numbers are kept in a byte each. */
const maxTypes = 255;

/** Throws HeapFileError when it is not what V8 writes. */
export function readMeta(head: unknown): SnapshotMeta {
  const snapshot = objectOr(head, 'its "snapshot" is no object');
  const meta = objectOr(snapshot['meta'], 'its head has no "meta"');
  const nodeFields = places(meta['node_fields'], 'node_fields', ['type', 'name', 'id', 'self_size', 'edge_count']);
  const edgeFields = places(meta['edge_fields'], 'edge_fields', ['type', 'name_or_index', 'to_node']);
  return {
    nodeFields, edgeFields,
    locationFields: meta['location_fields'] === undefined ? null : places(meta['location_fields'], 'location_fields', ['object_index', 'script_id', 'line', 'column']),
    nodeTypes: typeNames(meta['node_types'], nodeFields.at('type'), 'node_types'),
    edgeTypes: typeNames(meta['edge_types'], edgeFields.at('type'), 'edge_types'),
    nodeCount: countOf(snapshot, 'node_count'),
    edgeCount: countOf(snapshot, 'edge_count'),
    root: rootRow(snapshot['root_index'], nodeFields.count),
    extraNativeBytes: typeof snapshot['extra_native_bytes'] === 'number' ? snapshot['extra_native_bytes'] : 0,
  };
}

function objectOr(value: unknown, why: string): Loose {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Loose;
  throw notASnapshot(why);
}

const isText = (value: unknown): value is string => typeof value === 'string';
const textsOf = (value: unknown): readonly string[] | null => (Array.isArray(value) && value.every(isText) ? value : null);

function places(value: unknown, name: string, needed: readonly string[]): FieldPlaces {
  const fields = textsOf(value);
  if (fields === null) throw notASnapshot(`its "${name}" is no list of names`);
  for (const field of needed) if (!fields.includes(field)) throw notASnapshot(`its "${name}" lacks "${field}"`);
  return { count: fields.length, at: (field) => fields.indexOf(field) };
}

/** `node_types` holds, for the field `type`, the list of names; for the others a word. */
function typeNames(value: unknown, place: number, name: string): readonly string[] {
  const names = Array.isArray(value) ? textsOf(value[place]) : null;
  if (names === null || names.length > maxTypes) throw notASnapshot(`its "${name}" does not name the types`);
  return names;
}

function countOf(snapshot: Loose, name: string): number {
  const count = snapshot[name];
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return count;
  throw notASnapshot(`its "${name}" is no count`);
}

/** Older snapshots tell where the root is; it is the first node otherwise. In the file it counts fields. */
function rootRow(value: unknown, nodeFieldCount: number): number {
  const row = typeof value === 'number' ? value / nodeFieldCount : 0;
  if (!Number.isSafeInteger(row) || row < 0) throw badFile('its root is between two nodes');
  return row;
}
