// A record becomes a test of the document: given that record, this must come out. Secrets are masked: a document is shared.
import { maskValue } from '../../../../engine/index.ts';
import type { QueryTest } from '../../../../model/index.ts';
import { columnsOf, type Value } from '../../../../otlp/index.ts';
import type { DryRunRecord, DryRunSample, RuleEdit } from '../../../../rules/index.ts';

/** Made from other columns, or of no meaning in a test. */
const leftOut: ReadonlySet<string> = new Set(['DurableId', 'ObservedTimestamp', 'Timestamp', 'StartTimestamp', 'EndTimestamp', 'Duration', 'TraceId', 'SpanId', 'ParentSpanId', 'Flags', 'Events', 'Links']);

type Example = Pick<DryRunSample, 'kind' | 'before' | 'after' | 'changes'>;

/** The edit that adds the test behind `existing`. */
export function testEdit(existing: readonly { readonly name: string }[], example: Example): RuleEdit {
  const test = testOf(example, existing.map(({ name }) => name));
  return existing.length === 0 ? { path: ['tests'], value: [test] } : { path: ['tests', existing.length], value: test };
}

export function testOf({ kind, before, after, changes }: Example, taken: readonly string[]): QueryTest {
  const expect: QueryTest['expect'] = kind === 'unchanged' ? { matched: 0 } : kind === 'removed' ? { matched: 1, records: [] } : { matched: 1, records: [expected(changes, after)] };
  const what = before.durableId || before.service || before.signal;
  return { name: freeName(`${what} ${{ unchanged: 'passes untouched', removed: 'is taken', changed: 'is changed' }[kind]}`, taken), given: [given(before)], expect };
}

function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let n = 2; taken.includes(name); n++) name = `${wanted} (${n})`;
  return name;
}

function given(record: DryRunRecord): Readonly<Record<string, unknown>> {
  const columns = Object.entries(record.columns).filter(([name]) => !leftOut.has(name) && !(name === 'ServiceName' && 'service.name' in record.resource));
  return {
    ...Object.fromEntries(columns.map(([name, value]) => [name, plain(maskValue(value, name))])),
    ...(Object.keys(record.attributes).length > 0 ? { Attributes: bag(record.attributes) } : {}),
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
