// Heap snapshots of the mock shop's checkout, as V8 writes them: a cart cache that forgets nothing, sockets that were closed and are still
// listened to, and one word kept thousands of times. Always the same; ids are those of one process, so that two can be compared.

export interface MadeHeap { /** Carts in the cache. */ readonly sessions: number; /** Closed sockets that the pool still holds. */ readonly sockets: number }

const nodeTypes = ['hidden', 'array', 'string', 'object', 'code', 'closure', 'regexp', 'number', 'native', 'synthetic', 'concatenated string', 'sliced string', 'symbol', 'bigint', 'object shape'] as const;
const edgeTypes = ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'] as const;
const nodeFields = ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'];
type Edge = readonly [type: typeof edgeTypes[number], name: string | number, to: Node];
interface Node { readonly type: typeof nodeTypes[number]; readonly name: string; readonly size: number; readonly id: number; readonly edges: Edge[] }

class Snapshot {
  readonly #nodes: Node[] = [];

  add(type: Node['type'], name: string, size: number, id: number): Node {
    const node: Node = { type, name, size, id, edges: [] };
    this.#nodes.push(node);
    return node;
  }

  bytes(): Uint8Array {
    const strings = new Map<string, number>();
    const text = (value: string): number => { const known = strings.get(value) ?? strings.size; strings.set(value, known); return known; };
    const at = new Map(this.#nodes.map((node, row) => [node, row * nodeFields.length]));
    const nodes = this.#nodes.flatMap(({ type, name, id, size, edges }) => [nodeTypes.indexOf(type), text(name), id, size, edges.length, 0]);
    const edges = this.#nodes.flatMap(node => node.edges.flatMap(([type, name, to]) => [edgeTypes.indexOf(type), typeof name === 'number' ? name : text(name), at.get(to) ?? 0]));
    const meta = {
      node_fields: nodeFields, node_types: [nodeTypes, 'string', 'number', 'number', 'number', 'number'], edge_fields: ['type', 'name_or_index', 'to_node'], edge_types: [edgeTypes, 'string_or_number', 'node'],
      location_fields: ['object_index', 'script_id', 'line', 'column'],
    };
    return new TextEncoder().encode(JSON.stringify({ snapshot: { meta, node_count: this.#nodes.length, edge_count: edges.length / 3, trace_function_count: 0 }, nodes, edges, locations: [], strings: [...strings.keys()] }));
  }
}

/** Ids of each thing that there is many of begin here; V8's own are odd. */
const ids = { session: 100_001, socket: 20_000_001, code: 30_000_001 };

export function madeHeap({ sessions, sockets }: MadeHeap): Uint8Array {
  const heap = new Snapshot();
  const root = heap.add('synthetic', '', 0, 1);
  const roots = heap.add('synthetic', '(GC roots)', 0, 3);
  const handles = heap.add('synthetic', '(Global handles)', 0, 5);
  const global = heap.add('object', 'global', 3120, 7);
  const nothing = heap.add('hidden', 'undefined', 32, 9);
  const none = heap.add('hidden', 'null', 32, 11);
  const wrong = heap.add('hidden', 'false', 32, 13);
  root.edges.push(['element', 1, roots], ['shortcut', 'global', global]);
  roots.edges.push(['element', 1, handles]);
  cache(heap, global, nothing, sessions);
  pool(heap, global, none, wrong, sockets);
  code(heap, handles);
  return heap.bytes();
}

/** global.rememberSession → its context → sessionCache, a Map → a table → carts. */
function cache(heap: Snapshot, global: Node, nothing: Node, sessions: number): void {
  const remember = heap.add('closure', 'rememberSession', 64, 21);
  const context = heap.add('object', 'system / Context', 40, 23);
  const map = heap.add('object', 'Map', 32, 25);
  const table = heap.add('array', '', 65_536 * 8, 27);
  global.edges.push(['property', 'rememberSession', remember]);
  remember.edges.push(['internal', 'context', context]);
  context.edges.push(['context', 'sessionCache', map]);
  map.edges.push(['internal', 'table', table]);
  for (let i = 0; i < sessions; i++) table.edges.push(...cart(heap, nothing, i));
}

function cart(heap: Snapshot, nothing: Node, i: number): readonly Edge[] {
  let next = ids.session + i * 64;
  const id = () => (next += 2);
  const key = heap.add('string', `session ${i} of ${(i * 7919) % 9973}`, 48, id());
  const session = heap.add('object', 'CartSession', 80, id());
  const email = heap.add('string', `customer ${i} at shop.example`, 56, id());
  const lines = heap.add('object', 'Array', 32, id());
  const elements = heap.add('array', '(object elements)', 48, id());
  session.edges.push(['property', 'id', key], ['property', 'email', email], ['property', 'lines', lines], ['property', 'createdAt', heap.add('object', 'Date', 96, id())], ['property', 'expiresAt', nothing]);
  lines.edges.push(['internal', 'elements', elements]);
  for (let line = 0; line < 4; line++) {
    const one = heap.add('object', 'CartLine', 72, id());
    const region = heap.add('string', 'eu-west', 40, id());
    const rest = heap.add('array', '', 224, id());
    one.edges.push(['property', 'region', region], ['internal', 'properties', rest]);
    elements.edges.push(['element', line, one]);
  }
  return [['internal', `key ${i}`, key], ['internal', `value ${i}`, session]];
}

/** global.reserveStock → its context → pool → listeners → closed sockets with their buffers. */
function pool(heap: Snapshot, global: Node, none: Node, wrong: Node, sockets: number): void {
  const reserve = heap.add('closure', 'reserveStock', 64, 41);
  const context = heap.add('object', 'system / Context', 40, 43);
  const owner = heap.add('object', 'Pool', 128, 45);
  const listeners = heap.add('object', 'Array', 32, 47);
  const elements = heap.add('array', '(object elements)', 4096, 49);
  global.edges.push(['property', 'reserveStock', reserve]);
  reserve.edges.push(['internal', 'context', context]);
  context.edges.push(['context', 'pool', owner]);
  owner.edges.push(['property', 'listeners', listeners]);
  listeners.edges.push(['internal', 'elements', elements]);
  for (let i = 0; i < sockets; i++) {
    const socket = heap.add('object', 'Socket', 240, ids.socket + i * 8);
    const buffer = heap.add('object', 'Buffer', 88, ids.socket + i * 8 + 2);
    const bytes = heap.add('native', 'system / JSArrayBufferData', 4096, ids.socket + i * 8 + 4);
    socket.edges.push(['property', '_handle', none], ['property', 'connecting', wrong], ['property', 'pending', buffer]);
    buffer.edges.push(['internal', 'backing_store', bytes]);
    elements.edges.push(['element', i, socket]);
  }
}

function code(heap: Snapshot, handles: Node): void {
  for (let i = 0; i < 1600; i++) handles.edges.push(['element', i, heap.add('code', `(code of ${(i * 31) % 400})`, 512, ids.code + i * 2)]);
}
