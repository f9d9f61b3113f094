// What armed nets say to whoever runs them.
import type { MachineMemory, RecordOrigin } from '../machine/index.ts';
import type { NetEvent } from '../../model/index.ts';

/** A rule as it is deployed. */
export interface NetRule { readonly id: string; readonly name: string; readonly version: number; readonly deployment: number }

/** An action that is to start now: it has counted against the limits. `event` is its line in the reports, where its id belongs. Whoever does not
 *  start it says so with `refuse`. */
export interface FiredAction {
  readonly action: string; readonly as: string | null; readonly parameters: Readonly<Record<string, unknown>>; readonly event: NetEvent;
  /** It no longer counts against the limits. */
  readonly giveBack: () => void;
}

/** A net went into a state that starts actions. `origin`: the process that the record came from. `alike`: firings of the rule before this one
 *  that started nothing, either, and are not told one by one. */
export interface NetFiring {
  readonly rule: NetRule; readonly key: string; readonly from: string; readonly to: string; readonly atUnixMs: number; readonly because: string; readonly origin: RecordOrigin | null;
  readonly actions: readonly FiredAction[];
  readonly notRun: readonly { readonly action: string; readonly because: string }[];
  readonly alike?: number;
}

/** What a rule's limits and measured bounds are beyond a restart. `atUnixMs`: when it was written down. */
export interface NetMemory { readonly rule: string; readonly atUnixMs: number; readonly memory: MachineMemory }

/** It was not started: its limit is free again, and the reports say why. */
export function refuse({ action, event, giveBack }: FiredAction, because: string): NetFiring['notRun'][number] {
  giveBack();
  delete event.actionId;
  event.event = 'action-not-run';
  event.because = because;
  return { action, because };
}
