// Where each view's lines come from.
import type { PageRequest } from '../../../../heap/index.ts';
import type { HeapView } from '../../../state/index.ts';
import type { HeapClient, ListFilter } from '../../../workers/heap/index.ts';
import { edgeLine, nodeLine, type Line, type LinePage, type TreeSource } from '../tree/lines.ts';

export interface ViewQuestion { readonly view: HeapView; /** Trimmed. */ readonly find: string; readonly filter: ListFilter; /** Compared with a snapshot of another process. */ readonly classesOnly: boolean }

type Load = TreeSource['load'];
const nothing: LinePage = { total: 0, lines: [] };

export function sourceOf(client: HeapClient, { view, find, filter, classesOnly }: ViewQuestion): TreeSource {
  const below = fieldsBelow(client, filter.reveal);
  const found = find !== '' && (find.startsWith('@') || (view !== 'summary' && view !== 'comparison' && view !== 'duplicates'));
  if (found) return { load: async (parent, page) => (parent === null ? nodes(await client.ask({}, 'search', find, filter, page)) : below(parent, page)), opens: hasFields };
  switch (view) {
    case 'summary': return summary(client, find, filter);
    case 'comparison': return comparison(client, find, filter, classesOnly);
    case 'dominators': return { load: async (parent, page) => nodes(await client.ask({}, 'dominated', rowOf(parent), filter, page)), opens: line => line.kind === 'node' && line.node.dominatedCount > 0 };
    case 'containment': return { load: below, opens: hasFields };
    case 'strings': return { load: async (parent, page) => (parent === null ? nodes(await client.ask({}, 'strings', filter, page)) : nothing), opens: () => false };
    case 'duplicates': return duplicates(client, filter);
  }
}

/** Who holds an object, and who holds that. */
export const retainersSource = (client: HeapClient, row: number, reveal: boolean): TreeSource => ({
  load: async (parent, page) => edges(await client.ask({}, 'retainers', parent?.kind === 'edge' ? parent.edge.node.row : row, reveal, page)),
  opens: line => line.kind === 'edge' && line.edge.node.retainerCount > 0,
});

/** What an object refers to, and what that refers to. */
export const fieldsSource = (client: HeapClient, row: number, reveal: boolean): TreeSource => {
  const below = fieldsBelow(client, reveal);
  return { load: async (parent, page) => (parent === null ? edges(await client.ask({}, 'fields', row, reveal, page)) : below(parent, page)), opens: hasFields };
};

const fieldsBelow = (client: HeapClient, reveal: boolean): Load => async (parent, page) => edges(await client.ask({}, 'fields', rowOf(parent), reveal, page));
const hasFields = (line: Line): boolean => (line.kind === 'edge' ? line.edge.node.fieldCount : line.kind === 'node' && line.since !== 'gone' ? line.node.fieldCount : 0) > 0;
const rowOf = (line: Line | null): number | null => (line?.kind === 'edge' ? line.edge.node.row : line?.kind === 'node' ? line.node.row : null);

const nodes = ({ total, rows }: { readonly total: number; readonly rows: readonly Parameters<typeof nodeLine>[0][] }): LinePage => ({ total, lines: rows.map(node => nodeLine(node)) });
const edges = ({ total, rows }: { readonly total: number; readonly rows: readonly Parameters<typeof edgeLine>[0][] }): LinePage => ({ total, lines: rows.map(edgeLine) });

/** Constructors, their objects, and what those refer to. */
function summary(client: HeapClient, name: string, filter: ListFilter): TreeSource {
  const below = fieldsBelow(client, filter.reveal);
  const load: Load = async (parent, page) => {
    if (parent?.kind === 'class') return nodes(await client.ask({}, 'instances', parent.row.classRow, filter, page));
    if (parent !== null) return below(parent, page);
    const { total, rows } = await client.ask({}, 'classes', { minRetained: filter.minRetained, name }, page);
    return { total, lines: rows.map((row): Line => ({ kind: 'class', key: `c${row.classRow}`, row })) };
  };
  return { load, opens: line => line.kind === 'class' || hasFields(line) };
}

/** Classes that changed, and their objects where those are known: first those that came, then those that went. */
function comparison(client: HeapClient, name: string, filter: ListFilter, classesOnly: boolean): TreeSource {
  const below = fieldsBelow(client, filter.reveal);
  const load: Load = async (parent, page) => {
    if (parent?.kind === 'delta') return changed(client, parent, filter.reveal, page);
    if (parent !== null) return below(parent, page);
    const { total, rows } = await client.ask({}, 'comparison', name, page);
    return { total, lines: rows.map((row): Line => ({ kind: 'delta', key: `d${row.classRow}/${row.classRowBefore}`, row })) };
  };
  return { load, opens: line => (line.kind === 'delta' ? !classesOnly : hasFields(line)) };
}

async function changed(client: HeapClient, { row: { classRow, classRowBefore } }: Extract<Line, { kind: 'delta' }>, reveal: boolean, { start, count }: PageRequest): Promise<LinePage> {
  const none = { total: 0, rows: [] };
  const came = classRow < 0 ? none : await client.ask({}, 'added', classRow, reveal, { start, count });
  const rest = { start: Math.max(0, start - came.total), count: count - came.rows.length };
  const went = classRowBefore < 0 ? none : await client.ask({}, 'removed', classRowBefore, rest);
  return { total: came.total + went.total, lines: [...came.rows.map(node => nodeLine(node, 'new')), ...went.rows.map(node => nodeLine(node, 'gone'))] };
}

const duplicates = (client: HeapClient, { reveal }: ListFilter): TreeSource => ({
  load: async (parent, page) => {
    if (parent !== null) return nothing;
    const { total, rows } = await client.ask({}, 'duplicates', reveal, page);
    return { total, lines: rows.map((row): Line => ({ kind: 'duplicate', key: `s${row.node.row}`, row })) };
  },
  opens: () => false,
});
