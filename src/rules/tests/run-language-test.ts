// One test of a language rule: records at their times in, what the script hands out compared. Nothing is started, and each test begins
// with an empty state.
import { failure, ok, type Failure, type Result } from '../../base/index.ts';
import { emittedLogs, MetricBook, type LanguageOutputs, type VmModule } from '../../engine/language/index.ts';
import type { LanguageTest, Signal } from '../../model/index.ts';
import { codec, type MetricPoint } from '../../otlp/index.ts';
import { ScriptReplay } from '../language/index.ts';
import type { CompiledLanguage } from '../types.ts';
import { bagOf, decodeRecords, equal, firstDifference, show, showRecord, shorten, type DecodedRecord } from './compare.ts';
import { encodeRecord } from './encode-records.ts';
import { timed, testStartUnixNano, type TimedRecord } from './timing.ts';

const signalOf: Readonly<Record<string, Signal>> = { Logs: 'logs', Spans: 'spans', Metrics: 'metrics' };
const maxSeries = 10_000;

interface Outcome { readonly records: readonly DecodedRecord[]; readonly points: readonly MetricPoint[]; readonly actions: readonly string[]; readonly errors: readonly string[] }

/** The differences, one readable block each; none when the test passes. `vm` is this test's alone. */
export function runLanguageTest(rule: CompiledLanguage, { given, expect }: LanguageTest, vm: VmModule): readonly string[] {
  const ran = run(rule, given, vm);
  if (!ran.ok) return [ran.error.help === undefined ? ran.error.message : `${ran.error.message} ${ran.error.help}`];
  const { records, points, actions, errors } = ran.value;
  return [
    ...errorDifferences(expect.error, errors),
    ...(expect.records === undefined ? [] : recordDifferences(expect.records, records)),
    ...(expect.metrics === undefined ? [] : pointDifferences(expect.metrics, points)),
    ...(expect.actions === undefined || expect.actions.join() === actions.join() ? [] : [`actions: expected ${expect.actions.join(', ') || 'none'}, came ${actions.join(', ') || 'none'}`]),
  ];
}

/** What the script makes of given records now, as a test would expect it. */
export function expectedOfLanguage(rule: CompiledLanguage, given: LanguageTest['given'], vm: VmModule): Result<LanguageTest['expect'], Failure> {
  const ran = run(rule, given, vm);
  if (!ran.ok) return ran;
  const { records, points, actions, errors } = ran.value;
  const [error] = errors;
  return ok({
    ...(error !== undefined && { error }), records: records.map(expectedRecord),
    ...(points.length > 0 && { metrics: points.map(({ name, value, attributes }) => ({ name, value: Number(value), ...(Object.keys(attributes).length > 0 && { attributes: { ...attributes } }) })) }),
    ...(actions.length > 0 && { actions: [...actions] }),
  });
}

/** Without what the engine adds to each. */
function expectedRecord({ columns }: DecodedRecord): Readonly<Record<string, unknown>> {
  const { 'weir.rule.name': _, ...attributes } = bagOf(columns['Attributes']);
  const { EventName, Body, SeverityNumber } = columns;
  return { ...(EventName !== undefined && { EventName }), ...(Body !== undefined && { Body }), ...(SeverityNumber !== undefined && { SeverityNumber: Number(SeverityNumber) }), ...attributes };
}

function run(rule: CompiledLanguage, given: LanguageTest['given'], vm: VmModule): Result<Outcome, Failure> {
  const times = timed(given);
  if (!times.ok) return times;
  const made = ScriptReplay.create(rule, vm);
  if (!made.ok) return made;
  const outputs: LanguageOutputs[] = [];
  for (const [index, one] of times.value.entries()) {
    const fed = feedOne(made.value, one);
    if (!fed.ok) return failure(fed.error.code, `given ${index + 1}: ${fed.error.message}`, fed.error.help);
    outputs.push(...fed.value);
  }
  return ok(outcomeOf(rule.name, outputs));
}

function feedOne(replay: ScriptReplay, { record, atUnixNano, isPause }: TimedRecord): Result<readonly LanguageOutputs[], Failure> {
  const ticked = replay.advance(atUnixNano).map(({ outputs }) => outputs);
  if (isPause) return ok(ticked);
  const signal = signalOf[String(record['table'] ?? 'Logs')];
  if (signal === undefined) return failure('rule.test-record', `table is Logs, Spans or Metrics, not ${show(record['table'])}.`);
  const bytes = encodeRecord(signal, record, atUnixNano);
  if (!bytes.ok) return bytes;
  const walked = codec.walk(signal, bytes.value);
  if (!walked.ok) return walked;
  return ok(replay.wants(walked.value, 0) ? [...ticked, ...replay.feed(walked.value, 0).map(({ outputs }) => outputs)] : ticked);
}

function outcomeOf(name: string, all: readonly LanguageOutputs[]): Outcome {
  const book = new MetricBook(maxSeries, testStartUnixNano);
  for (const outputs of all) book.add(outputs);
  return {
    records: all.flatMap((outputs) => { const bytes = emittedLogs(outputs, name, {}); return bytes === null ? [] : decodeRecords('logs', bytes); }),
    points: book.flush(testStartUnixNano).flatMap(({ points }) => points),
    actions: all.flatMap(({ actions }) => actions.map(({ action }) => action)),
    errors: all.flatMap(({ error, stop }) => [...(stop === null ? [] : [stop.reason]), ...(error === null ? [] : [error.line === null ? error.message : `${error.message} (line ${error.line}, column ${error.column ?? 1})`])]),
  };
}

function errorDifferences(expected: string | undefined, [first, ...more]: readonly string[]): readonly string[] {
  if (expected === undefined) return first === undefined ? [] : [`the script failed${more.length === 0 ? '' : `, ${more.length + 1} times`}: ${first}`];
  if (first === undefined) return [`error: expected one with ${show(expected)}, but the script did not fail`];
  return [first, ...more].some((error) => error.includes(expected)) ? [] : [`error: expected one with ${show(expected)}, came ${show(first)}`];
}

type ExpectedPoint = NonNullable<LanguageTest['expect']['metrics']>[number];

function recordDifferences(expected: LanguageTest['given'], came: readonly DecodedRecord[]): readonly string[] {
  const wrong = expected.slice(0, came.length).flatMap((record, i) => {
    const difference = firstDifference(record, came[i]!);
    return difference === null ? [] : [`record ${i + 1}: ${difference}\n  expected ${shorten(show(record))}\n  came     ${showRecord(came[i]!, Object.keys(record))}`];
  });
  if (expected.length === came.length) return wrong;
  const first = came.length > expected.length ? `\n  the first too many: ${showRecord(came[expected.length]!)}` : `\n  the first that is missing: ${shorten(show(expected[came.length]))}`;
  return [`expected ${expected.length} emitted record${expected.length === 1 ? '' : 's'}, ${came.length === 0 ? 'none' : came.length} came${first}`, ...wrong.slice(0, 5)];
}

function pointDifferences(expected: readonly ExpectedPoint[], came: readonly MetricPoint[]): readonly string[] {
  const left = [...came];
  const missing = expected.filter((point) => {
    const at = left.findIndex((one) => pointMatches(point, one));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  if (missing.length > 0) return missing.map((point) => `no metric ${show(point)} was made${left.length === 0 ? '' : `\n  came     ${left.slice(0, 3).map(showPoint).join('\n           ')}`}`);
  return left.length === 0 ? [] : [`expected ${expected.length} metric${expected.length === 1 ? '' : 's'}, ${came.length} were made\n  the first too many: ${showPoint(left[0]!)}`];
}

/** A script makes sums and gauges: what has a count is a histogram, and never comes. */
const pointMatches = ({ name, value, count, attributes = {} }: ExpectedPoint, point: MetricPoint): boolean =>
  count === undefined && (name === undefined || name === point.name) && (value === undefined || equal(value, point.value)) && Object.entries(attributes).every(([key, one]) => equal(one, point.attributes[key] ?? null));

const showPoint = ({ name, value, attributes }: MetricPoint): string => show({ name, value, attributes });
