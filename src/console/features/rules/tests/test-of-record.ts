// A record becomes a test of the document: given that record, this must come out. Secrets are masked: a document is shared.
import { maskValue } from '../../../../engine/index.ts';
import type { QueryTest } from '../../../../model/index.ts';
import { columnsOf, type Value } from '../../../../otlp/index.ts';
import type { DryRunRecord, DryRunSample, MachineStep, RuleEdit, RuleExpectation } from '../../../../rules/index.ts';

/** Made from other columns, or of no meaning in a test. */
const leftOut: ReadonlySet<string> = new Set(['DurableId', 'ObservedTimestamp', 'Timestamp', 'StartTimestamp', 'EndTimestamp', 'Duration', 'TraceId', 'SpanId', 'ParentSpanId', 'Flags', 'Events', 'Links']);

type Example = Pick<DryRunSample, 'kind' | 'before' | 'after' | 'changes'>;
type GivenRecord = Pick<DryRunRecord, 'columns' | 'attributes' | 'resource'>;
type Named = readonly { readonly name: string }[];

/** What the rule makes of given records: asked of the worker that runs tests, so that a new test says what is true now. */
export type Expecting = (given: QueryTest['given']) => Promise<RuleExpectation>;

/** The edit that adds a test of a record of the dry run behind `existing`. Rejects with why the rule cannot take the record. */
export async function testEdit(existing: Named, example: Example, expecting: Expecting): Promise<RuleEdit> {
  const test = testOf(example, existing.map(({ name }) => name));
  const came = await expecting(test.given);
  if ('matched' in came) return added(existing, { ...test, expect: whatCame(test.expect, came) });
  const { before } = example;
  return added(existing, { name: freeName(`what becomes of ${before.durableId || before.service || before.signal}`, existing.map(({ name }) => name)), given: test.given, expect: came });
}

/** The same of a record from elsewhere, of which only the rule itself can say what becomes of it. */
export async function testEditOfRecord(existing: Named, record: GivenRecord & { readonly durableId: string; readonly service: string }, expecting: Expecting): Promise<RuleEdit> {
  const records = [given(record)];
  const came = await expecting(records);
  const what = record.durableId || record.service || 'record';
  const fate = 'matched' in came ? ((came.matched ?? 0) > 0 ? 'is matched' : 'passes untouched') : 'comes';
  return added(existing, { name: freeName(`${what} ${fate}`, existing.map(({ name }) => name)), given: records, expect: came });
}

/** Of steps of a net's replay, in order: their records at their times since the first, a timer as time that passes. What the rule names
 *  (`says`, its text) is kept of columns that a test can do without. Rejects with why the rule cannot take a record. */
export async function testEditOfSteps(existing: Named, steps: readonly MachineStep[], says: string, expecting: Expecting): Promise<RuleEdit> {
  const start = steps[0]?.atUnixNano ?? 0n;
  const records = steps.map(({ record, atUnixNano }) => ({
    at: secondsText(atUnixNano - start),
    ...(record !== null && { ...(tableOf[record.signal] !== 'Logs' && { table: tableOf[record.signal] }), ...given(record.fields, (column) => says.includes(column)) }),
  }));
  const came = await expecting(records);
  const moves = 'transitions' in came ? came.transitions ?? [] : [];
  const what = steps.map(({ record }) => record?.name || record?.service || '').find(name => name !== '') ?? 'time';
  const name = moves.length > 0 ? `${what} leads to ${moves.at(-1)!.split(' -> ')[1] ?? ''}` : `${what} moves nothing`;
  return added(existing, { name: freeName(name, existing.map(({ name: taken }) => taken)), given: records, expect: came });
}

const tableOf = { logs: 'Logs', spans: 'Spans', metrics: 'Metrics' } as const;

/** Nanoseconds as a duration of the document: `0s`, `1.25s`. */
function secondsText(nanos: bigint): string {
  const part = String(nanos % 1_000_000_000n).padStart(9, '0').replace(/0+$/, '');
  return `${nanos / 1_000_000_000n}${part === '' ? '' : `.${part}`}s`;
}

const added = (existing: Named, test: unknown): RuleEdit => (existing.length === 0 ? { path: ['tests'], value: [test] } : { path: ['tests', existing.length], value: test });

/** Counts and points as the rule gives them: a rule that counts a record and lets it pass has matched it. */
function whatCame(expect: QueryTest['expect'], { matched = 0, metrics }: QueryTest['expect']): QueryTest['expect'] {
  return { ...expect, matched, ...(metrics !== undefined && { metrics }) };
}

export function testOf({ kind, before, after, changes }: Example, taken: readonly string[]): QueryTest {
  const expect: QueryTest['expect'] = kind === 'unchanged' ? { matched: 0 } : kind === 'removed' ? { matched: 1, records: [] } : { matched: 1, records: [expected(changes, after)] };
  const what = before.durableId || before.service || before.signal;
  return { name: freeName(`${what} ${{ unchanged: 'passes untouched', removed: 'is taken', changed: 'is changed' }[kind]}`, taken), given: [given(before)], expect };
}

const offered = 12;

/** Records to choose a test from: of each name and fate one, then a second, and so on, so that many of one kind hide no other. */
export function variedSamples(samples: readonly DryRunSample[], most = offered): readonly DryRunSample[] {
  const groups = [...Map.groupBy(samples, ({ before, kind }) => `${kind} ${before.durableId || before.service}`).values()];
  const rounds = Math.max(0, ...groups.map(group => group.length));
  return Array.from({ length: rounds }, (_, round) => groups.flatMap(group => group.slice(round, round + 1))).flat().slice(0, most);
}

function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let n = 2; taken.includes(name); n++) name = `${wanted} (${n})`;
  return name;
}

/** Not of a test unless the rule asks for them. */
const onlyAsked: ReadonlySet<string> = new Set(['Duration', 'TraceId', 'SpanId', 'ParentSpanId']);

function given(record: GivenRecord, asked: (column: string) => boolean = () => false): Readonly<Record<string, unknown>> {
  const isLeftOut = (name: string) => leftOut.has(name) && !(onlyAsked.has(name) && asked(name));
  const { 'service.name': _service, ...resource } = record.resource;
  const columns = Object.entries(record.columns).filter(([name]) => !isLeftOut(name) && !(name === 'ServiceName' && 'service.name' in record.resource));
  return {
    ...Object.fromEntries(columns.map(([name, value]) => [name, plain(maskValue(value, name))])),
    ...(Object.keys(record.attributes).length > 0 ? { Attributes: bag(record.attributes) } : {}),
    ...(asked('Resource') && Object.keys(resource).length > 0 ? { Resource: bag(resource) } : {}),
    ...('service.name' in record.resource ? { ServiceName: plain(record.resource['service.name'] ?? null) } : {}),
  };
}

const bag = (values: Readonly<Record<string, Value>>) => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, plain(maskValue(value, key))]));

/** The fields that the rule wrote; what it took away shows as null. An attribute stands under its own name, for a bag under
 *  `Attributes` would have to be equal as a whole; it does so only where its name is that of a column. */
function expected(changes: Example['changes'], after: DryRunRecord | null): Readonly<Record<string, unknown>> {
  const record: Record<string, unknown> = {};
  for (const { field, after: value } of changes) {
    const key = /^Attributes\["(.+)"\]$/.exec(field)?.[1];
    const isColumn = after !== null && key !== undefined && columnsOf(after.signal).some(({ name }) => name === key);
    if (isColumn) record['Attributes'] = bag(after.attributes);
    else record[key ?? field] = plain(value);
  }
  return record;
}

/** What YAML can hold. */
function plain(value: Value): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (value instanceof Uint8Array) return Array.from(value, byte => byte.toString(16).padStart(2, '0')).join('');
  if (Array.isArray(value)) return value.map(item => plain(item as Value));
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item as Value)])) : value;
}
