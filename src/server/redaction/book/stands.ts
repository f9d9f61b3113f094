// How each source stands on each agent: what hid it there, the last finding that left, and what was scanned by then.
import type { RedactionCell } from '../../../model/index.ts';
import { maxStands } from '../bounds.ts';

export interface Stand {
  readonly source: number; readonly agent: number;
  readonly firstMs: number; readonly lastMs: number;
  /** The rule that hides it now, with the first finding that this version hid here, and the last one that any rule hid. */
  readonly rule: RedactionCell['rule'] | null; readonly firstMaskedMs: number | null; readonly lastMaskedMs: number | null;
  readonly lastLeakMs: number | null;
  /** It had been hidden, and left again from then on. */
  readonly againMs?: number | null;
  /** The last finding of another detector in the same text that a rule hid, and the rule: the text passes under it. */
  readonly besideMs?: number | null; readonly besideRule?: RedactionCell['rule'] | null;
  /** What first hid it, or its text, after the last leak: when, and when that rule had been applied there, if that is known. */
  readonly stop?: Stop | null;
  /** That the last leak was the last: stays true, whatever is scanned later, until it is seen leaving again or let pass. */
  readonly proof?: Proof | null;
  /** The last finding that a policy let pass by name, and the policy. */
  readonly ignoredMs?: number | null; readonly ignoredBy?: RedactionCell['rule'] | null;
  /** When a record of the source's service was first reported to have left since the last leak. */
  readonly passedMs?: number | null;
  /** Findings that left since each deployment that is counted from, by its name. */
  readonly since?: Readonly<Record<string, number>>;
  /** Of this agent's records, when the report of that leak had come: scanned, and left. */
  readonly scannedAtLeak: number; readonly leftAtLeak: number;
  /** Records that had left by then and were scanned later. */
  readonly waitingAtLeak?: number;
  /** Records with a leak among those scanned: all of them, and the part of the scanned ones that they were, of all and since the report
   *  before, whichever is less. */
  readonly leaks?: number; readonly scannedBeforeLeaks?: number; readonly leakRate?: number;
}
/** By one version of a rule: the moments of two are never mixed. */
interface Stop { readonly atMs: number; readonly appliedMs: number | null; readonly rule?: RedactionCell['rule'] }
/** When it was known, and of which moment: the last leak, or the end of what let it pass. */
export interface Proof { readonly atMs: number; readonly fromMs: number }
/** Of the report that tells of a leak: records that held it, and how many were scanned before the report. */
interface Seen { readonly records: number; readonly scannedBefore: number }
interface Span { readonly firstMs: number; readonly lastMs: number }

/** After this long without a finding of the one, another rule is the one that hides. */
const handoverMs = 60_000;
/** Hidden for this long, it had stopped leaking. */
const hiddenAtLeastMs = 5000;
const keyOf = (source: number, agent: number): string => `${source} ${agent}`;

function rateOf(known: Stand, scanned: number, { records, scannedBefore }: Seen): Pick<Stand, 'leaks' | 'scannedBeforeLeaks' | 'leakRate'> {
  const leaks = (known.leaks ?? 0) + records;
  const scannedBeforeLeaks = known.scannedBeforeLeaks ?? scannedBefore;
  const isFirst = known.lastLeakMs === null;
  const lately = isFirst || scanned === known.scannedAtLeak ? 1 : records / (scanned - known.scannedAtLeak);
  return { leaks, scannedBeforeLeaks, leakRate: Math.min(1, lately, leaks / Math.max(1, scanned - scannedBeforeLeaks)) };
}

/** It had been hidden for a while and nothing left: this leak is the first of new ones. */
function again({ lastMaskedMs, lastLeakMs }: Stand, { firstMs }: Span): Pick<Stand, 'againMs'> {
  const wasHidden = lastMaskedMs !== null && (lastLeakMs === null || lastMaskedMs - lastLeakMs >= hiddenAtLeastMs);
  return wasHidden && firstMs > lastMaskedMs ? { againMs: firstMs } : {};
}

/** The first time that it was hidden after it leaked. */
function stopped({ lastLeakMs, stop = null }: Stand, { firstMs, lastMs }: Span, appliedMs: number | null, rule: RedactionCell['rule']): Pick<Stand, 'stop'> {
  return lastLeakMs === null || stop !== null || lastMs <= lastLeakMs ? {} : { stop: { atMs: Math.max(firstMs, lastLeakMs + 1), appliedMs, rule } };
}

const add = (to: Map<number, Set<number>>, { source, agent }: Pick<Stand, 'source' | 'agent'>): void => { to.set(agent, (to.get(agent) ?? new Set<number>()).add(source)); };

/** The rules that hid it there, or its text, last. */
export function hidersOf({ rule, lastMaskedMs, besideRule = null, besideMs }: Stand): readonly { readonly rule: RedactionCell['rule']; readonly ms: number }[] {
  return [...(rule === null ? [] : [{ rule, ms: lastMaskedMs ?? 0 }]), ...(besideRule === null ? [] : [{ rule: besideRule, ms: besideMs ?? 0 }])];
}

export class Stands {
  readonly #stands = new Map<string, Stand>();
  readonly #bySource = new Map<number, Map<number, Stand>>();
  /** By agent: sources that leaked there, of whose service nothing has left since. */
  readonly #waiting = new Map<number, Set<number>>();
  /** By agent: sources that leaked there, and are not proved to have stopped. */
  readonly #open = new Map<number, Set<number>>();
  readonly dirty = new Map<string, Stand>();
  readonly gone = new Map<string, Pick<Stand, 'source' | 'agent'>>();

  ofSource(source: number): readonly Stand[] { return [...this.#bySource.get(source)?.values() ?? []]; }
  of(source: number, agent: number): Stand | undefined { return this.#stands.get(keyOf(source, agent)); }
  load(stands: readonly Stand[]): void {
    for (const stand of stands) {
      this.#put(stand);
      if (stand.lastLeakMs !== null && (stand.passedMs ?? null) === null) add(this.#waiting, stand);
      if (stand.lastLeakMs !== null && (stand.proof ?? null) === null) add(this.#open, stand);
    }
    this.dirty.clear();
  }

  /** `appliedMs`: since when the agent runs that rule. `isOver`: whether it runs another one no more. */
  masked(source: number, agent: number, rule: RedactionCell['rule'], { firstMs, lastMs }: Span, appliedMs: number | null = null, isOver: (rule: RedactionCell['rule']) => boolean = () => false): void {
    const known = this.#of(source, agent, firstMs);
    const same = known.rule?.id === rule.id && known.rule.version === rule.version;
    const takesOver = !same && (known.rule === null || (known.rule.id === rule.id && rule.version > known.rule.version) || (known.lastMaskedMs ?? 0) < lastMs - handoverMs || isOver(known.rule));
    // What left since it was last hidden: the rule was off, and hides it from here on.
    const again = known.lastMaskedMs !== null && (known.lastLeakMs ?? 0) > known.lastMaskedMs + handoverMs / 6;
    const isRenewed = same && appliedMs !== null && (known.lastMaskedMs ?? 0) < appliedMs;
    this.#put({ ...known, ...stopped(known, { firstMs, lastMs }, appliedMs, rule), lastMs: Math.max(known.lastMs, lastMs), lastMaskedMs: Math.max(known.lastMaskedMs ?? 0, lastMs), ...((again || isRenewed) && { firstMaskedMs: firstMs }), ...(takesOver && { rule, firstMaskedMs: firstMs }) });
  }

  /** Another detector's finding in the same text was hidden. Of no matter where nothing leaked. */
  hiddenBeside(source: number, agent: number, rule: RedactionCell['rule'], span: Span, appliedMs: number | null = null): void {
    const known = this.#stands.get(keyOf(source, agent));
    if (known !== undefined && known.lastLeakMs !== null) this.#put({ ...known, ...stopped(known, span, appliedMs, rule), besideMs: Math.max(known.besideMs ?? 0, span.lastMs), besideRule: rule });
  }

  ignored(source: number, agent: number, rule: RedactionCell['rule'], { firstMs, lastMs }: Span): void {
    const known = this.#of(source, agent, firstMs);
    this.#put({ ...known, lastMs: Math.max(known.lastMs, lastMs), ignoredMs: Math.max(known.ignoredMs ?? 0, lastMs), ignoredBy: rule, proof: null });
    if (known.lastLeakMs !== null) add(this.#open, known);
  }

  /** `since`: what of it left behind each deployment. One that left before the last that is known is counted, and changes nothing else. */
  leaked(source: number, agent: number, { firstMs, lastMs }: Span, scanned: { readonly records: number; readonly ofRecords: number; readonly waiting?: number }, since: Readonly<Record<string, number>> = {}, seen: Seen = { records: 1, scannedBefore: 0 }): void {
    const known = this.#of(source, agent, firstMs);
    const counted = Object.fromEntries(Object.entries(since).map(([name, count]) => [name, count + (known.since?.[name] ?? 0)]));
    if (known.lastLeakMs !== null && lastMs < known.lastLeakMs) { this.#put({ ...known, since: counted, leaks: (known.leaks ?? 0) + seen.records }); return; }
    this.#put({ ...known, ...again(known, { firstMs, lastMs }), passedMs: null, stop: null, proof: null, waitingAtLeak: scanned.waiting ?? 0, since: counted, lastMs: Math.max(known.lastMs, lastMs), lastLeakMs: Math.max(known.lastLeakMs ?? 0, lastMs), scannedAtLeak: scanned.records, leftAtLeak: scanned.ofRecords, ...rateOf(known, scanned.records, seen) });
    add(this.#waiting, { source, agent });
    add(this.#open, { source, agent });
  }

  /** Sources that leaked there, and are not proved to have stopped. */
  open(agent: number): readonly Stand[] { return [...this.#open.get(agent) ?? []].flatMap((source) => this.of(source, agent) ?? []); }

  proved({ source, agent }: Pick<Stand, 'source' | 'agent'>, proof: Proof): void {
    const known = this.of(source, agent);
    if (known === undefined) return;
    this.#open.get(agent)?.delete(source);
    this.#put({ ...known, proof });
  }

  /** Sources of this agent that leaked, of whose service nothing has left since. */
  waiting(agent: number): Iterable<number> { return this.#waiting.get(agent) ?? []; }

  /** A record of the source's service left, and nothing of the source with it. */
  passed(source: number, agent: number, atMs: number): void {
    this.#waiting.get(agent)?.delete(source);
    const known = this.#stands.get(keyOf(source, agent));
    if (known !== undefined) this.#put({ ...known, passedMs: atMs });
  }

  forgetSource(source: number): void {
    for (const { agent } of this.ofSource(source)) this.#forget(source, agent);
  }

  #of(source: number, agent: number, firstMs: number): Stand {
    return this.#stands.get(keyOf(source, agent)) ?? { source, agent, firstMs, lastMs: firstMs, rule: null, firstMaskedMs: null, lastMaskedMs: null, lastLeakMs: null, scannedAtLeak: 0, leftAtLeak: 0 };
  }

  #put(stand: Stand): void {
    const { source, agent } = stand;
    const key = keyOf(source, agent);
    // Set anew, so that the first of the map is the one that nobody has seen for longest.
    this.#stands.delete(key);
    this.#stands.set(key, stand);
    const ofSource = this.#bySource.get(source) ?? new Map<number, Stand>();
    this.#bySource.set(source, ofSource.set(agent, stand));
    this.dirty.set(key, stand);
    const [oldest] = this.#stands.values();
    if (this.#stands.size > maxStands && oldest !== undefined) this.#forget(oldest.source, oldest.agent);
  }

  #forget(source: number, agent: number): void {
    const key = keyOf(source, agent);
    this.#stands.delete(key);
    this.#bySource.get(source)?.delete(agent);
    if (this.#bySource.get(source)?.size === 0) this.#bySource.delete(source);
    this.dirty.delete(key);
    this.#waiting.get(agent)?.delete(source);
    this.#open.get(agent)?.delete(source);
    this.gone.set(key, { source, agent });
  }
}
