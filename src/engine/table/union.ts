// `union` over row objects: the rows of this query so far, then those of each input, which starts from the same source.
// Outer gives every row all columns that any branch has, missing ones null; inner only those that all branches have.
import type { Row } from '../expr/index.ts';
import { cell } from './row-scope.ts';
import type { Rows, RowSource } from './streams.ts';

export interface Branch { readonly table: string; readonly rows: RowSource }

/** `sourceColumn` names the column that says which table a row comes from; it stands first. Gathers the rows: the columns are known only then. */
export async function* unionRows(branches: readonly Branch[], kind: 'outer' | 'inner', sourceColumn: string | null): Rows {
  const gathered = await gather(branches);
  const names = kind === 'outer' ? allNames(gathered) : commonNames(gathered);
  for (const { table, rows } of gathered) {
    for (const row of rows) yield Object.fromEntries([...(sourceColumn === null ? [] : [[sourceColumn, table] as const]), ...names.map((name) => [name, cell(row, name)] as const)]);
  }
}

interface Gathered { readonly table: string; readonly rows: readonly Row[]; readonly names: ReadonlySet<string> }

/** One branch after the other, so that each is read once. */
async function gather(branches: readonly Branch[]): Promise<readonly Gathered[]> {
  const out: Gathered[] = [];
  for (const { table, rows } of branches) {
    const held: Row[] = [];
    const names = new Set<string>();
    for await (const row of rows) { held.push(row); for (const name of Object.keys(row)) names.add(name); }
    out.push({ table, rows: held, names });
  }
  return out;
}

const allNames = (branches: readonly Gathered[]): readonly string[] => [...new Set(branches.flatMap(({ names }) => [...names]))];

/** A branch without rows has no columns to speak of, so it does not narrow the others. */
function commonNames(branches: readonly Gathered[]): readonly string[] {
  const filled = branches.filter(({ rows }) => rows.length > 0);
  return [...(filled[0]?.names ?? [])].filter((name) => filled.every(({ names }) => names.has(name)));
}
