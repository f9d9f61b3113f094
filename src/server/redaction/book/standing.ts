// Whether a source still leaks, said only as far as it was seen. Pure.
//
// It leaks from the moment that the independent scan saw it leave. That it stopped is said when nothing more of it was seen for
//  - 5 s, in which a rule hid it and every record that left was scanned (after a deployment the server asks for that), or
//  - 60 s, in which records were scanned, and a rule hid it or at least one record of its service left.
// That a rule hid something else in the same text (the whole value for its key, or a part of it by another detector) is as good:
// the text passed under the rule, and nothing of this was seen to leave.
// What leaves while a policy that runs lets it pass by name is `ignored`: no leak, and not clean.
// Without such evidence it goes on to be called leaking, and a note says what is missing. An agent that is away is judged by what
// was seen until then; one that is away for an hour leaks no longer as far as anybody can see, which is not called stopped.
import { hourMs } from '../bounds.ts';
import type { Stand } from './stands.ts';

/** What is known of the agent. Times in Unix milliseconds, counts since it was first seen. */
export interface AgentView {
  readonly name: string; readonly connected: boolean; readonly lastSeenMs: number;
  readonly scanned: { readonly records: number; readonly ofRecords: number };
  /** Since when every record that left was scanned; null while it is not. */
  readonly fullSinceMs: number | null;
  /** Whether it runs this rule. */
  readonly runs: (ruleId: string) => boolean;
}
export interface Standing { readonly leaking: boolean; /** It ever did. */ readonly leaked: boolean; /** When a leak before could have been seen by nobody. */ readonly unseenUntilMs?: number; /** The policy that lets it pass on purpose. */ readonly ignoredBy: Stand['ignoredBy'] & object | null; /** Null while it leaks, or when nobody knows. */ readonly stoppedMs: number | null; readonly note: string | null }

/** That every leak was missed must be less likely than this. */
const missable = 0.01;
const settledMs = 5000;
const silentMs = 60_000;
/** A record is let pass when it comes, and may be seen leaving this much later, when an exporter gets it. */
const onTheWayMs = 10_000;
const goneMs = hourMs;

const time = (ms: number): string => `${new Date(ms).toISOString().slice(11, 19)} UTC`;
// Made once: every agent of every source may have a note.
const figures = new Intl.NumberFormat('en');
const percents = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
const counted = (records: number): string => `${figures.format(records)} ${records === 1 ? 'record' : 'records'}`;

/** `isScanned`: whether the residual scan knows the detector; what a policy hides by key, list or pattern of its own it does not. */
export function standingOf(stand: Stand, agent: AgentView, nowMs: number, isScanned = true): Standing {
  const leakMs = stand.lastLeakMs;
  const ignoredBy = ignoring(stand, agent);
  if (ignoredBy !== null) return { leaking: false, leaked: leakMs !== null, ignoredBy, stoppedMs: null, note: null };
  if (leakMs === null) return { leaking: false, leaked: false, ignoredBy, ...neverLeaked(stand, agent, nowMs, isScanned) };
  const leaked = { leaked: true, ignoredBy } as const;
  const evidence = evidenceOf(stand, leakMs, agent, nowMs);
  if (evidence.proved) return { ...leaked, leaking: false, stoppedMs: stopOf(stand, leakMs), note: `Since then ${scannedText(evidence)} of ${agent.name} were scanned.` };
  if (agent.connected) return { ...leaked, leaking: true, stoppedMs: null, note: evidence.missing };
  if (nowMs - agent.lastSeenMs > goneMs) return { ...leaked, leaking: false, stoppedMs: null, note: `${agent.name} has been away since ${new Date(agent.lastSeenMs).toISOString()}, and it leaked there when it was last heard of.` };
  return { ...leaked, leaking: true, stoppedMs: null, note: `${agent.name} has been away since ${time(agent.lastSeenMs)}: what leaves there is not seen.` };
}

/** Not before the rule was there that stopped it: the last leak that was seen need not be the last one. */
function stopOf({ stop }: Stand, leakMs: number): number {
  return Math.max(leakMs + 1, stop ? Math.min(stop.appliedMs ?? 0, stop.atMs) : 0);
}

/** Clean while a rule that hides it runs there, or while everything that leaves is scanned by who knows it; else nobody knows. */
function neverLeaked({ rule, firstMs, lastMaskedMs }: Stand, agent: AgentView, nowMs: number, isScanned: boolean): Pick<Standing, 'stoppedMs' | 'note' | 'unseenUntilMs'> {
  const isHidden = rule !== null && (agent.runs(rule.id) || nowMs - (lastMaskedMs ?? 0) < silentMs);
  if (isHidden) return { stoppedMs: firstMs, note: isScanned ? null : `This is not seen by the residual scan: it counts as clean while ${rule.name}, which hides it, runs on ${agent.name}.` };
  const why = rule === null ? `No rule hides it on ${agent.name}` : `${rule.name}, which hid it, no longer runs on ${agent.name}`;
  if (!isScanned) return { stoppedMs: null, note: `${why}, and the residual scan does not see it: whether it leaves is not known.` };
  if (agent.fullSinceMs === null) return { stoppedMs: null, note: `${why}, and not all that leaves is scanned: start a full scan to see whether it does.` };
  const wasSeen = agent.fullSinceMs <= (lastMaskedMs ?? firstMs) + onTheWayMs;
  return { stoppedMs: wasSeen ? firstMs : agent.fullSinceMs, note: `${why}; all that left since ${time(agent.fullSinceMs)} was scanned.`, ...(!wasSeen && { unseenUntilMs: agent.fullSinceMs }) };
}

/** The policy that lets it pass: it runs there, no other rule hides it behind it, and nothing left that it had not let pass. */
function ignoring({ ignoredMs = null, ignoredBy = null, lastLeakMs, lastMaskedMs }: Stand, { runs }: AgentView): Standing['ignoredBy'] {
  if (ignoredMs === null || ignoredBy === null || !runs(ignoredBy.id)) return null;
  const hidden = lastMaskedMs !== null && lastMaskedMs > ignoredMs - onTheWayMs && lastMaskedMs >= (lastLeakMs ?? 0);
  return !hidden && (lastLeakMs ?? 0) <= ignoredMs + onTheWayMs ? ignoredBy : null;
}

interface Found { readonly proved: boolean; readonly missing: string | null; readonly scanned: number; readonly left: number }

const scannedText = ({ scanned, left }: Found): string => (scanned === left ? `all ${counted(left)}` : `${figures.format(scanned)} of ${counted(left)}`);

function evidenceOf(stand: Stand, leakMs: number, agent: AgentView, nowMs: number): Found {
  const seenMs = agent.connected ? nowMs : Math.min(nowMs, agent.lastSeenMs);
  const silence = seenMs - leakMs;
  const scanned = agent.scanned.records - stand.scannedAtLeak;
  const left = agent.scanned.ofRecords - stand.leftAtLeak;
  const hiddenMs = Math.max(stand.lastMaskedMs ?? 0, stand.besideMs ?? 0);
  const hidden = hiddenMs > leakMs;
  const fullMs = scanned >= left ? leakMs : Math.max(leakMs, agent.fullSinceMs ?? Infinity);
  const passed = (stand.passedMs ?? 0) > leakMs;
  const isEnough = seenMs - fullMs >= silentMs || isUnlikelyMissed(stand, scanned);
  const proved = scanned > 0 && ((seenMs - fullMs >= settledMs && hiddenMs > fullMs) || (silence >= silentMs && (hidden || passed) && isEnough));
  return { proved, scanned, left, missing: silence < silentMs ? null : missingOf({ scanned, left }, hidden || passed, leakMs, agent.name, silence) };
}

/** Of the records scanned before, this part held a leak; were that still so, none of those scanned since would have held one. */
function isUnlikelyMissed({ leakRate, scannedAtLeak }: Stand, scanned: number): boolean {
  const rate = leakRate ?? 1 / Math.max(1, scannedAtLeak);
  return scanned * Math.log1p(-Math.min(rate, 1)) < Math.log(missable);
}

function missingOf({ scanned, left }: Pick<Found, 'scanned' | 'left'>, wentBy: boolean, leakMs: number, agent: string, silence: number): string {
  if (scanned <= 0) return `Nothing that left ${agent} was scanned since ${time(leakMs)}, so it is not known to have stopped.`;
  if (!wentBy) return `No record of this service has left ${agent} since ${time(leakMs)}, so it is not known to have stopped.`;
  return `Not seen for ${Math.floor(silence / 1000)} s, but only ${percents.format((100 * scanned) / left)} % of what left ${agent} was scanned, too little for how seldom it leaked: start a full scan.`;
}

/** Of all agents together. `cleanSinceMs`: the latest stop of those where it leaked; null while it leaks anywhere, and when one cannot be known. */
export function together(standings: readonly Standing[], firstSeenMs: number): { readonly leaking: boolean; readonly cleanSinceMs: number | null; readonly leaked: boolean; readonly ignoredBy: Standing['ignoredBy']; readonly note: string | null } {
  const leakers = standings.filter(({ leaked, ignoredBy }) => leaked && ignoredBy === null);
  const ignoredBy = standings.find((one) => one.ignoredBy !== null)?.ignoredBy ?? null;
  const leaking = leakers.filter((one) => one.leaking);
  const quiet = standings.filter(({ leaked, ignoredBy: by }) => !leaked && by === null);
  const unknown = [...leakers, ...quiet].some(({ stoppedMs }) => stoppedMs === null);
  const [first, ...others] = (leaking.length > 0 ? leaking : [...leakers, ...quiet]).flatMap(({ note }) => (note === null ? [] : [note]));
  const more = others.length === 0 ? '' : ` Likewise on ${others.length} more ${others.length === 1 ? 'agent' : 'agents'}.`;
  return {
    leaking: leaking.length > 0, leaked: leakers.length > 0, ignoredBy: leaking.length > 0 ? null : ignoredBy,
    cleanSinceMs: unknown ? null : Math.max(leakers.length === 0 ? firstSeenMs : 0, ...leakers.map(({ stoppedMs }) => stoppedMs ?? 0), ...quiet.map(({ unseenUntilMs }) => unseenUntilMs ?? 0)),
    note: leaking.length === 0 && ignoredBy !== null ? `Left in clear on purpose, by policy ${ignoredBy.name} v${ignoredBy.version}.` : first === undefined ? null : `${first}${more}`,
  };
}
