// Probes: telemetry where there was none. A dynamic probe is inserted into a running process (a logpoint, a uprobe, …) and ends by itself;
// a static one (syslog, a tailed file, the journal) stays until it is taken away. The agent's probe desk and `weir probe` take the same
// definitions; the server only passes them on.
import { z } from 'zod';
import { actionProblem, actionTarget, agentProcess } from './action.ts';

export const dynamicProbeKinds = ['logpoint', 'uprobe', 'usdt', 'bpftrace'] as const;
export const staticProbeKinds = ['syslog', 'file', 'journald'] as const;
export const probeKinds = [...dynamicProbeKinds, ...staticProbeKinds] as const;
export type ProbeKind = (typeof probeKinds)[number];
export type DynamicProbeKind = (typeof dynamicProbeKinds)[number];
export type StaticProbeKind = (typeof staticProbeKinds)[number];
export const isStatic = (kind: ProbeKind): kind is StaticProbeKind => (staticProbeKinds as readonly string[]).includes(kind);
export const isDynamic = (kind: ProbeKind): kind is DynamicProbeKind => (dynamicProbeKinds as readonly string[]).includes(kind);

const path = z.string().min(1).max(4096);
const attributeName = z.string().regex(/^[A-Za-z_$][\w$.]{0,99}$/, 'A name: letters, digits, underscores and dots, at most 100 characters.');
const expression = z.string().trim().min(1).max(2000);
/** `file` as people write it: a path, its end ("src/hanoi.ts") or the URL of the script; of the original where there is a source map. */
export const codePlace = z.strictObject({ file: path, /** From 1. */ line: z.number().int().min(1).max(10_000_000), /** From 1; without one the first place on the line where V8 can stop. */ column: z.number().int().min(1).optional() });
export type CodePlace = z.infer<typeof codePlace>;

/** Bounds of one captured value: levels, entries of an object or array, characters of a text, bytes of a whole hit as JSON. */
export const captureBounds = z.strictObject({ depth: z.number().int().min(0).max(5).default(2), entries: z.number().int().min(1).max(100).default(20), characters: z.number().int().min(16).max(10_000).default(256), bytes: z.number().int().min(256).max(65_536).default(4096) });
export type CaptureBounds = z.infer<typeof captureBounds>;

export const logpointKinds = ['record', 'count', 'metric', 'timer', 'snapshot'] as const;
/** `breakpoint` works everywhere and costs 85 to 400 µs a hit; `live-edit` 0.3 µs, only where V8 still has Debugger.setScriptSource (not Node 26). */
export const logpointMechanisms = ['auto', 'breakpoint', 'live-edit'] as const;
export const logpointSpec = z.strictObject({
  at: codePlace,
  /** `record`: a log record a hit; `count`: a counter, no records; `metric`: a histogram of the first expression, a number, no records;
   *  `timer`: milliseconds from `at` to `until`, a histogram; `snapshot`: a record with the frame's locals and its stack. */
  does: z.enum(logpointKinds).default('record'),
  /** Values to read, side-effect-free JavaScript in the frame's scope; `name` becomes the attribute, by default the expression itself. */
  expressions: z.array(z.strictObject({ expression, name: attributeName.optional() })).max(20).default([]),
  /** Only hits for which this is truthy. */
  condition: expression.optional(),
  /** Of a timer: where it ends, and the expression that joins start and end (same value, same run); without a key: last start. */
  until: codePlace.optional(), key: expression.optional(),
  /** Body; `{name}` is replaced by the value. Default: a short line of the values, `name=value`; the attributes have all of them. */
  message: z.string().max(1000).optional(),
  severityNumber: z.number().int().min(1).max(24).default(9),
  mechanism: z.enum(logpointMechanisms).default('auto'),
  bounds: captureBounds.prefault({}),
});
export type LogpointSpec = z.infer<typeof logpointSpec>;

/** Format: kernel documentation, Uprobe-based event tracing: `NAME=FETCH:TYPE`, FETCH such as %di, $stack0, +0(%si), $retval; TYPE u8…u64, s8…s64, x8…x64, string. */
export const uprobeArgument = z.string().regex(/^(?:[A-Za-z_]\w{0,30}=)?[-+$%@()\w]{1,100}(?::(?:[usx](?:8|16|32|64)|string|ustring|b\d+@\d+\/\d+))?$/, 'Write NAME=FETCH:TYPE, for example a=%di:s32 or path=+0(%si):string.');
export const uprobeSpec = z.strictObject({
  binary: path, /** A function of its symbol table, as `nm` or DWARF names it. */ symbol: z.string().min(1).max(1000), /** Bytes after the symbol. */ offset: z.number().int().min(0).default(0),
  arguments: z.array(uprobeArgument).max(16).default([]),
  /** On return, with `$retval`; arguments by register are of the entry then only where the kernel can (`$argN`), else refused. */
  returns: z.boolean().default(false),
  /** In the kernel, over the arguments: `a > 3 && b == 0`. Format: kernel documentation, Event tracing, filters. */
  filter: z.string().max(500).optional(),
  does: z.enum(['record', 'count', 'metric']).default('record'), severityNumber: z.number().int().min(1).max(24).default(9),
});
export type UprobeSpec = z.infer<typeof uprobeSpec>;
export const usdtSpec = z.strictObject({ binary: path, provider: z.string().regex(/^[\w-]{1,100}$/), name: z.string().regex(/^[\w-]{1,100}$/), /** Indices of arguments to read, from 0. */ arguments: z.array(z.number().int().min(0).max(9)).max(10).default([]), severityNumber: z.number().int().min(1).max(24).default(9) });
export type UsdtSpec = z.infer<typeof usdtSpec>;
/** A template of the agent's gallery with its parameters, or a program that this machine's owner allows (`actions-policy.json`). */
export const bpftraceSpec = z.strictObject({ template: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/).optional(), parameters: z.record(z.string(), z.union([z.string().max(200), z.number()])).default({}), program: z.string().max(10_000).optional(), severityNumber: z.number().int().min(1).max(24).default(9) });
export type BpftraceSpec = z.infer<typeof bpftraceSpec>;

const listenAddress = z.strictObject({ host: z.string().max(255).default('127.0.0.1'), port: z.number().int().min(0).max(65_535) });
export const syslogSpec = z.strictObject({ udp: listenAddress.optional(), tcp: listenAddress.optional(), maxMessageBytes: z.number().int().min(480).max(2 ** 20).default(65_536) });
export type SyslogSpec = z.infer<typeof syslogSpec>;
export const fileFormats = ['auto', 'json', 'logfmt', 'plain', 'cri', 'docker'] as const;
export const fileTailSpec = z.strictObject({
  /** Absolute paths and globs; what this machine's owner allows for collect-files. */
  paths: z.array(path).min(1).max(50), format: z.enum(fileFormats).default('auto'),
  /** A line that matches begins a record, the others belong to the one before. RE2 syntax. Null: one line, one record. */
  recordStart: z.string().max(500).nullable().default(null), maxRecordBytes: z.number().int().min(256).max(2 ** 20).default(65_536),
  /** Of a file that is new to the probe. */
  from: z.enum(['end', 'beginning']).default('end'), serviceName: z.string().min(1).max(255).optional(),
});
export type FileTailSpec = z.infer<typeof fileTailSpec>;
export const journaldSpec = z.strictObject({ units: z.array(z.string().min(1).max(255)).max(50).default([]), /** Least severe priority that is read, 0 to 7. */ priority: z.number().int().min(0).max(7).default(7) });
export type JournaldSpec = z.infer<typeof journaldSpec>;

export const probeSpecs = { logpoint: logpointSpec, uprobe: uprobeSpec, usdt: usdtSpec, bpftrace: bpftraceSpec, syslog: syslogSpec, file: fileTailSpec, journald: journaldSpec } as const satisfies Record<ProbeKind, z.ZodType>;
export type ProbeSpec<Kind extends ProbeKind = ProbeKind> = z.infer<(typeof probeSpecs)[Kind]>;

/** Upper bounds of a dynamic probe. Past `maxHits` or `expiresAfterMs` it ends; past the rate or the CPU share it pauses, recovers by itself, and says so. */
export const probeLimits = z.strictObject({
  expiresAfterMs: z.number().int().min(1000).max(7 * 86_400_000).default(3_600_000),
  maxHits: z.number().int().min(1).max(100_000_000).default(10_000),
  maxPerSecond: z.number().int().min(1).max(100_000).default(50),
  /** Of one core, spent in the observed process; as measured by what a hit costs. */
  maxCpuShare: z.number().min(0.0001).max(0.5).default(0.01),
});
export type ProbeLimits = z.infer<typeof probeLimits>;

const specOf = <Kind extends ProbeKind>(kind: Kind) => z.strictObject({ kind: z.literal(kind), spec: probeSpecs[kind] });
export const probeWhat = z.discriminatedUnion('kind', [specOf('logpoint'), specOf('uprobe'), specOf('usdt'), specOf('bpftrace'), specOf('syslog'), specOf('file'), specOf('journald')]);
export type ProbeWhat = z.infer<typeof probeWhat>;
export const probeName = z.string().regex(/^[a-z0-9][a-z0-9_.-]{0,62}$/i, 'Use 1 to 63 letters, digits, dots, dashes and underscores.');

/** A name from where it sits, where nobody gave one: `tower-38`, `malloc`. The console and `weir probe` name alike. */
export function probeNameFor(kind: ProbeKind, { file = '', line, symbol, template }: { readonly file?: string | undefined; readonly line?: number | undefined; readonly symbol?: string | undefined; readonly template?: string | undefined }): string {
  const text = kind === 'logpoint' ? `${(file.split(/[\\/]/).at(-1) ?? '').replace(/\.\w+$/, '')}-${line ?? ''}` : symbol ?? template ?? kind;
  const name = text.replace(/[^\w.-]+/g, '-').replace(/^[^a-z0-9]+/i, '').slice(0, 63).replace(/[-.]+$/, '');
  return name === '' ? kind : name;
}
export const probeNameOf = ({ kind, spec }: ProbeWhat): string => probeNameFor(kind, kind === 'logpoint' ? spec.at : kind === 'uprobe' ? spec : kind === 'usdt' ? { symbol: spec.name } : kind === 'bpftrace' ? spec : {});

/** What a static probe does across a restart of its agent, in words. */
export const staticKeeping: Readonly<Record<StaticProbeKind, string>> = {
  file: 'It keeps its position in each file: a restart of the agent loses nothing and, after a clean stop, repeats nothing.',
  journald: 'It keeps its position in the journal: a restart of the agent loses nothing and, after a clean stop, repeats nothing.',
  syslog: 'It keeps no position, for there is none: what is sent by UDP while the agent is away is lost; a TCP sender is told to stop, and sends on when the agent is back.',
};

/** server → agent, type `probe.insert`. `target`: null for what is of the whole machine. A target by service is every process of it, and those that start later. */
export const probeRequest = z.object({
  id: z.string().min(1).max(64), /** The event name of its records, and the name of its metrics. */ name: probeName, what: probeWhat, target: actionTarget.nullable(), limits: probeLimits.prefault({}),
  owner: z.string().max(200), createdUnixMs: z.number(), /** Why; written to the audit. */ reason: z.string().max(500).default(''),
});
export type ProbeRequest = z.infer<typeof probeRequest>;
/** server → agent, type `probe.remove`. */
export const probeRemove = z.object({ id: z.string(), why: z.string().max(500) });

/** `inserting`: not yet in the process; `active`; `paused`: over its rate or CPU bound, comes back by itself; `ended`: expiry, quota, removed by a
 *  person, rip cord, process gone; `refused`: never inserted; `failed`: it was, and broke. */
export const probeStates = ['inserting', 'active', 'paused', 'ended', 'refused', 'failed'] as const;
export type ProbeState = (typeof probeStates)[number];
/** Why it ended; `null` in the report while it has not. */
export const probeEnds = ['expired', 'quota', 'removed', 'rip-cord', 'process-gone', 'agent-stopped', 'agent-crashed', 'fault', 'refused'] as const;
export type ProbeEnd = (typeof probeEnds)[number];

/** `unit` as of the metric: `{hit}`, `ms` or `1`. Bucket i holds values up to bounds[i], past the bound before; there is one more, of what is above all. */
export const probeMeasured = z.object({ unit: z.string(), count: z.number(), sum: z.number(), min: z.number(), max: z.number(), bounds: z.array(z.number()).max(100), buckets: z.array(z.number()).max(101) });
export type ProbeMeasured = z.infer<typeof probeMeasured>;

/** One process that a probe sits in (or the machine: `process` null). */
export const probePlace = z.object({
  process: agentProcess.pick({ pid: true, startTicks: true, name: true, service: true }).nullable(), state: z.enum(probeStates), why: actionProblem.nullable(),
  /** How it was done, in words: "V8 breakpoint", "V8 live edit", "uprobe on entry". Where it really sits, for code. */
  means: z.string(), resolved: z.string().nullable(),
  hits: z.number(), /** Hits that made a record or a point. */ emitted: z.number(), /** Seen and not emitted: the rate or the size. */ suppressed: z.number(),
  /** Per second, estimated from the stretches in which it was in; null before there is one. */ trueRate: z.number().nullable(),
  /** What a hit costs the process, microseconds, and its share of one core now; measured where it can be, else null. */ costUs: z.number().nullable(), cpuShare: z.number().nullable(),
  pauses: z.number(), pausedUntilUnixMs: z.number().nullable(), firstHitUnixMs: z.number().nullable(), lastHitUnixMs: z.number().nullable(),
  /** The last hits, newest last, at most 20: values at the line. Redacted. */
  latest: z.array(z.object({ unixMs: z.number(), values: z.record(z.string(), z.unknown()), /** Of a snapshot: frames from the innermost, `function (file:line)`; at most 30. */ stack: z.array(z.string()).max(30).optional() })).max(20),
  /** Of a counter, metric or timer: all that was measured since it went in; a counter has neither bounds nor buckets. Absent where nothing is measured, or by an agent that does not tell. */
  measured: probeMeasured.optional(),
});
export type ProbePlace = z.infer<typeof probePlace>;
/** agent → server, type `probe.report`: at each change, and once a second while it is hit. The whole truth so far. */
export const probeReport = z.object({
  id: z.string(), name: z.string(), what: probeWhat, target: actionTarget.nullable(), limits: probeLimits, owner: z.string(), reason: z.string(), createdUnixMs: z.number(),
  state: z.enum(probeStates), end: z.enum(probeEnds).nullable(), why: actionProblem.nullable(), expiresUnixMs: z.number().nullable(), endedUnixMs: z.number().nullable(),
  hits: z.number(), emitted: z.number(), suppressed: z.number(), places: z.array(probePlace).max(100), notes: z.array(z.string().max(500)).max(20),
});
export type ProbeReport = z.infer<typeof probeReport>;

/** Before it is inserted; touches nothing lasting (a logpoint's preview opens the inspector for a moment to check the expressions). */
export const probePreviewRequest = z.object({ ask: z.string(), what: probeWhat, target: actionTarget.nullable() });
export const probePreview = z.object({
  processes: z.array(agentProcess.pick({ pid: true, startTicks: true, name: true, service: true })), means: z.string(), /** Where it will really sit. */ resolved: z.string().nullable(),
  /** Exactly what it reads, as the process will evaluate it. */ reads: z.array(z.string()),
  costUs: z.number().nullable(),
  /** 0 (none) to 4 (severe), as rules have them. */
  risk: z.object({ reliability: z.number(), performance: z.number(), privacy: z.number(), cost: z.number(), complexity: z.number(), reasons: z.array(z.string()) }),
  /** Why it would be refused; empty when it would go in. */
  problems: z.array(actionProblem),
});
export type ProbePreview = z.infer<typeof probePreview>;

// Looking into a process: agent requests by type, each with an `ask` that comes back.
/** `probe.scripts` → `probe.scripts-report`: files that run in a Node process; originals of a source map in place of the generated one. */
export const processScripts = z.object({ files: z.array(z.object({ /** To ask for its source. */ id: z.string(), path: z.string(), /** Where there is a source map: the script it is built into. */ generated: z.string().nullable(), kind: z.enum(['own', 'dependency', 'runtime']) })), more: z.number(), problem: actionProblem.nullable() });
export type ProcessScripts = z.infer<typeof processScripts>;
/** `probe.source` → `probe.source-report`: one file's text, and the lines (from 1) where a logpoint can sit. Not redacted: it is code; role-gated. */
export const processSource = z.object({ path: z.string(), text: z.string(), cut: z.boolean(), lines: z.array(z.number()), problem: actionProblem.nullable() });
export type ProcessSource = z.infer<typeof processSource>;
/** `probe.symbols` → `probe.symbols-report`: functions of a binary (`binary` or the executable and libraries of a process) whose name contains `text`. */
export const binarySymbols = z.object({ binaries: z.array(z.string()), symbols: z.array(z.object({ binary: z.string(), name: z.string(), /** Demangled. */ shown: z.string(), address: z.string(), size: z.number(), /** From DWARF where there is one: parameter names and types, and the fetch arguments that read them. */ parameters: z.array(z.object({ name: z.string(), type: z.string(), argument: z.string().nullable() })).nullable(), place: z.string().nullable() })), usdt: z.array(z.object({ binary: z.string(), provider: z.string(), name: z.string() })), more: z.number(), problem: actionProblem.nullable() });
export type BinarySymbols = z.infer<typeof binarySymbols>;
/** `probe.gallery` → `probe.gallery-report`: templates of this machine, and what it lacks. */
export const probeGallery = z.object({ templates: z.array(z.object({ name: z.string(), title: z.string(), description: z.string(), program: z.string(), parameters: z.array(z.object({ name: z.string(), label: z.string(), default: z.union([z.string(), z.number()]) })), /** What it costs the machine. */ risk: z.enum(['low', 'medium', 'high']), /** What it tells of people; absent where the agent does not say. */ privacy: z.enum(['low', 'medium', 'high']).optional(), riskReason: z.string() })), /** Kind to null, or to what is missing and how to get it. */ kinds: z.record(z.string(), actionProblem.nullable()) });
export type ProbeGallery = z.infer<typeof probeGallery>;
const ask = z.object({ ask: z.string() });
export const probeScriptsRequest = ask.extend({ target: actionTarget });
export const probeSourceRequest = ask.extend({ target: actionTarget, file: z.string().min(1).max(4096) });
export const probeSymbolsRequest = ask.extend({ target: actionTarget.nullable(), binary: path.nullable(), text: z.string().max(500) });
export const probeGalleryRequest = ask;
export const probeScriptsReport = processScripts.extend({ ask: z.string() });
export const probeSourceReport = processSource.extend({ ask: z.string() });
export const probeSymbolsReport = binarySymbols.extend({ ask: z.string() });
export const probeGalleryReport = probeGallery.extend({ ask: z.string() });
export const probePreviewResult = ask.extend({ preview: probePreview });

// REST: POST /probes (startProbe) · GET /probes?state&agent · GET /probes/{id} · DELETE /probes/{id} · POST /agents/{id}/probes/preview
//       GET /agents/{id}/probes/{scripts,source,symbols,gallery}?pid&startTicks&…
export const startProbe = z.object({
  agent: z.string(), name: probeName, what: probeWhat, target: actionTarget.nullable().default(null), limits: probeLimits.prefault({}), reason: z.string().max(500).default(''),
});
export type StartProbe = z.input<typeof startProbe>;
export const fleetProbe = probeReport.extend({ agent: z.object({ id: z.string(), name: z.string(), connected: z.boolean() }) });
export type FleetProbe = z.infer<typeof fleetProbe>;
export const fleetProbes = z.object({ probes: z.array(fleetProbe), more: z.number() });
export type FleetProbes = z.infer<typeof fleetProbes>;
