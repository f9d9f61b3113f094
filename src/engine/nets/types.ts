// What armed nets say to whoever runs them.
import type { MachineMemory, RecordOrigin } from '../machine/index.ts';
import type { NetEvent } from '../../model/index.ts';

/** A rule as it is deployed. */
export interface NetRule { readonly id: string; readonly name: string; readonly version: number; readonly deployment: number }

/** An action that is to start now: it has counted against the limits. `event` is its line in the reports, where its id belongs. */
export interface FiredAction { readonly action: string; readonly as: string | null; readonly parameters: Readonly<Record<string, unknown>>; readonly event: NetEvent }

/** A net went into a state that starts actions. `origin`: the process that the record came from. */
export interface NetFiring {
  readonly rule: NetRule; readonly key: string; readonly from: string; readonly to: string; readonly atUnixMs: number; readonly because: string; readonly origin: RecordOrigin | null;
  readonly actions: readonly FiredAction[];
  readonly notRun: readonly { readonly action: string; readonly because: string }[];
}

/** What a rule's machine remembers beyond a restart. `atUnixMs`: when it was written down. */
export interface NetMemory { readonly rule: string; readonly atUnixMs: number; readonly memory: MachineMemory }
