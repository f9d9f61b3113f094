// Whether a source still leaks, said only as far as it was seen. Pure.
//
// It leaks from the moment that the independent scan saw it leave. That it stopped is said when nothing more of it was seen for
//  - 5 s, in which a rule hid it and every record that left was scanned, or
//  - 60 s, in which records were scanned, and a rule hid it or at least one record of its service left.
// Without such evidence it goes on to be called leaking, and a note says what is missing. An agent that is away is judged by what
// was seen until then; one that is away for an hour leaks no longer as far as anybody can see, which is not called stopped.
import { hourMs } from '../bounds.ts';
import type { Stand } from './stands.ts';

/** What is known of the agent. Times in Unix milliseconds, counts since it was first seen. */
export interface AgentView {
  readonly name: string; readonly connected: boolean; readonly lastSeenMs: number;
  readonly scanned: { readonly records: number; readonly ofRecords: number };
  /** When a record of the source's service was last reported to have left; null: not seen. */
  readonly serviceLeftMs: number | null;
}
export interface Standing { readonly leaking: boolean; /** It ever did. */ readonly leaked: boolean; /** Null while it leaks, or when nobody knows. */ readonly stoppedMs: number | null; readonly note: string | null }

const settledMs = 5000;
const silentMs = 60_000;
const goneMs = hourMs;

const time = (ms: number): string => `${new Date(ms).toISOString().slice(11, 19)} UTC`;
// Made once: every agent of every source may have a note.
const figures = new Intl.NumberFormat('en');
const counted = (records: number): string => `${figures.format(records)} ${records === 1 ? 'record' : 'records'}`;

export function standingOf(stand: Stand, agent: AgentView, nowMs: number): Standing {
  const leakMs = stand.lastLeakMs;
  if (leakMs === null) return { leaking: false, leaked: false, stoppedMs: stand.firstMs, note: null };
  const evidence = evidenceOf(stand, leakMs, agent, nowMs);
  if (evidence.proved) return { leaking: false, leaked: true, stoppedMs: leakMs + 1, note: `Since then ${scannedText(evidence)} of ${agent.name} were scanned.` };
  if (agent.connected) return { leaking: true, leaked: true, stoppedMs: null, note: evidence.missing };
  if (nowMs - agent.lastSeenMs > goneMs) return { leaking: false, leaked: true, stoppedMs: null, note: `${agent.name} has been away since ${new Date(agent.lastSeenMs).toISOString()}, and it leaked there when it was last heard of.` };
  return { leaking: true, leaked: true, stoppedMs: null, note: `${agent.name} has been away since ${time(agent.lastSeenMs)}: what leaves there is not seen.` };
}

interface Found { readonly proved: boolean; readonly missing: string | null; readonly scanned: number; readonly left: number }

const scannedText = ({ scanned, left }: Found): string => (scanned === left ? `all ${counted(left)}` : `${figures.format(scanned)} of ${counted(left)}`);

function evidenceOf(stand: Stand, leakMs: number, agent: AgentView, nowMs: number): Found {
  const seenMs = agent.connected ? nowMs : Math.min(nowMs, agent.lastSeenMs);
  const silence = seenMs - leakMs;
  const scanned = agent.scanned.records - stand.scannedAtLeak;
  const left = agent.scanned.ofRecords - stand.leftAtLeak;
  const hidden = (stand.lastMaskedMs ?? 0) > leakMs;
  const passed = (agent.serviceLeftMs ?? 0) > leakMs;
  const proved = scanned > 0 && ((silence >= settledMs && hidden && scanned >= left) || (silence >= silentMs && (hidden || passed)));
  return { proved, scanned, left, missing: silence < silentMs ? null : missingOf(scanned, leakMs, agent.name) };
}

const missingOf = (scanned: number, leakMs: number, agent: string): string =>
  (scanned <= 0 ? `Nothing that left ${agent} was scanned since ${time(leakMs)}, so it is not known to have stopped.` : `No record of this service has left ${agent} since ${time(leakMs)}, so it is not known to have stopped.`);

/** Of all agents together. `cleanSinceMs`: the latest stop of those where it leaked; null while it leaks anywhere, and when one cannot be known. */
export function together(standings: readonly Standing[], firstSeenMs: number): { readonly leaking: boolean; readonly cleanSinceMs: number | null; readonly leaked: boolean; readonly note: string | null } {
  const leakers = standings.filter(({ leaked }) => leaked);
  const leaking = leakers.filter((one) => one.leaking);
  const unknown = leakers.some(({ stoppedMs }) => stoppedMs === null);
  const [first, ...others] = (leaking.length > 0 ? leaking : leakers).flatMap(({ note }) => (note === null ? [] : [note]));
  const more = others.length === 0 ? '' : ` Likewise on ${others.length} more ${others.length === 1 ? 'agent' : 'agents'}.`;
  return {
    leaking: leaking.length > 0, leaked: leakers.length > 0,
    cleanSinceMs: unknown ? null : leakers.length === 0 ? firstSeenMs : Math.max(...leakers.map(({ stoppedMs }) => stoppedMs ?? 0)),
    note: first === undefined ? null : `${first}${more}`,
  };
}
