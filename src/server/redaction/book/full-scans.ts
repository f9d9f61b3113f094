// The record of full scans: when everything that left was scanned, who asked for it, how much left, and what was found in it. An
// auditor reads it as "from 05:30 to 05:35, 11,013 of 11,013 records, none found". Bounded: the newest, and so many agents of each.
import type { FullScan } from '../../../model/index.ts';

interface ScanPart {
  readonly agent: number; ofRecords: number;
  /** Of these: left out for good, and waiting to be scanned. */
  missed: number; waiting: number;
  found: number;
  /** Until when it said that all was scanned; 0: it has not yet. */
  heardMs: number;
}
export interface StoredScan { readonly fromMs: number; toMs: number; readonly by: string; readonly rule?: string; isDone: boolean; isCut: boolean; readonly parts: ScanPart[] }
/** Of one report of an agent, by this machine's clock. `full`: all that left in this time was scanned, or waits for it. */
export interface ScanReport { readonly fromMs: number; readonly atMs: number; readonly ofRecords: number; readonly missed: number; readonly waiting: number; readonly full: boolean }

const mostScans = 50;
const mostParts = 1000;
/** Agents begin and end a scan by their own clocks, and report once a second. */
const edgeMs = 1500;
/** What waited at the end is counted for so long. */
const lateMs = 60_000;
const silentMs = 5000;

export class FullScans {
  #scans: readonly StoredScan[] = [];
  isDirty = false;

  /** Newest first. */
  get all(): readonly StoredScan[] { return this.#scans; }
  load(scans: readonly StoredScan[]): void { this.#scans = scans.slice(0, mostScans); }

  /** Agents that are there have part in it from the start. One that would last longer is cut: agents know one end only. */
  begin({ fromMs, toMs, by, rule, agents }: { readonly fromMs: number; readonly toMs: number; readonly by: string; readonly rule?: string | undefined; readonly agents: readonly number[] }): void {
    this.cut(toMs);
    const scan: StoredScan = { fromMs, toMs, by, ...(rule !== undefined && { rule }), isDone: false, isCut: agents.length > mostParts, parts: agents.slice(0, mostParts).map(newPart) };
    this.#scans = [scan, ...this.#scans].slice(0, mostScans);
    this.isDirty = true;
  }

  /** The newest goes on until then. */
  prolong(toMs: number): void {
    const [newest] = this.#open;
    if (newest !== undefined) { newest.toMs = Math.max(newest.toMs, toMs); this.isDirty = true; }
  }

  /** None goes on beyond. */
  cut(atMs: number): void {
    for (const scan of this.#open) if (scan.toMs > atMs) { scan.toMs = Math.max(scan.fromMs, atMs); this.isDirty = true; }
  }

  report(agent: number, said: ScanReport): void {
    for (const scan of this.#open) {
      if (said.atMs <= scan.fromMs) continue;
      const part = partOf(scan, agent);
      if (part !== null) { note(part, scan, said); this.isDirty = true; }
    }
  }

  found(agent: number, leftMs: number, count: number): void {
    for (const scan of this.#open) {
      const part = leftMs >= scan.fromMs && leftMs <= scan.toMs ? partOf(scan, agent) : null;
      if (part !== null) { part.found += count; this.isDirty = true; }
    }
  }

  /** Those whose time is over, and of which nothing waits, change no more. */
  tidy(nowMs: number): void {
    for (const scan of this.#open) {
      const isOver = nowMs >= scan.toMs + lateMs || (nowMs >= scan.toMs + 2 * edgeMs && scan.parts.every(({ waiting }) => waiting === 0));
      if (isOver) { scan.isDone = true; this.isDirty = true; }
    }
  }

  get #open(): readonly StoredScan[] { return this.#scans.filter(({ isDone }) => !isDone); }
}

const newPart = (agent: number): ScanPart => ({ agent, ofRecords: 0, missed: 0, waiting: 0, found: 0, heardMs: 0 });

function partOf(scan: StoredScan, agent: number): ScanPart | null {
  const known = scan.parts.find((part) => part.agent === agent);
  if (known !== undefined) return known;
  if (scan.parts.length >= mostParts) { scan.isCut = true; return null; }
  const made = newPart(agent);
  scan.parts.push(made);
  return made;
}

/** Counted from its first second that was scanned as a whole to its last. */
function note(part: ScanPart, { toMs }: StoredScan, { fromMs, atMs, ofRecords, missed, waiting, full }: ScanReport): void {
  const isWithin = fromMs < toMs && atMs <= toMs + edgeMs && (full || (part.heardMs > 0 && atMs <= toMs - edgeMs));
  if (isWithin) {
    part.ofRecords += ofRecords;
    part.missed += missed;
    part.heardMs = Math.max(part.heardMs, atMs);
  }
  // First in, first out: nothing of later waits before it.
  part.waiting = Math.min(part.waiting + (isWithin ? ofRecords - missed : 0), waiting);
}

/** As the API shows it. `nameOf`: of an agent by its number. */
export function scanShown({ fromMs, toMs, by, rule, isCut, parts }: StoredScan, nowMs: number, nameOf: (agent: number) => string): FullScan {
  const sum = (of: (part: ScanPart) => number): number => parts.reduce((total, part) => total + of(part), 0);
  const isWhole = ({ missed, waiting, heardMs }: ScanPart): boolean => heardMs >= Math.min(toMs, nowMs) - silentMs && missed === 0 && waiting === 0;
  const names = (whole: boolean): string[] => parts.filter((part) => isWhole(part) === whole).map(({ agent }) => nameOf(agent)).sort();
  const missing = [...names(false), ...(isCut ? ['other agents'] : [])];
  return {
    fromUnixMs: fromMs, toUnixMs: toMs, by, ...(rule !== undefined && { rule }), records: sum(({ ofRecords, missed, waiting }) => ofRecords - missed - waiting), ofRecords: sum(({ ofRecords }) => ofRecords), found: sum(({ found }) => found),
    agents: names(true), ...(missing.length > 0 && { missing }),
  };
}

/** The server wrote it itself; what cannot be read is forgotten. */
export function readStoredScans(text: string | null): readonly StoredScan[] {
  try {
    const stored: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(stored) ? stored as StoredScan[] : [];
  } catch {
    return [];
  }
}
