// `weir kql QUERY`: any tabular query over JSON lines, by the engine that agents and the console run.
import type { Plan } from '../../kql/index.ts';
import { columnHints, planFields, runTable } from '../../engine/index.ts';
import type { Value } from '../../otlp/index.ts';
import { CommandFailure } from '../failure.ts';
import { compileOrFail } from './compile.ts';
import { inputName, readJsonLines } from './input.ts';
import { printLines, toJson } from './output.ts';

type Row = Readonly<Record<string, Value>>;
const hintRows = 200;

export async function kqlCommand(query: string, options: { readonly input: string }): Promise<void> {
  const lines = readJsonLines(options.input) as AsyncGenerator<Row>;
  const first: Row[] = [];
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    first.push(next.value);
    if (first.length === hintRows) break;
  }
  const plan = await compileOrFail('The query', query, { mode: 'table', columns: columnHints(first) });
  const missing = new Set(planFields(plan).columns);
  await printLines(mapRows(rowsOf(plan, ticked(missing, joined(first, lines))))).catch(refused);
  if (first.length > 0) warnOf(missing, options.input);
}

/** The rows as they come; a column that a row has is taken off `missing`. */
async function* ticked(missing: Set<string>, rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  for await (const row of rows) {
    for (const name of missing) if (Object.hasOwn(row, name)) missing.delete(name);
    yield row;
  }
}

/** A misspelt column reads as null everywhere; that is legal KQL over loose rows, so it is said and not refused. */
function warnOf(missing: ReadonlySet<string>, input: string): void {
  if (missing.size === 0) return;
  const names = [...missing].map((name) => `"${name}"`).join(', ');
  process.stderr.write(`weir: warning: no row read from ${inputName(input)} has ${missing.size === 1 ? 'a column' : 'columns'} ${names}; missing values read as null.\n`);
}

/** The wall clock is the system's, read once, so that ago() and now() mean what they say and the same for every row. */
function rowsOf(plan: Plan, rows: AsyncIterable<Row>): AsyncIterable<Row> {
  try {
    const now = BigInt(Date.now()) * 1_000_000n;
    return runTable(plan, rows, { nowUnixNano: () => now, monotonicMs: () => performance.now() }, Math.random);
  } catch (failed) {
    return refused(failed);
  }
}

/** What the engine refuses to compile, or to go on with. */
function refused(failed: unknown): never {
  const { name, message, help } = failed as Error & { help?: string };
  if (name !== 'CompileError' && name !== 'RowLimitError') throw failed;
  throw new CommandFailure({ code: 'kql.cannot-run', message: `The query cannot run: ${message}`, ...(help ? { help } : {}) });
}

async function* joined(first: readonly Row[], rest: AsyncGenerator<Row>): AsyncGenerator<Row> {
  yield* first;
  yield* rest;
}

async function* mapRows(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  for await (const row of rows) yield toJson(row);
}
