// How a source stands on one agent, said only as far as it was seen. Pure.
//
// `leaking` from the moment that the independent scan saw it leave. That it stopped is said when nothing more of it was seen for
//  - 5 s, in which a rule hid it and every record that left was scanned (after a deployment the server asks for that), or
//  - 60 s, in which records were scanned, and a rule hid it or at least one record of its service left.
// Once proved it stays so, until it is seen leaving again or is let pass by name (`Stand.proof`, noted with each report and each second):
// that a later second was scanned in part, or an agent went away, takes nothing from what was seen before.
// That a rule hid something else in the same text (the whole value for its key, or a part of it by another detector) is as good:
// the text passed under the rule, and nothing of this was seen to leave. Without such evidence it goes on to be called leaking, and a
// note says what is missing. An agent that is away is judged by what was seen until then; one that is away for an hour and leaked when
// it was last heard of is unproved.
// `ignored`: it leaves while a policy that runs lets it pass by name. Once it does not, nothing from before its end is clean.
// `clean`: it never leaked or has stopped, and the very version of the rule that hid it runs there. When that runs no more, or
// nothing hid it, after-rule.ts asks for more, and without that it is `unproved`: nobody knows whether it leaves.
import { hourMs } from '../bounds.ts';
import { ended, withoutRule } from './after-rule.ts';
import { counted, figures, onTheWayMs, percents, silentMs, time, type AgentView, type Standing, type VersionedRule, type WhatHid } from './standing-terms.ts';
import { hidersOf, type Proof, type Stand } from './stands.ts';

/** That every leak was missed must be less likely than this. */
const missable = 0.01;
const settledMs = 5000;
const goneMs = hourMs;

const byDetector: WhatHid = { isScanned: true, how: '' };

export function standingOf(stand: Stand, agent: AgentView, nowMs: number, what = byDetector): Standing {
  const ignoredBy = ignoring(stand, agent);
  if (ignoredBy !== null) return { state: 'ignored', leaked: stand.lastLeakMs !== null, neverLeft: false, ignoredBy, stoppedMs: null, note: null };
  return stand.lastLeakMs === null ? neverLeaked(stand, agent, nowMs, what) : onceLeaked(stand, stand.lastLeakMs, agent, nowMs, what);
}

function onceLeaked(stand: Stand, leakMs: number, agent: AgentView, nowMs: number, what: WhatHid): Standing {
  const at = (state: Standing['state'], note: Standing['note'], stoppedMs: number | null = null): Standing => ({ state, leaked: true, neverLeft: false, ignoredBy: null, stoppedMs, note });
  const wasIgnored = wasIgnoredBy(stand, leakMs);
  const hid = hidingSince(stand, leakMs, agent);
  const fromMs = fromOf(stand, leakMs, agent);
  const evidence = evidenceOf(stand, { leakMs, fromMs }, agent, nowMs);
  if (evidence.proved || (stand.proof != null && stand.proof.fromMs >= fromMs)) {
    const backMs = hid === null ? 0 : agent.backMs?.(hid.id, hid.version) ?? 0;
    const stoppedMs = Math.max(stopOf(stand, fromMs), backMs);
    if (hid !== null && !hides(hid, Math.max(stand.lastMaskedMs ?? 0, stand.besideMs ?? 0), agent, nowMs)) return withoutRule(stand, agent, nowMs, { what, rule: hid, stoppedMs });
    return at('clean', () => `Since then ${scannedText(evidence)} of ${agent.name} were scanned.`, stoppedMs);
  }
  if (wasIgnored !== null && !agent.runs(wasIgnored.id, wasIgnored.version) && agent.runs(wasIgnored.id)) return at('unproved', () => `Let pass on purpose by policy ${wasIgnored.name} v${wasIgnored.version}. The policy is another version now, and nothing of this has left ${agent.name} since, as far as was scanned.`);
  if (agent.connected) return at('leaking', () => missingOf(evidence, time(fromMs, nowMs), agent.name));
  if (nowMs - agent.lastSeenMs > goneMs) return at('unproved', () => `${agent.name} has been away since ${new Date(agent.lastSeenMs).toISOString()}, and it leaked there when it was last heard of.`);
  return at('leaking', () => `${agent.name} has been away since ${time(agent.lastSeenMs, nowMs)}: what leaves there is not seen.`);
}

/** What an agent's reports tell of a source. */
export type AgentEvidence = Pick<AgentView, 'connected' | 'lastSeenMs' | 'scanned' | 'fullSinceMs' | 'fullToMs' | 'ended'>;

/** Null while what was seen by now does not prove that its last leak was the last one. */
export function proofNow(stand: Stand, agent: AgentEvidence, nowMs: number): Proof | null {
  const { lastLeakMs: leakMs } = stand;
  if (leakMs === null) return null;
  const fromMs = fromOf(stand, leakMs, agent);
  return evidenceOf(stand, { leakMs, fromMs }, agent, nowMs).proved ? { atMs: nowMs, fromMs } : null;
}

const wasIgnoredBy = ({ ignoredMs, ignoredBy }: Stand, leakMs: number): VersionedRule | null => (leakMs <= (ignoredMs ?? -Infinity) + onTheWayMs ? ignoredBy ?? null : null);

/** From when it must be seen no more: the last leak, or the end of what let that pass on purpose. */
function fromOf(stand: Stand, leakMs: number, agent: Pick<AgentView, 'ended'>): number {
  const by = wasIgnoredBy(stand, leakMs);
  return Math.max(leakMs, by === null ? 0 : ended(agent, by)?.atMs ?? 0);
}

/** Of the records that left an agent since the last leak, those that were scanned. */
export function scannedSince({ scannedAtLeak, leftAtLeak, waitingAtLeak = 0 }: Stand, { scanned: { records, ofRecords } }: Pick<AgentView, 'scanned'>): { readonly scanned: number; readonly left: number } {
  const left = Math.max(0, ofRecords - leftAtLeak);
  return { scanned: Math.min(left, Math.max(0, records - scannedAtLeak - waitingAtLeak)), left };
}

/** What hid it, or its text, since that moment: of two the one that runs. */
function hidingSince(stand: Stand, sinceMs: number, { runs }: AgentView): VersionedRule | null {
  const since = hidersOf(stand).filter(({ ms }) => ms > sinceMs).map(({ rule }) => rule);
  return since.find(({ id, version }) => runs(id, version)) ?? since[0] ?? null;
}

/** Not before the rule was there that stopped it: the last leak that was seen need not be the last one. */
function stopOf({ stop }: Stand, leakMs: number): number {
  return Math.max(leakMs + 1, stop ? Math.min(stop.appliedMs ?? 0, stop.atMs) : 0);
}

/** Clean while the rule that hides it runs there; that it never left is said only when all that left was scanned from first sight. */
function neverLeaked(stand: Stand, agent: AgentView, nowMs: number, what: WhatHid): Standing {
  const { rule, firstMs, firstMaskedMs } = stand;
  const lapsedMs = lapseOf(stand, agent);
  const backMs = rule === null ? 0 : agent.backMs?.(rule.id, rule.version) ?? 0;
  const stoppedMs = Math.max(backMs, lapsedMs === null ? firstMs : Math.max(lapsedMs, firstMaskedMs ?? 0));
  if (rule === null || !hides(rule, stand.lastMaskedMs ?? 0, agent, nowMs)) return withoutRule(stand, agent, nowMs, { what, rule, stoppedMs });
  const neverLeft = what.isScanned && lapsedMs === null && agent.fullSinceMs !== null && agent.fullSinceMs <= firstMs;
  const note = (): string | null => {
    if (!agent.connected) return `${agent.name} has been away since ${time(agent.lastSeenMs, nowMs)}: clean as long as ${rule.name} runs on there.`;
    if (!what.isScanned) return `This is not seen by the residual scan: it counts as clean while ${rule.name}, which hides it, runs on ${agent.name}.`;
    return neverLeft ? null : `Never seen leaving ${agent.name}, but not all that left was scanned since it was first seen.`;
  };
  return { state: 'clean', leaked: false, neverLeft, ignoredBy: null, stoppedMs, note, ...((lapsedMs !== null || backMs > firstMs) && { unseenUntilMs: stoppedMs }) };
}

/** The same version runs there; or another one, since a moment ago: it may yet show that it hides the same; or it hid something just
 *  now, and the agent has said nothing of what it runs. */
function hides(rule: VersionedRule, hiddenMs: number, agent: AgentView, nowMs: number): boolean {
  if (agent.runs(rule.id, rule.version)) return true;
  const end = ended(agent, rule);
  return agent.runs(rule.id) ? nowMs - (end?.atMs ?? 0) < settledMs : end === null && nowMs - hiddenMs < silentMs;
}

/** When a policy that let it pass by name did so no more; null when none did, or does. */
function lapseOf({ ignoredMs = null, ignoredBy = null }: Stand, agent: AgentView): number | null {
  if (ignoredMs === null || ignoredBy === null || agent.runs(ignoredBy.id, ignoredBy.version)) return null;
  return Math.max(ignoredMs, ended(agent, ignoredBy)?.atMs ?? 0);
}

/** The policy that lets it pass: it runs there, no other rule hides it behind it, and nothing left that it had not let pass. */
function ignoring({ ignoredMs = null, ignoredBy = null, lastLeakMs, lastMaskedMs }: Stand, { runs }: AgentView): VersionedRule | null {
  if (ignoredMs === null || ignoredBy === null || !runs(ignoredBy.id, ignoredBy.version)) return null;
  const hidden = lastMaskedMs !== null && lastMaskedMs > ignoredMs - onTheWayMs && lastMaskedMs >= (lastLeakMs ?? 0);
  return !hidden && (lastLeakMs ?? 0) <= ignoredMs + onTheWayMs ? ignoredBy : null;
}

interface Found { readonly proved: boolean; readonly scanned: number; readonly left: number; readonly silence: number; readonly wentBy: boolean }

const scannedText = ({ scanned, left }: Found): string => (scanned === left ? `all ${counted(left)}` : `${figures.format(scanned)} of ${counted(left)}`);

/** `fromMs`: of the last leak, or the end of what let it pass on purpose. */
function evidenceOf(stand: Stand, { leakMs, fromMs }: { readonly leakMs: number; readonly fromMs: number }, agent: AgentEvidence, nowMs: number): Found {
  const seenMs = agent.connected ? nowMs : Math.min(nowMs, agent.lastSeenMs);
  const silence = seenMs - fromMs;
  const { scanned, left } = scannedSince(stand, agent);
  // What waits to be scanned has left, and may yet turn out to hold it.
  const knownMs = Math.min(seenMs, agent.fullToMs ?? seenMs);
  const hiddenMs = Math.max(stand.lastMaskedMs ?? 0, stand.besideMs ?? 0);
  const hidden = hiddenMs > fromMs;
  const fullMs = scanned >= left ? fromMs : Math.max(fromMs, agent.fullSinceMs ?? Infinity);
  const wentBy = hidden || (stand.passedMs ?? 0) > leakMs;
  const isEnough = knownMs - fullMs >= silentMs || isUnlikelyMissed(stand, scanned);
  const proved = scanned > 0 && ((knownMs - fullMs >= settledMs && hiddenMs > fullMs) || (silence >= silentMs && wentBy && isEnough));
  return { proved, scanned, left, silence, wentBy };
}

/** Of the records scanned before, this part held a leak; were that still so, none of those scanned since would have held one. */
function isUnlikelyMissed({ leakRate, scannedAtLeak }: Stand, scanned: number): boolean {
  const rate = leakRate ?? 1 / Math.max(1, scannedAtLeak);
  return scanned * Math.log1p(-Math.min(rate, 1)) < Math.log(missable);
}

function missingOf({ scanned, left, silence, wentBy }: Found, since: string, agent: string): string | null {
  if (silence < silentMs) return null;
  if (scanned <= 0) return `Nothing that left ${agent} was scanned since ${since}, so it is not known to have stopped.`;
  if (!wentBy) return `No record of this service has left ${agent} since ${since}, so it is not known to have stopped.`;
  return `Not seen for ${Math.floor(silence / 1000)} s, but only ${percents.format((100 * scanned) / left)} % of what left ${agent} was scanned, too little for how seldom it leaked: start a full scan.`;
}
