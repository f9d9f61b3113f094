// One columnar model for every CPU-profile format: typed arrays, ids are row numbers. Stacks are a prefix tree in which a
// parent always stands before its children; samples point into it. Strings are kept once.

export const profileFormats = ['cpuprofile', 'chrome-trace', 'heapprofile', 'pprof', 'perf-script', 'folded', 'speedscope', 'otlp-profiles'] as const;
export type ProfileFormat = (typeof profileFormats)[number];

/** Row number of nothing: a root's parent, a missing file. */
export const none = -1;

/** In place of a function's row, in the order of time: no sample was taken here. */
export const notSampled = -2;

/** What a stack is made of: one function of one file. `name` and `file` are rows of `strings`. */
export interface FunctionTable {
  readonly count: number;
  readonly name: Int32Array;
  /** URL or path; `none` when not known. */
  readonly file: Int32Array;
  /** Where the function begins, 1-based; 0 when not known. */
  readonly line: Int32Array;
  /** 1-based; 0 when not known. */
  readonly column: Int32Array;
  /** npm package, module, library or binary it comes from; a row of `strings`. See package-of.ts. */
  readonly package: Int32Array;
}

/** A function at the line that was running. */
export interface FrameTable {
  readonly count: number;
  readonly function: Int32Array;
  /** 1-based; 0 when not known. */
  readonly line: Int32Array;
}

export interface StackTable {
  readonly count: number;
  /** `none` for a root; else a row before this one. */
  readonly parent: Int32Array;
  readonly frame: Int32Array;
}

export interface WeightColumn {
  /** As the format says: `cpu`, `alloc_space`, `samples`. */
  readonly name: string;
  /** Times are always nanoseconds. */
  readonly unit: 'nanoseconds' | 'bytes' | 'count' | 'other';
  /** The unit in the file's own word when `other`. */
  readonly unitText: string;
  /** One value a sample. Absent: every sample weighs `each`. */
  readonly values: Float64Array | null;
  readonly each: number;
}

export interface SampleTable {
  readonly count: number;
  /** The stack's leaf; `none` for an empty stack. */
  readonly stack: Int32Array;
  /** Nanoseconds from the profile's start, ascending within a thread; absent when the format has no times (folded, most pprof). */
  readonly time: Float64Array | null;
  /** Row of `threads`; absent: all of thread 0. */
  readonly thread: Uint16Array | null;
  /** How many samples of the source a row stands for; absent: one each. Formats that merge (pprof, folded) set it when they know. */
  readonly counts: Float64Array | null;
}

export interface ThreadInfo { readonly name: string; readonly processId: number | null; readonly threadId: number | null }

/**
 * Time in which the profiler took no sample though it should have: the process stood still, or the sampler was late. The weights hold it,
 * with the sample before; see gaps/.
 */
export interface SampleGaps {
  /** Row of the weights, in nanoseconds until the next sample, that holds it. */
  readonly weight: number;
  /** Rows of samples, ascending: a gap ends with the time that such a sample weighs. */
  readonly sample: Int32Array;
  /** What is more than the usual interval. */
  readonly nanos: Float64Array;
}

/** Where inside its function a stack was running, when the format tells (V8 position ticks): samples by stack and line. */
export interface LineTicks { readonly count: number; readonly stack: Int32Array; readonly line: Int32Array; readonly ticks: Int32Array }

export interface Profile {
  readonly format: ProfileFormat;
  readonly name: string;
  readonly strings: readonly string[];
  readonly functions: FunctionTable;
  readonly frames: FrameTable;
  readonly stacks: StackTable;
  readonly samples: SampleTable;
  readonly threads: readonly ThreadInfo[];
  /** At least one, each as long as the samples. */
  readonly weights: readonly WeightColumn[];
  /** The weight to show first. */
  readonly defaultWeight: number;
  readonly lineTicks: LineTicks | null;
  /** Null where there is none, or the format merges samples or tells their weights itself. */
  readonly gaps: SampleGaps | null;
  /** When it began, Unix milliseconds, when the format says. */
  readonly startUnixMs: number | null;
  readonly durationNanos: number | null;
  /** What the reader left out or had to guess, in words: "12 samples named a node that is not there". */
  readonly notes: readonly string[];
}
