// What every mechanism of a dynamic probe is: it can be previewed, put into one process, paused, taken out, and its leftovers removed by a
// later agent. Limits, records, reports and the ledger are not its business: `governed/` and `desk/` do that for all alike.
import type { Result } from '../../base/index.ts';
import type { ActionProblem, AgentProcess, DynamicProbeKind, ProbeEnd, ProbePreview, ProbeSpec, StaticProbeKind } from '../../model/index.ts';

/** By which names a value was read, wherever they stand in the expression; of an object that the expression made, each property for itself. */
export interface Origin { readonly names: readonly string[]; readonly parts: Readonly<Record<string, Origin>> | null }

/** One hit that was seen. Values are bounded by the mechanism, not redacted yet. */
export interface Hit {
  readonly unixNano: bigint;
  /** JSON values by attribute name. */
  readonly values: Readonly<Record<string, unknown>>;
  /** By attribute name; absent where the name of the attribute is all there is. */
  readonly origins?: Readonly<Record<string, Origin>>;
  /** Of `count`, `metric` and `timer`: 1, the number, milliseconds. Absent where a hit is a record. */
  readonly measure?: number;
  /** Hex, when the process has OpenTelemetry and a span is active. */
  readonly trace?: { readonly traceId: string; readonly spanId: string };
  /** Of a snapshot: frames from the innermost, `function (file:line)`. */
  readonly stack?: readonly string[];
  /** Where it happened, where that differs from hit to hit: `pid` of a uprobe without a process. */
  readonly pid?: number;
  readonly threadId?: number;
  readonly bytesCut?: boolean;
}

/** Semantic conventions `code.*` of all hits of a place. */
export interface CodePoint { readonly file: string; readonly line: number | null; readonly function: string | null }

export interface HitSink {
  /** Called as soon as hits are known: quotas depend on it. `costMs`: time that these took in the process, where it was measured. */
  take(hits: readonly Hit[], costMs?: number): void;
  /** Hits that happened and could not be brought home (a full ring, a value too large). */
  lost(count: number): void;
  /** The mechanism is out of the process for good: the process ended, or closed the door. */
  ended(end: ProbeEnd, why: ActionProblem | null): void;
}

/** A probe that is in. Each method may be called at any time, more than once. */
export interface Inserted {
  readonly means: string;
  /** In words, where it really sits. */
  readonly resolved: string | null;
  readonly code: CodePoint | null;
  /** What one hit costs the process, milliseconds, before anything was measured. Null: nobody knows. */
  readonly expectedCostMs: number | null;
  /** Takes effect within 100 ms; hits on the way are still told. */
  pause(): Promise<void>;
  resume(): Promise<Result<void>>;
  /** Leaves nothing behind; false: it could not, and `removeLeft` has to try again. */
  remove(): Promise<boolean>;
}

export interface InsertAsk<Kind extends DynamicProbeKind = DynamicProbeKind> {
  /** Of the probe and process; safe in file and event names: [a-z0-9_]{1,33}. */
  readonly key: string;
  readonly spec: ProbeSpec<Kind>;
  /** Null only for what is of the whole machine. */
  readonly process: AgentProcess | null;
  readonly signal: AbortSignal;
  /** After so long it has to be out, also where nobody is left to take it out. */
  readonly mostMs?: number;
}

export interface ProbeMechanism<Kind extends DynamicProbeKind = DynamicProbeKind> {
  /** `one`: needs a process; `maybe`: of the whole machine when none is named. */
  readonly about: 'one' | 'maybe';
  /** Null: this machine can do it. */
  problem(): Promise<ActionProblem | null>;
  preview(ask: Omit<InsertAsk<Kind>, 'key' | 'mostMs'>): Promise<Omit<ProbePreview, 'processes'>>;
  /** Whatever it will leave behind it notes first by `note`, which resolves when that is on disk. Errors leave nothing behind, but that of `not-undone.ts`. */
  insert(ask: InsertAsk<Kind>, sink: HitSink, note: (left: Leftover) => Promise<Result<void>>): Promise<Result<Inserted>>;
  /** What an agent that was killed left in. True: it is gone. */
  removeLeft(left: Leftover): Promise<boolean>;
}
export type MechanismTable = { readonly [Kind in DynamicProbeKind]: ProbeMechanism<Kind> };

/** Enough to find and remove it after a crash; JSON. */
export interface Leftover { readonly kind: DynamicProbeKind; readonly pid: number | null; readonly startTicks: number | null; readonly detail: Readonly<Record<string, string | number>> }

/** A source of records that stays: it starts, holds its position, and stops cleanly. */
export interface StaticProbe {
  /** Errors: `probe.port-taken`, `probe.not-allowed`, `probe.missing-tool`, `probe.no-permission`. */
  start(): Promise<Result<{ readonly means: string; readonly resolved: string | null }>>;
  /** Resolves when everything that was read is handed over, and the position of what has left is on disk. */
  stop(): Promise<void>;
  /** After `stop`, when the exporters have sent what they could: the position of what has left by now is on disk. */
  settle(): Promise<void>;
  figures(): StaticFigures;
}
/** One record as a person looks at it, not redacted: `line`, and where they are known `level`, `service`, `file`. */
export interface LatestLine { readonly unixMs: number; readonly values: Readonly<Record<string, string>> }
export interface StaticFigures { readonly records: number; /** Read, not handed over: shed by UDP, held too long at the end. What was cut or malformed is handed over, and told in `standing`. */ readonly dropped: number; readonly problem: ActionProblem | null; readonly lastUnixMs: number | null; /** In words: files followed, connections, where it stands. */ readonly standing: string; readonly waiting: boolean; /** The last that were handed over, newest last, at most 20. */ readonly latest: readonly LatestLine[] }

export interface StaticPorts {
  /** Whose records they are: each says so. */
  readonly probe: { readonly id: string; readonly name: string };
  /** An ExportLogsServiceRequest through the rules. `later`: the exporters are full, try again in a moment; nothing was taken. */
  readonly deliver: (request: Uint8Array) => 'taken' | 'later';
  /** Of now; the answer says whether what was taken until now has left the agent by then (or a rule took it away): only that is never to be read again. */
  readonly mark: () => () => boolean;
  /** Small files of this probe alone, atomically replaced. */
  readonly positions: { read(name: string): Promise<Uint8Array | null>; write(name: string, bytes: Uint8Array): Promise<void> };
  readonly hostName: string;
  readonly nowUnixMs: () => number;
  /** Paths that this machine's owner allows to be read (globs of `files` in actions-policy.json). */
  readonly allowedFiles: () => Promise<Result<readonly string[]>>;
}
export type StaticProbeTable = { readonly [Kind in StaticProbeKind]: (spec: ProbeSpec<Kind>, ports: StaticPorts) => StaticProbe };
