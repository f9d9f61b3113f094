// What a profile of a speedscope file is read from.

export interface SpeedscopeSource {
  readonly bytes: Uint8Array;
  /** Where the value of a member begins; undefined when the profile has no such member. */
  readonly startOf: (key: string) => number | undefined;
  /** `startValue`, in the file's unit. */
  readonly start: number;
  readonly tell: (at: number) => void;
}
export type FrameRow = (frame: number) => number | null;
