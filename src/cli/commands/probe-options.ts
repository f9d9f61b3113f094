// Options of `weir probe …` as typed, and the probe that they mean.
import { probeLimits, probeName, probeNameOf, probeWhat, splitExpressions, type ActionTarget, type DynamicProbeKind, type ProbeLimits, type ProbeWhat } from '../../model/index.ts';
import { CommandFailure } from '../failure.ts';

export interface ProbeOptions {
  readonly pid?: string; readonly match?: string; readonly service?: string;
  readonly for?: string; readonly max?: string; readonly rate?: string; readonly maxCpu?: string; readonly name?: string;
  readonly at?: string; readonly expr?: string; readonly when?: string; readonly message?: string; readonly mechanism?: string;
  readonly snapshot?: boolean; readonly count?: boolean; readonly metric?: boolean; readonly until?: string; readonly key?: string;
  readonly bin?: string; readonly symbol?: string; readonly offset?: string; readonly args?: readonly string[]; readonly ret?: boolean; readonly filter?: string; readonly provider?: string;
  readonly template?: string; readonly program?: string; readonly param?: readonly string[];
}

export interface AskedProbe { readonly what: ProbeWhat; readonly name: string; readonly target: ActionTarget | null; readonly limits: ProbeLimits }

const [defaultForMs, defaultMax] = [10_000, 100];

export function askedProbe(kind: DynamicProbeKind, options: ProbeOptions): AskedProbe {
  const what = checked(probeWhat.safeParse({ kind, spec: withoutGaps(specs[kind](options)) }));
  return { what, name: options.name === undefined ? probeNameOf(what) : nameOf(options.name), target: targetOf(options), limits: limitsOf(kind, options) };
}

const specs: { readonly [Kind in DynamicProbeKind]: (options: ProbeOptions) => Record<string, unknown> } = {
  logpoint: ({ at, expr, when, message, mechanism, until, key, ...does }) => ({
    at: place('--at', at), does: doesOf({ ...does, ...(until === undefined ? {} : { until }) }), expressions: expr === undefined ? undefined : splitExpressions(expr).map((expression) => ({ expression })),
    condition: when, message, mechanism, until: until === undefined ? undefined : untilPlace(until, at), key,
  }),
  uprobe: ({ bin, symbol, offset, args, ret, filter, count, metric }) => ({
    binary: bin, symbol, offset: offset === undefined ? undefined : whole('--offset', offset), arguments: args === undefined ? undefined : listed(args), returns: ret, filter, does: count === true ? 'count' : metric === true ? 'metric' : undefined,
  }),
  usdt: ({ bin, provider, symbol, args }) => ({ binary: bin, provider, name: symbol, arguments: args === undefined ? undefined : listed(args).map((one) => whole('--args', one)) }),
  bpftrace: ({ template, program, param = [] }) => ({ template, program, parameters: Object.fromEntries(param.map(pair)) }),
};

function doesOf({ snapshot, count, metric, until }: Pick<ProbeOptions, 'snapshot' | 'count' | 'metric' | 'until'>): string {
  const chosen = [snapshot === true && 'snapshot', count === true && 'count', metric === true && 'metric', until !== undefined && 'timer'].filter((one) => one !== false);
  if (chosen.length > 1) throw bad('--snapshot, --count, --metric and --until exclude each other.');
  return chosen[0] ?? 'record';
}

/** FILE:LINE or FILE:LINE:COLUMN. */
function place(option: string, text: string | undefined): { file: string; line: number; column?: number } {
  const [, file, line, column] = /^(.+?):(\d{1,8})(?::(\d{1,8}))?$/.exec(text ?? '') ?? [];
  if (file === undefined) throw bad(`${option} "${text ?? ''}" is not a place such as src/hanoi.ts:12 or src/hanoi.ts:12:5.`);
  return { file, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
}

/** LINE or LINE:COLUMN is of the file of --at. */
const untilPlace = (until: string, at: string | undefined): ReturnType<typeof place> => place('--until', /^\d{1,8}(?::\d{1,8})?$/.test(until) ? `${place('--at', at).file}:${until}` : until);

/** Given one by one, or with commas or spaces. */
const listed = (args: readonly string[]): string[] => args.flatMap((one) => one.split(/[,\s]+/)).filter((one) => one !== '');

function pair(text: string): [string, string | number] {
  const cut = text.indexOf('=');
  if (cut < 1) throw bad(`--param "${text}" is not of the form name=value.`);
  const value = text.slice(cut + 1);
  return [text.slice(0, cut), /^-?\d{1,15}$/.test(value) ? Number(value) : value];
}

/** A function of a binary is found in the program of the process where no binary is named. */
export function wantsProgram(kind: DynamicProbeKind, options: ProbeOptions): boolean {
  if ((kind !== 'uprobe' && kind !== 'usdt') || options.bin !== undefined) return false;
  if (targetOf(options) === null) throw new CommandFailure({ code: 'cli.no-binary', message: `A ${kind} needs the program or library that has the function, and neither one nor a process is named.`, help: 'Name it with --bin PATH, or name the process with --pid or --match: then it is the program that this runs.' });
  return true;
}

export function targetOf({ pid, match, service }: ProbeOptions): ActionTarget | null {
  if (pid === undefined && match === undefined && service === undefined) return null;
  return { ...(pid === undefined ? {} : { pid: whole('--pid', pid) }), ...(match === undefined ? {} : { match }), ...(service === undefined ? {} : { service }) };
}

function limitsOf(kind: DynamicProbeKind, options: ProbeOptions): ProbeLimits {
  return checked(probeLimits.safeParse({
    expiresAfterMs: options.for === undefined ? defaultForMs : milliseconds('--for', options.for), maxHits: options.max === undefined ? defaultMax : whole('--max', options.max),
    maxPerSecond: options.rate === undefined ? kind === 'logpoint' ? 50 : 1000 : whole('--rate', options.rate), ...(options.maxCpu === undefined ? {} : { maxCpuShare: share(options.maxCpu) }),
  }));
}

const nameOf = (text: string): string => checked(probeName.safeParse(text));

function milliseconds(option: string, text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  if (number === undefined || unit === undefined) throw bad(`${option} "${text}" is not a duration such as 500ms, 5s or 2m.`);
  return Math.max(1000, Math.round(Number(number) * { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit as 'ms' | 's' | 'm' | 'h']));
}

function share(text: string): number {
  const [, percent] = /^(\d+(?:\.\d+)?)\s?%$/.exec(text) ?? [];
  if (percent === undefined) throw bad(`--max-cpu "${text}" is not a share of one core such as 1%.`);
  return Number(percent) / 100;
}

function whole(option: string, text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw bad(`${option} "${text}" is not a whole number.`);
  return Number(text);
}

const withoutGaps = (spec: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));
const bad = (message: string): CommandFailure => new CommandFailure({ code: 'cli.bad-option', message });

type Parsed<T> = { readonly success: true; readonly data: T } | { readonly success: false; readonly error: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] } };
function checked<T>(parsed: Parsed<T>): T {
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw bad(`${issue?.path.map(String).join('.').replace(/^spec\./, '') || 'What was asked for'} cannot be used: ${issue?.message ?? 'not understood'}`);
}
