// What a state machine says happened: decisions as data. Whoever runs the machine starts the actions, or only shows them.

/** Which process a record is of, as its resource says. */
export interface RecordOrigin { readonly service: string | null; readonly pid: number | null; readonly host: string | null }

/** `origin` is that of the record that took the transition, or for a timer of the last that moved the machine. `key` is the machine's key as a person reads it, its values joined by ` / `; empty when the rule has one machine. Times are Unix nanoseconds. */
export type MachineEvent =
  | { readonly event: 'transition'; readonly key: string; readonly from: string; readonly to: string; readonly atUnixNano: bigint; readonly because: string; readonly origin: RecordOrigin | null }
  | { readonly event: 'action'; readonly key: string; readonly state: string; readonly action: string; readonly as: string | null; readonly parameters: Readonly<Record<string, unknown>>; readonly atUnixNano: bigint }
  | { readonly event: 'action-not-run'; readonly key: string; readonly state: string; readonly action: string; readonly atUnixNano: bigint; readonly because: string }
  /** The machine of the least recently used key went, for there were more keys than `limits.keys`, or more than its memory holds. */
  | { readonly event: 'key-evicted'; readonly key: string; readonly state: string; readonly atUnixNano: bigint };

/** One machine as it stands, and what its next step waits for. */
export interface MachineKeyState {
  readonly key: string;
  readonly state: string;
  readonly sinceUnixNano: bigint;
  readonly lastRecordUnixNano: bigint;
  readonly waits: readonly (
    | { readonly on: 'matches'; readonly text: string; readonly to: string; readonly have: number; readonly need: number; readonly withinNanos: bigint | null; readonly oldestUnixNano: bigint | null; /** Matches that came too late to count. */ readonly late?: number }
    | { readonly on: 'time'; readonly to: string; readonly dueUnixNano: bigint }
  )[];
}

/** How often one guard was evaluated, and what it gave; `index` counts the transitions of `state`. `late`: how often it held, but for a record
 *  too old for the time in which matches are counted. */
export interface GuardCount { readonly state: string; readonly index: number; readonly text: string; readonly to: string; readonly isTrue: number; readonly isFalse: number; readonly isNull: number; readonly late?: number }

/** Keys by state, and how much there is. */
export interface MachineFigures { readonly instances: number; readonly maxKeys: number; readonly evicted: number; readonly bytes: number; readonly states: Readonly<Record<string, number>> }

/** What a record meets: the state its key is in, and the guards of that state in their order. */
export interface MachineLook { readonly key: string; readonly state: string; readonly guards: readonly GuardLook[] }
/** `have` matches of `need` before this record. `near`: it does not hold, but a part of it does. */
export interface GuardLook { readonly to: string; readonly text: string; readonly outcome: boolean | null; readonly near: boolean; readonly have: number; readonly need: number; readonly withinNanos: bigint | null }
