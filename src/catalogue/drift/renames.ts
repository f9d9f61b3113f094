// Which event that ended is which that began: the same line of code under another name. Evidence: the source line, the fields, the text of
// the body, the scope, the severity and the rate; and that one ends as the other begins, at one moment or from one version to the next.
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
const leastCertainty = 0.4;
/** One may outlast the other by so much: reports and shutdowns take their time. */
const overlapMs = 10_000;
/** And so much may lie between. */
const pauseMs = 120_000;
/** Lines that a change moves a statement by. */
const nearLines = 20;
const mostPairs = 20_000;
/** Judged against each other. */
const mostFound = 500;

interface Evidence { readonly weight: number; readonly words: string }

/** The best matches first. `ended`: events that fell silent; `begun`: events that are new. */
export function findRenames(ended: readonly MergedEvent[], begun: readonly MergedEvent[]): RenameCandidate[] {
  const found: RenameCandidate[] = [];
  let looked = 0;
  for (const former of ended) {
    for (const current of begun) {
      if (looked++ >= mostPairs || found.length >= mostFound) break;
      const candidate = judge(former, current);
      if (candidate !== null && candidate.certainty >= leastCertainty) found.push(candidate);
    }
  }
  return withoutRivals(found).filter((one) => one.certainty >= leastCertainty).sort((a, b) => b.certainty - a.certainty);
}

function judge(former: MergedEvent, current: MergedEvent): RenameCandidate | null {
  if (former.service !== current.service || former.signal !== current.signal || former.durableId === current.durableId) return null;
  const handOver = handOverOf(former, current);
  const line = lineOf(former, current);
  if (handOver === null || line === 'other-file') return null;
  const evidence = [line, schema(former, current), body(former, current), alike(former, current), rate(former, current), name(former, current)].filter((one) => one !== null);
  if (evidence.length === 0) return null;
  const certainty = 0.97 * together(evidence.map((one) => one.weight));
  return { former, current, certainty: Number(certainty.toFixed(2)), reason: [...evidence.filter((one) => one.weight >= 0.15).map((one) => one.words), handOver].join(', ') };
}

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
  const perMs = (event: MergedEvent): number => event.records / Math.max(2000, event.lastUnixMs - event.firstUnixMs);
  const close = closeness(perMs(former), perMs(current));
  return close === 0 ? null : { weight: 0.3 * close, words: 'about the same rate' };
}

function name(former: MergedEvent, current: MergedEvent): Evidence | null {
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
