// A column that a script can reach must be read; which ones are left out is judged by the text alone.
import { expect, it } from 'vitest';
import { columnsOf } from '../../otlp/index.ts';
import { columnsNamed } from './columns-named.ts';
import { languageTemplate, languageTypes } from './language-types.ts';

const all = columnsOf('logs').map(({ name }) => name);
const named = (javascript: string) => columnsNamed(javascript, 'logs').map(({ name }) => name);

it.each([
  ['function onRecord(record, weir) { return record.Body + record?.Attributes["Flags"] / 2; }', ['Body', 'Attributes']],
  ['function onRecord({ Body, TraceId: id }) {}', ['Body', 'TraceId']], ['function onRecord() {}', []],
  ['// the record as such\n/* record */ function onRecord(record) { "record"; return /[/"]record/.test(record.Body); }', ['Body']],
  [languageTemplate, ['EventName', 'Attributes']],
])('%#: reads what is named', (javascript, columns) => { expect(named(javascript).toSorted()).toEqual(columns.toSorted()); });

it.each([
  'function onRecord(record) { const r = record; r["Bo" + "dy"]; }', 'function onRecord(record) { return record["Body"]; }', 'function onRecord(record) { return { ...record }; }', 'function onRecord(r) { `${r}`; }',
  'function onRecord({ ...rest }) {}', 'function onRecord({ [k]: x }) {}', 'function onRecord() { return arguments[0]; }', 'function onRecord(record) { return record.\\u0042ody; }', 'const onRecord = (record) => record.Body;',
  'function f(record) {} function onRecord(record) { record.Body; } globalThis.onRecord = f;', 'function onRecord(record = {}) {}', 'function onRecord(record) { if (x) /"/.test(1); f(record); "/" }', 'function onRecord(record) { `${`"`}`; f(record); "`" }', 'function onRecord(r) { return r?.["Body"]; }',
])('%s: reads all', (javascript) => { expect(named(javascript)).toEqual(all); });

it('the declarations name every column and action', () => {
  for (const name of all) expect(languageTypes).toContain(`readonly ${name}: `);
  expect(languageTypes).toContain('"cpu-sample": { durationMs?: number; hertz?: number; means?: "auto" | "inspector" | "perf" | "jvm" | "python"');
});
