// Profiles off the main thread: read, merged, laid out, searched, compared and written by a worker that keeps them. What comes back is
// columns in transferred buffers, and the names once, so that labels need no further question.
import type { CallTree, DiffTree, FlameBoxes, FunctionLines, FunctionTable, HeatMap, HeatMapRange, ProfileFormat, ProfileSelection, PrunedTree, ThreadInfo, TimeOrderBoxes, WeightColumn } from '../../../profiles/index.ts';
import type { ArtifactSource } from '../artifact-source/index.ts';
import type { CallClient } from '../calls/index.ts';
import type { TextTable } from './texts.ts';

export type ProfileSource = ArtifactSource;
/** `share` 0 to 1 of the stage; null while nobody knows. */
export interface ProfileProgress { readonly stage: 'fetching' | 'parsing'; readonly share: number | null }

export interface ProfileWeight extends Pick<WeightColumn, 'name' | 'unit' | 'unitText'> { /** Of all samples, and of those in which nothing ran. */ readonly total: number; readonly idle: number }

/** The functions with their names: `name`, `file` and `package` are rows of `texts`. */
export interface ProfileNamesTable { readonly functions: FunctionTable; readonly texts: TextTable }

export interface OpenedProfile extends ProfileNamesTable {
  readonly format: ProfileFormat; readonly fileName: string; readonly fileBytes: number; readonly name: string;
  /** Some files hold several profiles: their names, and which of them this is. */
  readonly parts: readonly string[]; readonly part: number;
  /** As the source counted them, merged ones as many. */
  readonly samples: number; /** Of them: nothing ran in these. */ readonly idleSamples: number;
  readonly threads: readonly ThreadInfo[]; readonly weights: readonly ProfileWeight[]; readonly defaultWeight: number;
  /** Its samples have times: there is a time order and a heat map. */
  readonly hasTimes: boolean;
  readonly startUnixMs: number | null; readonly durationNanos: number | null; /** The median between two samples of a thread; null without times. */ readonly intervalNanos: number | null; readonly notes: readonly string[];
  /** The stacks' prefix tree, by function: what boxes of the time order stand for. */
  readonly stackParent: Int32Array; readonly stackFunction: Int32Array;
}

/** Of what a profile is compared with. */
export interface BaseProfile { readonly fileName: string; readonly notes: readonly string[] }

/** `pruned`: nodes that were too thin to be kept. */
export interface TreePicture { readonly tree: CallTree; readonly boxes: FlameBoxes; readonly pruned: Omit<PrunedTree, keyof CallTree> | null }
/** Of the chosen time and threads: the idle part in the shown weight, which is not in the tree unless it is looked at; and what nobody sampled, which counts to the samples before. */
export interface Aside { readonly idle: number; readonly idleSamples: number; readonly gaps: number; readonly notSampledNanos: number }
export interface MergedPicture extends TreePicture { readonly aside: Aside }
export interface DiffPicture extends ProfileNamesTable { readonly tree: Omit<DiffTree, 'profile'>; readonly boxes: FlameBoxes }
export interface SandwichPicture { readonly callers: TreePicture; readonly callees: TreePicture }
/** By self, heaviest first; columns of one length. `notSampled` is the part of self that nobody sampled. */
export interface TopTable { readonly function: Int32Array; readonly self: Float64Array; readonly total: Float64Array; readonly selfSamples: Float64Array; readonly totalSamples: Float64Array; readonly notSampled: Float64Array }

/** What is looked at; without `idle`, only samples in which something ran count. */
export interface ProfileLook extends ProfileSelection { readonly idle: boolean }

export const profileFileFormats = ['pprof', 'folded', 'speedscope'] as const;
export type ProfileFileFormat = (typeof profileFileFormats)[number];

/** What can be asked: name to arguments and answer. Answers of functions are by row of the shown profile's functions. */
export interface ProfileCalls {
  /** Reads the profile that all other calls are about; `part`: which of the file's profiles, the first where it has fewer. */
  readonly open: { readonly args: readonly [source: ProfileSource, part: number]; readonly answer: OpenedProfile };
  /** Another profile of the file that is open. */
  readonly part: { readonly args: readonly [part: number]; readonly answer: OpenedProfile };
  readonly openBase: { readonly args: readonly [source: ProfileSource]; readonly answer: BaseProfile };
  readonly merged: { readonly args: readonly [look: ProfileLook]; readonly answer: MergedPicture };
  readonly inverted: { readonly args: readonly [look: ProfileLook]; readonly answer: TreePicture };
  /** The whole time, idle or not. */
  readonly timeOrder: { readonly args: readonly [look: ProfileLook]; readonly answer: TimeOrderBoxes };
  /** Threads and time of the look are the shown profile's; the other is taken whole. */
  readonly diff: { readonly args: readonly [look: ProfileLook]; readonly answer: DiffPicture };
  readonly sandwich: { readonly args: readonly [look: ProfileLook, functionRow: number]; readonly answer: SandwichPicture };
  readonly top: { readonly args: readonly [look: ProfileLook]; readonly answer: TopTable };
  readonly heat: { readonly args: readonly [range: HeatMapRange]; readonly answer: HeatMap };
  readonly lines: { readonly args: readonly [look: ProfileLook, functionRow: number]; readonly answer: FunctionLines };
  /** 1 where a name has the pattern (RE2, letters of either case), by row of the functions; of the last diff when there is one. */
  readonly match: { readonly args: readonly [pattern: string, inDiff: boolean]; readonly answer: Uint8Array };
  /** What the look leaves, in another tool's format. */
  readonly save: { readonly args: readonly [format: ProfileFileFormat, look: ProfileLook]; readonly answer: Blob };
}

export type ProfileClient = CallClient<ProfileCalls, ProfileProgress>;
