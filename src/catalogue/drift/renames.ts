// Which event that ended is which that began: the same line of code under another name. Evidence: the source line, the fields, the text of
// the body, the scope, the severity and the rate; that one ends as the other begins, at one moment or from one version to the next; that nothing
// else did then; and that the silence goes on. Judged again as records come: what fits by chance fits less and less.
import { wordsOf } from '../mask/index.ts';
import { newestVersion, type MergedEvent } from '../merge/index.ts';
import { closeness, nameLikeness, schemaLikeness, together } from './likeness.ts';

export interface RenameCandidate {
  readonly former: MergedEvent;
  readonly current: MergedEvent;
  /** 0 to 1. */
  readonly certainty: number;
  /** What speaks for it, in words. */
  readonly reason: string;
}

/** Less certain ones are nobody's time worth. */
export const leastCertainty = 0.4;
/** One may outlast the other by so much: reports and shutdowns take their time. */
const overlapMs = 10_000;
/** And so much may lie between. */
const pauseMs = 120_000;
/** What else ends or begins within so long of it may be what belongs together. */
const nearMs = 30_000;
/** Lines that a change moves a statement by. */
const nearLines = 20;
/** Pairs that are looked at closely. */
const mostPairs = 20_000;
const pairsAtOnce = 100;
/** Judged against each other. */
const mostFound = 500;

interface Evidence { readonly weight: number; readonly words: string }

/** All of it in one go: see `searchRenames`. */
export function findRenames(ended: readonly MergedEvent[], begun: readonly MergedEvent[]): RenameCandidate[] {
  const search = searchRenames(ended, begun);
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
  }
}

/** The best matches first, in pieces of a few milliseconds. `ended`: events that fell silent; `begun`: events that are new. */
export function* searchRenames(ended: readonly MergedEvent[], begun: readonly MergedEvent[]): Generator<void, RenameCandidate[]> {
  const found: RenameCandidate[] = [];
  const groups = Map.groupBy(begun, groupOf);
  let looked = 0, skipped = 0;
  for (const former of ended) {
    const group = groups.get(groupOf(former)) ?? [];
    const isOnlyEnd = group.length > 0 && !ended.some((one) => one !== former && groupOf(one) === groupOf(former) && Math.abs(one.lastUnixMs - former.lastUnixMs) <= nearMs);
    for (const current of group) {
      if (++skipped % 2000 === 0) yield;
      if (!handsOver(former, current)) continue;
      if (looked++ >= mostPairs || found.length >= mostFound) break;
      if (looked % pairsAtOnce === 0) yield;
      const isOnly = isOnlyEnd && !group.some((one) => one !== current && Math.abs(one.firstUnixMs - current.firstUnixMs) <= nearMs);
      const candidate = judge(former, current, isOnly);
      if (candidate !== null && candidate.certainty >= leastCertainty) found.push(candidate);
    }
  }
  return withoutRivals(found).filter((one) => one.certainty >= leastCertainty).sort((a, b) => b.certainty - a.certainty);
}

const groupOf = ({ service, signal }: MergedEvent): string => `${signal}\n${service}`;

/** One gave way to the other, as far as times and versions say. */
export const handsOver = (former: MergedEvent, current: MergedEvent): boolean => handOverOf(former, current) !== null;

/** Both go on beside each other, so neither took the other's place. */
export const areBesides = (former: MergedEvent, current: MergedEvent): boolean => !handsOver(former, current) && former.lastUnixMs - current.firstUnixMs > nearMs;

function judge(former: MergedEvent, current: MergedEvent, isOnly: boolean): RenameCandidate | null {
  if (former.durableId === current.durableId) return null;
  const handOver = handOverOf(former, current);
  const line = lineOf(former, current);
  if (handOver === null || line === 'other-file') return null;
  const evidence = [line, schema(former, current), body(former, current), alike(former, current), rate(former, current), name(former, current)].filter((one) => one !== null);
  if (evidence.length === 0) return null;
  const circumstances = [isOnly ? only : null, silence(former, current)].filter((one) => one !== null);
  const certainty = 0.97 * together([...evidence, ...circumstances].map((one) => one.weight));
  return { former, current, certainty: Number(certainty.toFixed(2)), reason: [...evidence.filter((one) => one.weight >= 0.15).map((one) => one.words), handOver, ...circumstances.filter((one) => one.weight >= 0.15).map((one) => one.words)].join(', ') };
}

const only: Evidence = { weight: 0.3, words: 'nothing else ended or began then' };

/** Records of the former that would have come while the other did, at the rate there was. */
function silence(former: MergedEvent, current: MergedEvent): Evidence | null {
  const missed = perMs(former) * (current.lastUnixMs - former.lastUnixMs);
  return missed < 1 ? null : { weight: 0.25 * (1 - Math.exp(-missed / 30)), words: 'none of the former came since' };
}

/** Records a millisecond over all the time that it came. */
export const perMs = ({ records, firstUnixMs, lastUnixMs }: Pick<MergedEvent, 'records' | 'firstUnixMs' | 'lastUnixMs'>): number => records / Math.max(2000, lastUnixMs - firstUnixMs);

/** How one gave way to the other; null when it did not. */
function handOverOf(former: MergedEvent, current: MergedEvent): string | null {
  const pause = current.firstUnixMs - former.lastUnixMs;
  if (pause > pauseMs) return null;
  const { version } = newestVersion(current);
  // In the version that has the new one, the old one never was.
  if (version !== '' && !former.versions.has(version) && former.versions.size > 0) return `it begins with version ${version}, which has no ${former.durableId}`;
  return pause >= -overlapMs ? `one ends ${pause <= 2000 ? 'as' : 'shortly before'} the other begins` : null;
}

function lineOf(former: MergedEvent, current: MergedEvent): Evidence | 'other-file' | null {
  if (former.sourceLine === null || current.sourceLine === null) return null;
  if (former.sourceLine === current.sourceLine) return { weight: 0.75, words: `same source line ${current.sourceLine}` };
  const [a, b] = [partsOf(former.sourceLine), partsOf(current.sourceLine)];
  if (a.file !== b.file) return 'other-file';
  return Math.abs(a.line - b.line) <= nearLines ? { weight: 0.4, words: `${Math.abs(a.line - b.line)} lines apart in ${a.file}` } : { weight: 0.05, words: `same file ${a.file}` };
}

function partsOf(line: string): { readonly file: string; readonly line: number } {
  const at = line.lastIndexOf(':');
  return { file: line.slice(0, at), line: Number(line.slice(at + 1)) };
}

function schema(former: MergedEvent, current: MergedEvent): Evidence | null {
  const { likeness, shared } = schemaLikeness(former, current);
  return shared === 0 ? null : { weight: likeness ** 2 * (1 - 0.5 ** shared) * 0.7, words: `${Math.round(likeness * 100)} % of the fields alike (${shared})` };
}

function body(former: MergedEvent, current: MergedEvent): Evidence | null {
  if (former.template === undefined || current.template === undefined) return null;
  const likeness = former.template === current.template ? 1 : nameLikeness(former.template, current.template);
  return { weight: 0.5 * likeness, words: `bodies ${Math.round(likeness * 100)} % alike` };
}

/** Scope and severity. */
function alike(former: MergedEvent, current: MergedEvent): Evidence | null {
  if (former.scope === undefined || former.scope !== current.scope) return null;
  const common = [...current.severities.keys()].some((severity) => former.severities.has(severity)) || current.signal !== 'logs';
  return common ? { weight: 0.12, words: `same scope ${former.scope}` } : null;
}

function rate(former: MergedEvent, current: MergedEvent): Evidence | null {
  const close = closeness(perMs(former), perMs(current));
  return close === 0 ? null : { weight: 0.3 * close, words: 'about the same rate' };
}

function name(former: MergedEvent, current: MergedEvent): Evidence | null {
  const [one, other] = [wordsOf(former.durableId), wordsOf(current.durableId)];
  // Only put together otherwise: CheckoutStarted and checkout.started.
  if (one.length > 1 && one.join(' ') === other.join(' ')) return { weight: 0.75, words: 'the same words in the name' };
  const likeness = nameLikeness(former.durableId, current.durableId);
  return likeness === 0 ? null : { weight: 0.3 * likeness, words: 'names alike' };
}

/** Where several fit nearly as well, none is certain. */
function withoutRivals(found: readonly RenameCandidate[]): RenameCandidate[] {
  return found.map((one) => {
    const rival = Math.max(0, ...found.filter((other) => other !== one && (other.former === one.former || other.current === one.current)).map((other) => other.certainty));
    return rival > one.certainty - 0.15 ? { ...one, certainty: Number((one.certainty * 0.7).toFixed(2)) } : one;
  });
}
