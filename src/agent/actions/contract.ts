// What every action is: an estimate that touches nothing, and a run that brings artifacts home. An action sees its ports and its run,
// nothing of the agent.
import type { Failure, Result } from '../../base/index.ts';
import type { ActionName, ActionParameters, ActionPreview, AgentProcess } from '../../model/index.ts';
import type { ArtifactDraft, ArtifactFacts } from '../artifacts/sink.ts';
import type { ActionPolicy } from './limits/index.ts';

export interface Ask<Name extends ActionName = ActionName> {
  readonly parameters: ActionParameters<Name>;
  /** Never null for an action about a process. */
  readonly process: AgentProcess | null;
  readonly policy: ActionPolicy;
  /** Despite what only warns. */
  readonly force: boolean;
}

export interface Problem extends Failure { readonly canForce: boolean }

/** Before it starts, without touching the process; null where nobody can say. */
export interface Estimate extends Pick<ActionPreview, 'means' | 'pauseMs' | 'pauseMostMs' | 'memoryBytes' | 'diskBytes' | 'durationMs' | 'risk' | 'sensitive'> {
  readonly problems: readonly Problem[];
}

/** What an action knows of an artifact; the run adds who asked and which process it was. */
export type OwnFacts = Pick<ArtifactFacts, 'kind' | 'format' | 'name' | 'sensitive' | 'summary'> & Partial<Pick<ArtifactFacts, 'fromUnixMs' | 'toUnixMs' | 'figures'>>;

export interface Run {
  readonly id: string;
  /** Cancelled, out of time, or the agent stops. What an action opened it closes in any case. */
  readonly signal: AbortSignal;
  /** Bound of what it writes. */
  readonly maxBytes: number;
  nowUnixMs(): number;
  progress(share: number | null, text: string): void;
  figure(name: string, value: number): void;
  note(text: string): void;
  open(name: string): Promise<Result<ArtifactDraft>>;
  /** Hands a finished draft on. */
  keep(draft: ArtifactDraft, facts: OwnFacts): Promise<Result<void>>;
}

export interface Action<Name extends ActionName = ActionName> {
  /** `maybe`: of the whole machine when no process is named. */
  readonly about: 'process' | 'maybe' | 'machine';
  /** Costs nothing while it waits, so it takes no place among those that run at the same time. */
  readonly light?: boolean;
  estimate(ask: Ask<Name>): Promise<Estimate>;
  run(ask: Ask<Name>, run: Run): Promise<Result<void>>;
}

export type ActionTable = { readonly [Name in ActionName]: Action<Name> };

/** An estimate of something harmless; actions change what is different with them. */
export const harmless = (means: string, changes: Partial<Estimate> = {}): Estimate =>
  ({ means, pauseMs: null, memoryBytes: null, diskBytes: null, durationMs: null, risk: { level: 'low', reasons: [] }, sensitive: false, problems: [], ...changes });

export const problem = (code: string, message: string, help: string, canForce = false): Problem => ({ code, message, help, canForce });

/** For actions about a process: the runner never asks them without one. */
export function targetOf({ process }: Ask): AgentProcess {
  if (process === null) throw new Error('an action about a process was asked without one');
  return process;
}

export const nameOf = ({ service, name, pid }: AgentProcess): string => `${service ?? name} (pid ${pid})`;
/** Part of a file name. */
export const fileStem = ({ service, name, pid }: AgentProcess): string => `${(service ?? name).replace(/[^A-Za-z0-9._-]+/g, '_').slice(0, 80)}-${pid}`;
export const seconds = (ms: number): string => `${Number((ms / 1000).toFixed(ms < 10_000 ? 1 : 0))} s`;
export const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0)} MiB`;
