// `weir cost`: what the telemetry of a file costs a month, by the code and the arithmetic that agents and the console use. Exit code 0: all of it was
// read; 1: the report stands, but lines could not be read and are not in it; 2: there is no report, and why.
import { Option, type Command } from 'commander';
import { costReport, eventsBetween, seriesOf, suggest, toSuggestion, ruleDocumentOf, type MeasuredEvent, type SuggestionDraft } from '../../cost/index.ts';
import { costBys, signals, type CostBy, type CostReport, type PriceTable, type Signal } from '../../model/index.ts';
import { durationMs, printRule } from '../../rules/index.ts';
import { CommandFailure } from '../failure.ts';
import { CostCount, type Counted } from './cost-count.ts';
import { costInput, type CostInput } from './cost-input.ts';
import { readPrices } from './cost-prices.ts';
import { printCost, printSuggestions } from './cost-print.ts';
import { inputName } from './input.ts';
import { printLines } from './output.ts';

export interface CostOptions { readonly input: string; readonly format: 'table' | 'json'; readonly by: CostBy; readonly prices?: string; readonly over?: string; readonly suggest?: boolean; readonly top: string; readonly signal?: Signal }

export function addCostCommand(program: Command): void {
  program.command('cost')
    .description('what telemetry costs a month, and what could be saved: OTLP protobuf or JSON, or JSON lines of any logger, gzipped or not')
    .option('--input <file>', '- for standard input', '-')
    .addOption(new Option('--format <format>', 'a table for people, JSON for machines').choices(['table', 'json']).default('table'))
    .addOption(new Option('--by <what>', 'one row for each').choices([...costBys]).default('event'))
    .option('--prices <file>', 'your price table, YAML or JSON; example prices when left out')
    .option('--over <duration>', 'how much time the records are of (10m, 1h), in the place of what their times span')
    .option('--suggest', 'what could be saved, each as a rule')
    .option('--top <n>', 'rows, and suggestions', '20')
    .addOption(new Option('--signal <signal>', 'what a protobuf file holds, where its records do not show it').choices([...signals]))
    .addHelpText('after', '\nExit code 0: all of it was read; 1: the report is printed, but lines could not be read and are not in it (stderr says how many);\n2: there is no report, and stderr says why.')
    .action(async (options: CostOptions) => costCommand(options));
}

/** More are looked for where more shall be printed: the sum is of all that were found. */
const usualSuggestions = 200;

export async function costCommand(options: CostOptions): Promise<void> {
  const top = countOf(options.top);
  const over = options.over === undefined ? null : secondsOf(options.over);
  const prices = await readPrices(options.prices);
  const input = costInput(options.input, options.signal ?? null);
  const count = new CostCount(Date.now());
  for await (const { signal, bytes } of input.requests) count.add(signal, bytes, Date.now());
  const counted = count.result(Date.now());
  checkRead(options.input, input, counted);
  const overSeconds = over ?? spanOf(options.input, counted);
  const events = eventsBetween([], counted.events, overSeconds);
  const report = reportOf(events, prices, counted, { by: options.by, overSeconds, top });
  const drafts = options.suggest === true ? suggest(events, prices, { limit: Math.max(usualSuggestions, top) }) : null;
  if (input.unread > 0) {
    process.stderr.write(`weir: ${unreadWords(options.input, input)}\n`);
    process.exitCode = 1;
  }
  await (options.format === 'json' ? printLines([JSON.stringify(drafts === null ? report : { ...report, suggestions: drafts.slice(0, top).map((draft) => toSuggestion(draft, printRule)) })]) : printTables(options, input, counted, report, prices, drafts));
}

async function printTables(options: CostOptions, input: CostInput, counted: Counted, report: CostReport, prices: PriceTable, drafts: readonly SuggestionDraft[] | null): Promise<void> {
  const head = {
    name: inputName(options.input), what: `${input.kind ?? ''}: ${recordWords(counted)}`, span: spanWords(counted, report.overSeconds, options.over !== undefined), warnings: warningsOf(report, counted, options.over !== undefined),
    pricesFrom: options.prices === undefined ? 'example prices, to be replaced by yours (--prices FILE)' : `the prices in ${options.prices}`,
  };
  const top = countOf(options.top);
  await printLines([...printCost(head, report, prices), ...(drafts === null ? [] : printSuggestions(drafts.slice(0, top), drafts, prices.currency, (draft) => printRule(ruleDocumentOf(draft))))]);
}

function reportOf(events: readonly MeasuredEvent[], prices: PriceTable, { span }: Counted, { by, overSeconds, top }: { readonly by: CostBy; readonly overSeconds: number; readonly top: number }): CostReport {
  const atUnixMs = span === null ? Date.now() : Number(span.last / 1_000_000n);
  const metrics = events.filter(({ signal }) => signal === 'metrics');
  const options = { by, overSeconds, limit: top, atUnixMs, series: metrics.length === 0 ? null : metrics.reduce((sum, event) => sum + seriesOf(event).series, 0) };
  const { totalPerMonth } = costReport(events, prices, options);
  const measured = span === null ? [] : [{ startUnixMs: atUnixMs - overSeconds * 1000, seconds: overSeconds, perMonth: totalPerMonth, savedPerMonth: 0 }];
  return { ...costReport(events, prices, { ...options, history: measured }), history: [] };
}

function checkRead(path: string, { unread, firstUnread }: CostInput, { records }: Counted): void {
  if (signals.some((signal) => records[signal] > 0)) return;
  const name = inputName(path);
  throw new CommandFailure({
    code: 'cli.nothing-read', message: unread > 0 ? `Nothing of ${name} could be read (${firstUnread}).` : `${name} holds no records.`,
    help: 'Give OTLP (protobuf or JSON) or one JSON object a line; gzip is undone.',
  });
}

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 100_000) return count;
  throw new CommandFailure({ code: 'cli.bad-count', message: `--top ${text} is no number of rows.`, help: 'Give a whole number such as 20.' });
}

function secondsOf(text: string): number {
  const ms = /^\d+(\.\d+)?(ms|[smhd])$/.test(text) ? durationMs(text) : 0;
  if (ms > 0) return ms / 1000;
  throw new CommandFailure({ code: 'cli.bad-duration', message: `--over ${text} is no duration.`, help: 'Write 30s, 10m, 1h or 1d.' });
}

/** Seconds that the records' own times span. */
function spanOf(path: string, { span }: Counted): number {
  const nanos = span === null ? 0n : span.last - span.first;
  if (nanos > 0n) return Number(nanos) / 1e9;
  throw new CommandFailure({
    code: 'cli.no-span', message: `How much time ${inputName(path)} covers is not known: its records have ${span === null ? 'no time' : 'all the same time'}, so there is no rate.`,
    help: 'Say it: --over 10m.',
  });
}

const names: Readonly<Record<Signal, readonly [one: string, more: string]>> = { logs: ['log record', 'log records'], spans: ['span', 'spans'], metrics: ['data point', 'data points'] };
const recordWords = ({ records }: Counted): string => signals.filter((signal) => records[signal] > 0).map((signal) => `${records[signal].toLocaleString('en')} ${names[signal][records[signal] === 1 ? 0 : 1]}`).join(', ');

function spanWords({ span }: Counted, seconds: number, isGiven: boolean): string {
  const took = seconds < 120 ? `${Number(seconds.toPrecision(3))} s` : seconds < 7200 ? `${Number((seconds / 60).toPrecision(3))} min` : `${Number((seconds / 3600).toPrecision(4))} h`;
  if (isGiven || span === null) return `taken as ${took}`;
  return `over ${took} (${iso(span.first)} to ${iso(span.last)})`;
}

const shortSeconds = 60;

const warningsOf = ({ overSeconds }: CostReport, { span }: Counted, isGiven: boolean): readonly string[] => [
  ...(overSeconds < shortSeconds ? [`A month is made of ${Number(overSeconds.toPrecision(3))} s here: a longer file, or --over, says more.`] : []),
  ...(span === null || span.odd === 0 || isGiven ? [] : [`${span.odd.toLocaleString('en')} ${span.odd === 1 ? 'record has no time, or one' : 'records have no time, or one'} far from all others${span.example === null ? '' : ` (such as ${iso(span.example)})`}: counted, but how much time the file covers is taken from the others.`]),
];

const iso = (time: bigint): string => new Date(Number(time / 1_000_000n)).toISOString();

const unreadWords = (path: string, { unread, firstUnread }: CostInput): string => {
  const part = firstUnread.startsWith('element') ? 'element' : 'line';
  return `${inputName(path)}: ${unread.toLocaleString('en')} ${part}${unread === 1 ? '' : 's'} could not be read and ${unread === 1 ? 'is' : 'are'} not counted (${firstUnread}).`;
};
