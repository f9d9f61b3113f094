// Rule files for `weir rules run`: every field of a rule document is accepted, and what cannot be run is refused by name.
import { expect, test } from 'vitest';
import { temporaryFiles } from '../testing/files.ts';
import { loadRule } from './rule-file.ts';

const file = temporaryFiles();

test('bare KQL is named by its file; a document by its name, with its order and targets', async () => {
  expect(await loadRule(file('drop-noise.kql', '\uFEFFLogs\r\n| invoke drop()'), 'rule-1')).toMatchObject({ id: 'rule-1', name: 'drop-noise', order: 100, version: 1, mode: 'live', plan: { table: 'Logs' }, targets: null });
  expect(await loadRule(file('Drop Noise_2.kql', 'Logs | invoke drop()'), 'rule-1')).toMatchObject({ name: 'drop-noise-2' });
  expect(await loadRule(file('a.yaml', 'name: other\norder: 7\ntargets: ServiceName == "a"\nkql: Spans | invoke drop()'), 'rule-2')).toMatchObject({ name: 'other', order: 7, plan: { table: 'Spans' }, targets: { operators: [{ op: 'where' }] } });
  expect(await loadRule(file('unnamed.yml', 'kql: Logs | invoke drop()'), 'rule-3')).toMatchObject({ name: 'unnamed' });
  expect(await loadRule(file('as.json', '{"weir":1,"name":"from-json","kql":"Logs | invoke drop()"}'), 'rule-4')).toMatchObject({ name: 'from-json' });
  expect(await loadRule(file('document.txt', '# a rule\nname: text\nkql: Logs | invoke drop()'), 'rule-5')).toMatchObject({ name: 'text' });
});

const refused: readonly (readonly [string, string, RegExp])[] = [
  ['machine.yaml', 'weir: 1\nkind: state-machine\nname: net\ninitial: idle\nstates: { idle: {} }\n', /machine\.yaml: a rule of kind "state-machine" cannot be run over a file/],
  ['version.yaml', 'weir: 2\nname: a\nkql: Logs | invoke drop()\n', /version\.yaml:1:7: error: weir: 2 is not a version/],
  ['typo.yaml', 'name: a\noder: 5\nkql: Logs | invoke drop()\n', /typo\.yaml:2:1: error: There is no field "oder".*Did you mean order/],
  ['empty.yaml', '', /There is no rule document here/],
  ['list.yaml', '- a\n- b\n', /There is no rule document here/],
  ['nokql.yaml', 'name: a\n', /The field kql is missing/],
  ['broken.yaml', 'name: [a\nkql: x', /broken\.yaml is not a valid rule/],
  ['name.yaml', 'name: Not A Name\nkql: Logs | invoke drop()\n', /Use 1 to 63 lower-case/],
  ['order.yaml', 'name: a\norder: soon\nkql: Logs | invoke drop()\n', /order must be a number/],
  ['column.kql', 'Logs | where strlen(SeverityNumber, 1) > 1 | invoke drop()', /column\.kql is not valid KQL[\s\S]*\^/],
  ['sinkless.kql', 'Logs | where EventName == "x"', /sinkless\.kql is not valid KQL/],
  ['blank.kql', '\n', /blank\.kql is not valid KQL/],
  ['huge.kql', `Logs | where EventName == "${'x'.repeat(1 << 20)}" | invoke drop()`, /huge\.kql: The file is larger than \d+ KiB/],
];
test.each(refused)('%s is refused', async (name, text, message) => {
  await expect(loadRule(file(name, text), 'rule-1')).rejects.toThrow(message);
});

test('a file that is not there is said plainly', async () => {
  await expect(loadRule('/nonexistent.kql', 'rule-1')).rejects.toThrow('Cannot read /nonexistent.kql: there is no such file.');
});
