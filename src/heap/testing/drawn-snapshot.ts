// A small heap drawn in a test becomes a snapshot file, written as V8 writes one: fields in any order, extra parts on request.

export interface DrawnNode {
  /** `object` when left out. */
  readonly type?: string;
  readonly name: string;
  /** Bytes; 10 when left out. */
  readonly size?: number;
  /** Row number times two plus one when left out, as V8 numbers JavaScript objects. */
  readonly id?: number;
  readonly detachedness?: number;
  /** `[type, name or index, row of the target]` */
  readonly edges?: readonly (readonly [string, string | number, number])[];
}

export interface DrawnOptions {
  readonly nodeFields?: readonly string[];
  readonly edgeFields?: readonly string[];
  /** `[row, script, line, column]` */
  readonly locations?: readonly (readonly [number, number, number, number])[];
  /** Further members of the file, before the strings. */
  readonly more?: Readonly<Record<string, unknown>>;
}

const drawnNodeTypes = ['hidden', 'array', 'string', 'object', 'code', 'closure', 'regexp', 'number', 'native', 'synthetic', 'concatenated string', 'sliced string', 'symbol', 'bigint', 'object shape'];
const drawnEdgeTypes = ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'];
const usualNodeFields = ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'];
const usualEdgeFields = ['type', 'name_or_index', 'to_node'];

/** The first node is the root. */
export function drawnSnapshot(nodes: readonly DrawnNode[], options: DrawnOptions = {}): string {
  const { nodeFields = usualNodeFields, edgeFields = usualEdgeFields, locations = [], more = {} } = options;
  const strings: string[] = [];
  const row = (text: string): number => (strings.includes(text) ? strings.indexOf(text) : strings.push(text) - 1);
  const edges = nodes.flatMap((node) => node.edges ?? []);
  const nodeRows = nodes.flatMap((node, index) => nodeFields.map((field) => nodeField(node, index, field, row)));
  const edgeRows = edges.flatMap((edge) => edgeFields.map((field) => edgeField(edge, field, row, nodeFields.length)));
  const meta = {
    node_fields: nodeFields, node_types: nodeFields.map((field) => (field === 'type' ? drawnNodeTypes : 'number')),
    edge_fields: edgeFields, edge_types: edgeFields.map((field) => (field === 'type' ? drawnEdgeTypes : 'node')),
    location_fields: ['object_index', 'script_id', 'line', 'column'],
  };
  return JSON.stringify({
    snapshot: { meta, node_count: nodes.length, edge_count: edges.length }, nodes: nodeRows, edges: edgeRows, ...more,
    locations: locations.flatMap(([node, ...place]) => [node * nodeFields.length, ...place]), strings,
  });
}

function nodeField(node: DrawnNode, index: number, field: string, row: (text: string) => number): number {
  if (field === 'type') return drawnNodeTypes.indexOf(node.type ?? 'object');
  if (field === 'name') return row(node.name);
  if (field === 'id') return node.id ?? index * 2 + 1;
  if (field === 'self_size') return node.size ?? 10;
  if (field === 'edge_count') return node.edges?.length ?? 0;
  return field === 'detachedness' ? node.detachedness ?? 0 : 0;
}

function edgeField([type, name, to]: readonly [string, string | number, number], field: string, row: (text: string) => number, nodeFieldCount: number): number {
  if (field === 'type') return drawnEdgeTypes.indexOf(type);
  if (field === 'name_or_index') return typeof name === 'number' ? name : row(name);
  return field === 'to_node' ? to * nodeFieldCount : 0;
}
