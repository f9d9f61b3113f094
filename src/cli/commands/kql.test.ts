// `weir kql` as a person runs it: the real program over real input.
import { expect, test } from 'vitest';
import { temporaryFiles } from '../testing/files.ts';
import { runWeirHere } from '../testing/run-weir-here.ts';
import { ended, jsonLines, runWeir, startWeir } from '../testing/run-weir.ts';

const file = temporaryFiles();
const kql = (query: string, input: string) => runWeir(['kql', query], { input });

/** Without a process of its own: the language service is loaded once for all. */
const kqlHere = (query: string, input: string) => runWeirHere(['kql', query], { input });

test('counts by a column, from standard input', async () => {
  const { code, stdout, stderr } = await kql('source | where level == "error" | summarize n = count() by service | sort by n', '{"level":"error","service":"a"}\n{"level":"info","service":"a"}\n{"level":"error","service":"b"}\n{"level":"error","service":"b"}\n');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toBe('{"service":"b","n":2}\n{"service":"a","n":1}\n');
});

test('reads a file with a byte order mark, CRLF, empty lines and no newline at its end', async () => {
  const { code, stdout } = await runWeirHere(['kql', 'source | extend next = a + 1', '--input', file('rows.jsonl', '\uFEFF{"a":1}\r\n\r\n   \r\n{"a":2}')]);
  expect([code, stdout]).toEqual([0, '{"a":1,"next":2}\n{"a":2,"next":3}\n']);
});

test('rows keep their order and come out as they went in: nulls, nested values, text', async () => {
  const rows = ['{"a":null,"b":[1,{"c":"ü\\u0000"}],"d":1.5,"e":true,"f":"x","g":{}}', '{"z":1}', '{"a":"second"}'];
  const { stdout } = await kqlHere('source', rows.join('\n'));
  expect(jsonLines(stdout)).toEqual(rows.map((row) => JSON.parse(row)));
});

test('integers beyond 2^53 keep every digit, alone, nested and in sums', async () => {
  const { stdout } = await kqlHere('source | extend more = id + 1', '{"id":9007199254740993,"deep":{"list":[-9007199254740995]},"text":"9007199254740993"}');
  expect(stdout).toBe('{"id":9007199254740993,"deep":{"list":[-9007199254740995]},"text":"9007199254740993","more":9007199254740994}\n');
});

test('types come from the rows: division of whole numbers is whole, of reals real', async () => {
  const { stdout } = await kqlHere('source | project whole = i / 2, part = r / 2, day = startofday(todatetime(t))', '{"i":7,"r":7.5,"t":"2026-03-01T13:00:00Z"}');
  expect(jsonLines(stdout)).toEqual([{ whole: 3, part: 3.75, day: expect.stringMatching(/^2026-03-01T00:00:00/) }]);
});

test('no rows at all is an answer, not an error', async () => {
  expect(await kqlHere('source | summarize n = count(), sum = sum(toreal(a))', '')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\{"n":0,"sum":(0|null)\}\n$/), stderr: '' });
  expect(await kqlHere('source | where a == 1', '\n\n')).toEqual({ code: 0, stdout: '', stderr: '' });
});

/** What a person types, over the same rows, and what comes back. */
const requests = [
  '{"at":"2026-03-01T10:00:01Z","svc":"web","ms":12,"msg":"GET /a took 12ms","tags":["x","y"]}',
  '{"at":"2026-03-01T10:00:59Z","svc":"web","ms":40,"msg":"GET /b took 40ms","tags":[]}',
  '{"at":"2026-03-01T10:01:00Z","svc":"cart","ms":7.5,"msg":"started","tags":["z"]}',
  '{"at":"2026-03-01T10:02:00Z","svc":"cart","msg":"GET /c took 9ms"}',
].join('\n');

test.each<readonly [string, string, readonly string[]]>([
  ['filters and chooses columns', 'source | where ms > 10 | project svc, ms', ['{"svc":"web","ms":12}', '{"svc":"web","ms":40}']],
  ['a missing column is null', 'source | where isnull(ms) | project svc, ms', ['{"svc":"cart","ms":null}']],
  ['sorts descending, nulls last', 'source | sort by ms | project ms', ['{"ms":40}', '{"ms":12}', '{"ms":7.5}', '{"ms":null}']],
  ['top', 'source | top 1 by ms asc nulls last | project svc', ['{"svc":"cart"}']],
  ['groups and computes with aggregates', 'source | summarize n = count(), spread = max(ms) - min(ms) by svc', ['{"svc":"web","n":2,"spread":28}', '{"svc":"cart","n":2,"spread":0}']],
  ['bins of time', 'source | summarize n = count() by bin(todatetime(at), 1m)', ['{"at":"2026-03-01T10:00:00.0000000Z","n":2}', '{"at":"2026-03-01T10:01:00.0000000Z","n":1}', '{"at":"2026-03-01T10:02:00.0000000Z","n":1}']],
  ['percentiles', 'source | summarize percentiles(ms, 50, 100)', ['{"percentile_ms_50":12,"percentile_ms_100":40}']],
  ['the row of the largest value', 'source | summarize arg_max(ms, msg)', ['{"ms":40,"msg":"GET /b took 40ms"}']],
  ['distinct', 'source | distinct svc', ['{"svc":"web"}', '{"svc":"cart"}']],
  ['takes text apart', 'source | parse-where msg with "GET " path " took " took:long "ms" | project path, took', ['{"path":"/a","took":12}', '{"path":"/b","took":40}', '{"path":"/c","took":9}']],
  ['expands arrays', 'source | mv-expand tag = tags to typeof(string) | where isnotempty(tag) | project svc, tag', ['{"svc":"web","tag":"x"}', '{"svc":"web","tag":"y"}', '{"svc":"cart","tag":"z"}']],
  ['unites, and reads its input once', 'source | summarize n = count() by svc | union (source | count | project n = Count, svc = "all")', ['{"svc":"web","n":2}', '{"svc":"cart","n":2}', '{"svc":"all","n":4}']],
  ['let', 'let bound = 10; source | where ms > bound | count', ['{"Count":2}']],
  ['sample', 'source | sample 2 | count', ['{"Count":2}']],
  ['take', 'source | take 1 | project svc', ['{"svc":"web"}']],
  ['extracts with a regular expression', 'source | extend took = extract(@"took (\\d+)ms", 1, msg, typeof(long)) | where took > 10 | project took', ['{"took":12}', '{"took":40}']],
])('%s', async (_, query, wanted) => {
  const { stdout, stderr } = await kqlHere(query, requests);
  expect(stderr).toBe('');
  expect(stdout.trimEnd().split('\n')).toEqual(wanted);
});

test.each<readonly [string, string, RegExp]>([
  ['an operator of KQL that Weir does not run', 'source | join source on svc', /join/],
  ['a regular expression that would fill the memory', 'source | where msg matches regex "(x{1000}){1000}"', /too large/],
  ['a regular expression that is none', 'source | where msg matches regex "("', /RE2/],
  ['a wrong type', 'source | where svc > 5', /long|string/],
  ['another table', 'source | union Spans', /Spans/],
])('%s is refused plainly', async (_, query, words) => {
  const { code, stdout, stderr } = await kqlHere(query, requests);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(words);
});

test('a column that no row has is warned about, and reads as null', async () => {
  const { code, stdout, stderr } = await kqlHere('source | where isnull(levle) and Level == "x"', '{"level":"x"}\n{"Level":"x"}');
  expect([code, stdout]).toEqual([0, '{"Level":"x"}\n']);
  expect(stderr).toBe('weir: warning: no row read from standard input has a column "levle"; missing values read as null.\n');
});

test('a line that is not a JSON object ends it with code 2 and its number', async () => {
  for (const [line, what] of [['{bad', /line 3: not JSON/], ['null', /line 3: a JSON object is needed, not null/]] as const) {
    const path = file('bad.jsonl', `{"a":1}\n\n${line}\n{"a":2}\n`);
    const { code, stderr } = await runWeirHere(['kql', 'source | where a > 0', '--input', path]);
    expect(code).toBe(2);
    expect(stderr).toMatch(what);
    expect(stderr).toContain(path);
  }
});

test('what is wrong with a query is pointed at', async () => {
  const { code, stdout, stderr } = await kql('source\n| where a > 1\n| frobnicate a', '{"a":1}');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('   3 | | frobnicate a\n     |   ^^^^^^^^^^\n');
});

test('a wrong type, an unknown table and an empty query are errors', async () => {
  for (const query of ['Records | count', '', 'source | invoke drop()']) {
    const { code, stderr } = await kqlHere(query, '{"a":1}');
    expect([query, code], stderr).toEqual([query, 2]);
    expect(stderr).toMatch(/^weir: The query is not valid KQL\.\n\n {3}1 \|/);
  }
});

test('a file that cannot be read is said plainly', async () => {
  expect((await runWeirHere(['kql', 'source', '--input', '/nonexistent/rows.jsonl']))).toMatchObject({ code: 2, stderr: expect.stringContaining('Cannot read /nonexistent/rows.jsonl: there is no such file.') });
  expect((await runWeirHere(['kql', 'source', '--input', import.meta.dirname]))).toMatchObject({ code: 2, stderr: expect.stringContaining('it is a folder') });
});

test('a reader that has enough ends it quietly', async () => {
  const child = startWeir(['kql', 'source'], { input: '{"a":1}\n'.repeat(200_000) });
  child.stdout?.once('data', () => child.stdout?.destroy());
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => { stderr += chunk.toString(); });
  expect((await ended(child)).code).toBe(0);
  expect(stderr).toBe('');
});

test('the tables of rules are other names of the rows', async () => {
  expect(await kqlHere('Logs | where ms > 10 | count', requests)).toEqual({ code: 0, stdout: '{"Count":2}\n', stderr: '' });
  expect((await kqlHere('Spans | take 1 | project svc | union (source | take 1 | project svc)', requests)).stdout).toBe('{"svc":"web"}\n{"svc":"web"}\n');
  expect((await kqlHere('union * | count', requests)).stdout).toBe('{"Count":4}\n');
  expect(await kqlHere('Logs | union Spans | count', requests)).toMatchObject({ code: 2, stderr: expect.stringContaining('no rows of Spans here') });
});

test('columns of the names that JavaScript gives a meaning are plain columns', async () => {
  const { stdout, stderr } = await kqlHere('source | where hasOwnProperty > 0 | extend sum = ["__proto__"] + constructor', '{"hasOwnProperty":1,"__proto__":2,"constructor":3}');
  expect([stdout, stderr]).toEqual(['{"hasOwnProperty":1,"__proto__":2,"constructor":3,"sum":5}\n', '']);
});

test('expanding without bound ends with a reason', async () => {
  const { code, stderr } = await kqlHere('source | mv-expand a = range(1, 1000000) | mv-expand b = range(1, 1000000) | where b < 0', '{"x":1}');
  expect([code, stderr]).toEqual([2, expect.stringContaining('more than 2,000,000 rows')]);
});
