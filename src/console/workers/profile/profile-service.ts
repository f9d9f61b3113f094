// What the worker does, without the worker: it keeps the shown profile, the one that it is compared with, and the trees of the
// last selection, out of which several answers are made.
import { RE2JS } from 're2js';
import { callTree, diffTrees, heatMap, idleIn, invertedTree, linesOf, mergedBoxes, notSampledIn, readProfile, sandwich, timeOrderBoxes, toFolded, topFunctions, toPprof, toSpeedscope, withoutIdle } from '../../../profiles/index.ts';
import type { CallTree, Profile } from '../../../profiles/index.ts';
import { sourceName } from '../artifact-source/index.ts';
import { CallFailure, type ServedWork } from '../calls/index.ts';
import { baseSelection } from './base-selection.ts';
import { copyOf } from './copy.ts';
import { namesOf, openedOf } from './opened.ts';
import { readSource, unpacked } from './source.ts';
import type { Aside, ProfileCalls, ProfileFileFormat, ProfileLook, ProfileProgress, ProfileSource, TreePicture } from './types.ts';

type ServiceWork = ServedWork<ProfileProgress>;
type Answers = { readonly [N in keyof ProfileCalls]: (work: ServiceWork, ...args: ProfileCalls[N]['args']) => ProfileCalls[N]['answer'] | Promise<ProfileCalls[N]['answer']> };

export class ProfileService {
  /** All that the file holds, and the one of them that is shown. */
  #parts: readonly Profile[] = [];
  #shown: Profile | null = null;
  #base: Profile | null = null;
  #file = { fileName: '', fileBytes: 0 };
  /** With the functions that only the other profile has. */
  #diffed: Profile | null = null;
  readonly #busy = new WeakMap<Profile, Profile>();
  #lastTree: { readonly key: string; readonly tree: CallTree } | null = null;

  /** Throws CallFailure for what a person can do something about. */
  async answer(name: keyof ProfileCalls, args: readonly unknown[], work: ServiceWork): Promise<unknown> {
    return (this.#answers[name] as (work: ServiceWork, ...args: readonly unknown[]) => unknown)(work, ...args);
  }

  readonly #answers: Answers = {
    open: async (work, source, part) => {
      const { profiles, bytes } = await read(source, work);
      this.#parts = profiles;
      this.#file = { fileName: sourceName(source), fileBytes: bytes };
      return this.#show(part);
    },
    part: (_, part) => this.#show(part),
    openBase: async (work, source) => {
      const { profiles } = await read(source, work);
      const base = profiles.find(({ name }) => name === this.#open.name) ?? profiles[0];
      this.#base = base ?? null;
      return { fileName: sourceName(source), notes: base?.notes ?? [] };
    },
    merged: (_, look) => ({ ...this.#picture(copyOf(this.#tree(look))), aside: this.#aside(look) }),
    inverted: (_, look) => this.#picture(invertedTree(this.#seen(look), look)),
    timeOrder: (_, look) => timeOrderBoxes(this.#open, look),
    diff: (_, look) => this.#diff(look),
    sandwich: (_, look, row) => { const { callers, callees } = sandwich(this.#seen(look), look, row); return { callers: this.#picture(callers), callees: this.#picture(callees) }; },
    top: (_, look) => columnsOf(topFunctions(this.#seen(look), look, this.#tree(look))),
    heat: (_, range) => heatMap(this.#open, range),
    lines: (_, look, row) => linesOf(this.#seen(look), look, row),
    match: (_, pattern, inDiff) => matches(inDiff ? this.#diffed ?? this.#open : this.#open, pattern),
    save: (_, format, look) => this.#save(format, look),
  };

  get #open(): Profile {
    if (this.#shown === null) throw new CallFailure('No profile is open.', 'Open one.');
    return this.#shown;
  }

  #show(part: number): ProfileCalls['open']['answer'] {
    const at = part < this.#parts.length ? part : 0;
    this.#shown = this.#parts[at] ?? null;
    this.#lastTree = null;
    this.#diffed = null;
    return { ...openedOf(this.#open), ...this.#file, part: at, parts: this.#parts.map(({ name }) => name) };
  }

  #seen({ idle }: ProfileLook): Profile { return idle ? this.#open : this.#busyOf(this.#open); }

  /** Made once for a profile. */
  #busyOf(profile: Profile): Profile {
    const made = this.#busy.get(profile) ?? withoutIdle(profile);
    this.#busy.set(profile, made);
    return made;
  }

  #aside(look: ProfileLook): Aside {
    const idle = idleIn(this.#open, look);
    const { gaps, nanos } = notSampledIn(this.#open, look);
    return { idle: idle.weight, idleSamples: idle.samples, gaps, notSampledNanos: nanos };
  }

  /** The last look's tree is kept: graph, table and comparison ask for the same one. */
  #tree(look: ProfileLook): CallTree {
    const key = JSON.stringify(look);
    if (this.#lastTree?.key !== key) this.#lastTree = { key, tree: callTree(this.#seen(look), look) };
    return this.#lastTree.tree;
  }

  #picture(tree: CallTree): TreePicture {
    const pruned = 'prunedNodes' in tree && 'prunedWeight' in tree && 'prunedSamples' in tree ? { prunedNodes: Number(tree.prunedNodes), prunedWeight: Number(tree.prunedWeight), prunedSamples: Number(tree.prunedSamples) } : null;
    return { tree, boxes: mergedBoxes(this.#open, tree, 'self'), pruned };
  }

  #diff(look: ProfileLook): ProfileCalls['diff']['answer'] {
    const chosen = this.#base;
    if (chosen === null) throw new CallFailure('There is nothing to compare with.', 'Choose another profile.');
    const base = look.idle ? chosen : this.#busyOf(chosen);
    const before = { profile: base, tree: callTree(base, baseSelection(this.#open, look, base)) };
    const { profile, ...tree } = diffTrees({ profile: this.#seen(look), tree: this.#tree(look) }, before);
    this.#diffed = profile;
    return { tree, boxes: mergedBoxes(profile, { ...tree, profile }, 'change'), ...namesOf(profile) };
  }

  async #save(format: ProfileFileFormat, look: ProfileLook): Promise<Blob> {
    const seen = this.#seen(look);
    if (format === 'pprof') return gzip(toPprof(seen, look));
    return new Blob([...(format === 'folded' ? toFolded : toSpeedscope)(seen, look)]);
  }
}

async function read(source: ProfileSource, { signal, progress }: ServiceWork): Promise<{ readonly profiles: readonly Profile[]; readonly bytes: number }> {
  const file = await readSource(source, progress, signal);
  if (!file.ok) throw new CallFailure(file.error.message, file.error.help);
  const fileName = sourceName(source);
  signal.throwIfAborted();
  progress({ stage: 'parsing', share: null });
  const plain = await unpacked(file.value, fileName);
  if (!plain.ok) throw new CallFailure(plain.error.message, plain.error.help);
  signal.throwIfAborted();
  const profiles = readProfile(plain.value, { fileName, gunzip: packedTooOften, progress: share => progress({ stage: 'parsing', share }) });
  if (!profiles.ok) throw new CallFailure(profiles.error.message, profiles.error.help);
  return { profiles: profiles.value, bytes: file.value.length };
}

/** Everything was unpacked before, as a browser does it without a copy. */
const packedTooOften = (): never => { throw new Error('it is packed many times over'); };

const gzip = (bytes: Uint8Array): Promise<Blob> => new Response(new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream('gzip'))).blob();

function columnsOf(rows: ReturnType<typeof topFunctions>): ProfileCalls['top']['answer'] {
  const column = (of: 'self' | 'total' | 'selfSamples' | 'totalSamples' | 'notSampled') => Float64Array.from(rows, row => row[of]);
  return { function: Int32Array.from(rows, row => row.function), self: column('self'), total: column('total'), selfSamples: column('selfSamples'), totalSamples: column('totalSamples'), notSampled: column('notSampled') };
}

function matches({ functions, strings }: Profile, pattern: string): Uint8Array {
  const found = new Uint8Array(functions.count);
  const matcher = compiled(pattern);
  for (let row = 0; row < functions.count; row++) found[row] = Number(matcher.matcher(strings[functions.name[row]!] ?? '').find());
  return found;
}

function compiled(pattern: string): RE2JS {
  try { return RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE); } catch (error) { throw new CallFailure(`The pattern cannot be read: ${error instanceof Error ? error.message : String(error)}.`, 'Put a backslash before a sign that is meant as it stands.'); }
}
