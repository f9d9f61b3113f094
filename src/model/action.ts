// Diagnostic actions: what can be done to a running process or its machine, asked for by a person, a net, an incident or a terminal.
// The agent's action runner and `weir action` take the same requests and give the same reports.
import { z } from 'zod';
import { artifactMeta } from './artifact.ts';

export const actionNames = [
  'cpu-sample', 'heap-sample', 'memory-dump', 'verbose-logs', 'packet-capture', 'collect-config', 'collect-state', 'collect-files',
  'diagnostic-command', 'collect-recorder', 'start-recorder', 'stop-recorder',
] as const;
export const actionName = z.enum(actionNames);
export type ActionName = z.infer<typeof actionName>;

/** Which process it is about. A pid is only taken together with `startTicks` (field 22 of /proc/PID/stat) when the asker knew it: pids
 *  are used again. `match` is a text in the command line, `service` what the process calls itself in its telemetry. */
export const actionTarget = z.strictObject({
  pid: z.number().int().positive().optional(), startTicks: z.number().int().nonnegative().optional(),
  service: z.string().min(1).max(255).optional(), match: z.string().min(1).max(500).optional(),
});
export type ActionTarget = z.infer<typeof actionTarget>;

const milliseconds = z.number().int().min(100).max(600_000);
const bytes = z.number().int().min(1024).max(64 * 2 ** 30);
const globs = z.array(z.string().min(1).max(500)).min(1).max(50);
const recorder = z.string().min(1).max(63);

/** What each action may be told; everything has a default on the agent. Durations in milliseconds, sizes in bytes. */
export const actionParameters = {
  'cpu-sample': z.strictObject({
    durationMs: milliseconds.optional(), /** Samples a second. */ hertz: z.number().int().min(10).max(5000).optional(),
    /** `auto`: Node by its inspector, everything else by perf. */
    means: z.enum(['auto', 'inspector', 'perf', 'jvm', 'python']).optional(),
    /** How perf walks stacks. */
    callGraph: z.enum(['fp', 'dwarf']).optional(),
  }),
  'heap-sample': z.strictObject({ durationMs: milliseconds.optional(), /** Bytes between two samples. */ intervalBytes: z.number().int().min(1024).max(2 ** 24).optional() }),
  'memory-dump': z.strictObject({ means: z.enum(['auto', 'inspector', 'gcore', 'jcmd']).optional(), /** Node: once more, so much later, before the inspector closes. Only then objects keep their ids, and both can be compared object by object. */ againAfterMs: z.number().int().min(1000).max(300_000).optional(), /** It refuses above this estimate. */ maxPauseMs: z.number().int().min(1).max(600_000).optional(), maxBytes: bytes.optional() }),
  'verbose-logs': z.strictObject({ durationMs: z.number().int().min(1000).max(86_400_000).optional(), /** Least severity number that is let through. */ severityNumber: z.number().int().min(1).max(24).optional() }),
  'packet-capture': z.strictObject({ durationMs: milliseconds.optional(), /** pcap-filter(7). */ filter: z.string().max(1000).optional(), interface: z.string().regex(/^[A-Za-z0-9_.:-]{1,32}$/).optional(), snapLength: z.number().int().min(64).max(262_144).optional(), maxBytes: bytes.optional(), maxPackets: z.number().int().min(1).max(10_000_000).optional() }),
  'collect-config': z.strictObject({ files: globs.optional() }),
  'collect-state': z.strictObject({ /** Of Node: event loop, heap and garbage collection too, for which its inspector is opened by SIGUSR1. Without it they come only when the inspector is open anyway. */ runtime: z.boolean().optional() }),
  'collect-files': z.strictObject({ files: globs, maxBytes: bytes.optional() }),
  'diagnostic-command': z.strictObject({ command: z.string().min(1).max(500), durationMs: milliseconds.optional() }),
  'collect-recorder': z.strictObject({ recorder, /** Of a keyed one: this key alone. */ key: z.string().max(500).optional(), /** No older than this. */ lastMs: z.number().int().min(1000).optional() }),
  'start-recorder': z.strictObject({ recorder }),
  'stop-recorder': z.strictObject({ recorder }),
} as const satisfies Record<ActionName, z.ZodType>;
export type ActionParameters<Name extends ActionName = ActionName> = z.infer<(typeof actionParameters)[Name]>;

/** Who asked. `id` of a net is its rule, of an incident the incident. */
export const actionAsker = z.object({ kind: z.enum(['person', 'net', 'language-rule', 'incident', 'terminal']), name: z.string().max(200), id: z.string().max(100).nullable() });
export type ActionAsker = z.infer<typeof actionAsker>;

/** server → agent, type `action.run`. `parameters` are those of `actionParameters[action]`. */
export const actionRequest = z.object({
  id: z.string().min(1).max(64), action: actionName, target: actionTarget.nullable(), parameters: z.record(z.string(), z.unknown()),
  asker: actionAsker, incident: z.string().max(64).nullable(),
  /** Despite a precondition that only warns (long pause, little headroom); never despite a missing permission. */
  force: z.boolean().default(false),
});
export type ActionRequest = z.infer<typeof actionRequest>;
/** server → agent, type `action.cancel`. */
export const actionCancel = z.object({ id: z.string() });

/** `refused`: it did not start, `why` says what is missing. `failed`: it started. A finished one whose artifacts still travel is `uploading`. */
export const actionStates = ['waiting', 'running', 'uploading', 'done', 'failed', 'cancelled', 'refused'] as const;
export const actionState = z.enum(actionStates);
export type ActionState = z.infer<typeof actionState>;
/** What happened, and what to do about it. `code` such as `action.no-permission`, `action.missing-tool`, `action.limit`, `action.headroom`, `action.no-process`. */
export const actionProblem = z.object({ code: z.string().max(64), message: z.string().max(2000), help: z.string().max(2000).optional() });
export type ActionProblem = z.infer<typeof actionProblem>;

export const actionProcess = z.object({ pid: z.number(), startTicks: z.number().optional(), name: z.string(), service: z.string().nullable() });
/** agent → server, type `action.report`: at each change, and every second while it runs. Always the whole truth so far, not a difference. */
export const actionReport = z.object({
  id: z.string(), action: actionName, state: actionState, asker: actionAsker, incident: z.string().nullable(), process: actionProcess.nullable(),
  parameters: z.record(z.string(), z.unknown()),
  requestedUnixMs: z.number(), startedUnixMs: z.number().nullable(), finishedUnixMs: z.number().nullable(),
  /** 0 to 1, null when nobody can say; and in words what it is doing. */
  progress: z.object({ share: z.number().min(0).max(1).nullable(), text: z.string().max(500) }),
  why: actionProblem.nullable(),
  /** Measured, by name with the unit in it: `pauseMs`, `stoppedMs`, `samples`, `bytes`, `peakRssBytes`, `packets`. `estimatedPauseMs` and `estimatedPauseMostMs` are what was said before. */
  figures: z.record(z.string(), z.number()),
  /** Things a person should know although it worked, such as a cut or a fallback. */
  notes: z.array(z.string().max(500)).max(20),
  artifacts: z.array(artifactMeta),
});
export type ActionReport = z.infer<typeof actionReport>;

/** server → agent, type `action.preview`: what it would cost, without doing it. The answer has the same `ask`. */
export const actionPreviewRequest = z.object({ ask: z.string(), action: actionName, target: actionTarget.nullable(), parameters: z.record(z.string(), z.unknown()) });
/** Estimates; null where nobody can say. */
export const actionPreview = z.object({
  process: actionProcess.nullable(), /** In words: "V8 inspector", "perf record, DWARF". */ means: z.string(),
  pauseMs: z.number().nullable(), /** The pause on a machine that is busy; absent where nobody can say. */ pauseMostMs: z.number().nullish(),
  memoryBytes: z.number().nullable(), diskBytes: z.number().nullable(), durationMs: z.number().nullable(),
  headroom: z.object({ memoryBytes: z.number().nullable(), diskBytes: z.number().nullable() }),
  /** 0 to 4 each, as rules have them: reliability, performance, privacy, cost, complexity. */
  risk: z.object({ level: z.enum(['low', 'medium', 'high']), reasons: z.array(z.string()) }),
  /** Holds contents that no detector can mask: memory, packets. */
  sensitive: z.boolean(),
  /** Why it would not run; empty when it would. The ones with `force` only warn. */
  problems: z.array(actionProblem.extend({ canForce: z.boolean() })),
  limits: z.object({ usedInWindow: z.number(), ofWindow: z.number(), windowMs: z.number(), cooldownMs: z.number() }),
});
export type ActionPreview = z.infer<typeof actionPreview>;
/** agent → server, type `action.preview-result`. */
export const actionPreviewResult = z.object({ ask: z.string(), preview: actionPreview });

/** server → agent, type `processes.list`; agent → server, type `processes.report`. */
export const processesRequest = z.object({ ask: z.string() });
export const processRuntimes = ['node', 'jvm', 'python', 'native'] as const;
export const agentProcess = z.object({
  pid: z.number(), startTicks: z.number(), parentPid: z.number(), name: z.string(), /** Redacted. */ command: z.string(), runtime: z.enum(processRuntimes), runtimeVersion: z.string().nullable(),
  user: z.string(), container: z.string().nullable(), service: z.string().nullable(), /** Who says which service it is: its own environment; telemetry, which anybody may send; or telemetry that did not name this machine. */ serviceFrom: z.enum(['process', 'telemetry', 'hearsay']).optional(), /** `service.version`, as its environment or its telemetry says. */ version: z.string().max(255).optional(), startedUnixMs: z.number(), rssBytes: z.number(), cpuShare: z.number().nullable(),
  /** The agent itself, its server and its like: not to be chosen by accident. */
  isWeir: z.boolean(),
});
export type AgentProcess = z.infer<typeof agentProcess>;
export const hiddenProcess = z.object({ pid: z.number(), name: z.string(), user: z.string(), why: z.string() });
export type HiddenProcess = z.infer<typeof hiddenProcess>;
export const processesReport = z.object({ ask: z.string(), processes: z.array(agentProcess), /** Those that may not be looked into. */ hidden: z.number(), /** The first of them, and why; absent from agents that do not say. */ hiddenProcesses: z.array(hiddenProcess).max(50).optional(), /** What this machine can do: tool or permission to null, or what is missing. */ tools: z.record(z.string(), z.string().nullable()),
  /** What its owner lists for diagnostic-command, collect-files and collect-config; null when that list cannot be read. */
  allowed: z.object({ commands: z.array(z.string()).max(500), files: z.array(z.string()).max(500), configFiles: z.array(z.string()).max(500) }).nullish(),
});
export type ProcessesReport = z.infer<typeof processesReport>;

// REST: POST /actions (startActions) · GET /actions?state&agent&incident&limit · GET /actions/{id} · POST /actions/{id}/cancel
//       POST /agents/{id}/actions/preview · GET /agents/{id}/processes
export const startAction = z.object({
  agent: z.string(), action: actionName, target: actionTarget.nullable().default(null), parameters: z.record(z.string(), z.unknown()).default({}),
  incident: z.string().nullable().default(null), force: z.boolean().default(false), /** Why; written to the audit. */ reason: z.string().max(500).default(''),
});
export type StartAction = z.input<typeof startAction>;
export const actionRun = actionReport.extend({ agent: z.object({ id: z.string(), name: z.string(), connected: z.boolean() }), reason: z.string() });
export type ActionRun = z.infer<typeof actionRun>;
export const actionRuns = z.object({ actions: z.array(actionRun), more: z.number() });
export const previewAction = startAction.pick({ action: true, target: true, parameters: true });
