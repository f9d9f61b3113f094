// Made-up secrets for tests, the canary and the tables of precision and recall: right in form, never issued to anybody.
// Seeded, so that a run can be repeated; no credential is ever written into a file.

/** Uniform in [0, 1). */
export type Random = () => number;

export interface Sample {
  /** The secret alone. */
  readonly secret: string;
  /** A line of telemetry that holds it, at [start, end) in UTF-16. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The attribute's key it stands under, for detectors that go by it. */
  readonly key?: string;
}

export interface Generator {
  readonly detector: string;
  /** A secret of each sort that the detector knows, in a line as software writes it. */
  readonly positive: (random: Random) => Sample;
  /** Texts that look like it and are none: wrong length, other alphabet, failing check, well-known look-alikes. */
  readonly negatives: (random: Random) => readonly { readonly text: string; readonly key?: string }[];
}
