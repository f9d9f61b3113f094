// What the judges of a source share: what they are told of an agent, what they answer, and how they write figures.
import type { RedactionSource } from '../../../model/index.ts';
import type { EndedRule } from './agents-seen.ts';

export interface VersionedRule { readonly id: string; readonly name: string; readonly version: number }

/** What is known of the agent. Times in Unix milliseconds, counts since it was first seen. */
export interface AgentView {
  readonly name: string; readonly connected: boolean; readonly lastSeenMs: number;
  readonly scanned: { readonly records: number; readonly ofRecords: number };
  /** Since when every record that left was scanned; null while it is not. */
  readonly fullSinceMs: number | null;
  /** While part of that waits to be scanned: until when all was. Absent: nothing waits. */
  readonly fullToMs?: number;
  /** Whether it runs this version of the rule; without one, any. */
  readonly runs: (ruleId: string, version?: number) => boolean;
  /** Since when it runs that version again, after a time without it in which nobody looked at all that left; absent, or null: no such time is known. */
  readonly backMs?: (ruleId: string, version: number) => number | null;
  /** Rules that it ran before, newest first. */
  readonly ended: readonly EndedRule[];
  /** When a record of the source's service last left it; 0: not known. */
  readonly passedMs: number;
}

/** Whether the residual scan knows the detector. What a policy hides by key, list or pattern of its own it does not: `how` says by which. */
export interface WhatHid { readonly isScanned: boolean; readonly how: string }

export interface Standing {
  readonly state: RedactionSource['state'];
  /** It ever did. */
  readonly leaked: boolean;
  /** All that left was scanned since it was first seen, and it was not among it. */
  readonly neverLeft: boolean;
  /** When a leak before could have been seen by nobody. */
  readonly unseenUntilMs?: number;
  /** The policy that lets it pass on purpose. */
  readonly ignoredBy: VersionedRule | null;
  /** When it is clean: from when nothing left. */
  readonly stoppedMs: number | null;
  /** Made when somebody reads it: most are counted only. */
  readonly note: (() => string | null) | null;
}

/** So long without a finding tells something. */
export const silentMs = 60_000;
/** A record is hidden or let pass when it comes, and may be seen leaving this much later, when an exporter gets it. */
export const onTheWayMs = 10_000;

/** With its date when that is not today's. */
export function time(ms: number, nowMs: number): string {
  const [day, clock] = new Date(ms).toISOString().split('T') as [string, string];
  return `${new Date(nowMs).toISOString().startsWith(day) ? '' : `${day} `}${clock.slice(0, 8)} UTC`;
}
// Made once: every agent of every source may have a note.
export const figures = new Intl.NumberFormat('en');
export const percents = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
export const counted = (records: number): string => `${figures.format(records)} ${records === 1 ? 'record' : 'records'}`;
