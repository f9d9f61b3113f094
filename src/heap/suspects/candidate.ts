// What looks like a leak, before it is put in words.

export interface Candidate {
  readonly kind: 'accumulation' | 'chain';
  /** The collection that people know; -1 never. */
  readonly holder: number;
  /** The entries, all of one class. */
  readonly members: readonly number[];
  /** Bytes that the entries retain together, with the collection around them when they are most of it. */
  readonly retained: number;
  /** Do all paths to the entries pass the holder? Else something else holds them, too. */
  readonly onePath: boolean;
}

export interface Thresholds {
  /** Bytes. */
  readonly minRetained: number;
  readonly minMembers: number;
}
