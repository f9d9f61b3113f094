// What was started and when (`action-claims.json`: limits count by it), and what must be put back if this agent dies now (`actions.json`, small:
// it is written at each step of an action). Written before anything starts, so that neither a crash nor a time-out gives somebody a further
// try; under a lock, for several programs (an agent, terminals) may share a folder.
import { z } from 'zod';
import { decodeUtf8, encodeUtf8, failure, ok, type Result } from '../../../base/index.ts';
import { actionName, actionReport, type ActionName } from '../../../model/index.ts';
import type { Files } from '../../ports/index.ts';
import { keptClaims } from './kept-claims.ts';
import type { Limits } from './policy.ts';

/** `program`: whose runs and valves they are; absent in books of before, which were an agent's. */
const owner = z.object({ pid: z.number(), startTicks: z.number(), program: z.enum(['agent', 'terminal']).optional() });
export type Owner = z.infer<typeof owner>;
const claim = z.object({ action: actionName, /** pid:startTicks; empty for the machine. */ process: z.string(), atUnixMs: z.number() });
export type Claim = z.infer<typeof claim>;

const what = z.discriminatedUnion('kind', [
  /** An inspector that Weir opened in a process: how far that is, and on which port it is for all to use. Without a state nobody can use it. */
  z.object({ kind: z.literal('inspector'), pid: z.number(), startTicks: z.number(), state: z.enum(['opening', 'open', 'closing']).optional(), port: z.number().optional(),
    /** Since when it looks as if nothing were open: date, and how often the main thread had rested by then. */ quiet: z.object({ sinceUnixMs: z.number(), rests: z.number() }).optional() }),
  /** A tool that Weir started. */
  z.object({ kind: z.literal('tool'), pid: z.number(), startTicks: z.number() }),
  /** A process that a debugger holds. `wasStopped`: somebody had stopped it before, and it stays so. */
  z.object({ kind: z.literal('stopped'), pid: z.number(), startTicks: z.number(), wasStopped: z.boolean().optional() }),
  z.object({ kind: z.literal('valve'), id: z.string() }),
  /** A run that had not come to its end. */
  z.object({ kind: z.literal('run'), report: actionReport }),
]);
export type Leftover = z.infer<typeof what>;
const leftover = z.object({ key: z.string(), owner, what });
export type OwnedLeftover = z.infer<typeof leftover>;

const [claimsFile, leftoversFile] = [z.object({ version: z.literal(1), claims: z.array(claim) }), z.object({ version: z.literal(1), leftovers: z.array(leftover) })];

export const [claimsFileName, leftoversFileName] = ['action-claims.json', 'actions.json'];

interface Options {
  readonly files: Pick<Files, 'read' | 'writeAtomically'>;
  readonly owner: Owner;
  /** Nobody else writes meanwhile, in this program or another. */
  readonly lock: <T>(work: () => Promise<Result<T>>) => Promise<Result<T>>;
}

export class ActionBook {
  readonly #options: Options;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: Options) { this.#options = options; }

  /** Read anew each time: others may have written. */
  async claims(): Promise<Result<readonly Claim[]>> {
    const read = await this.#read(claimsFileName, claimsFile, { version: 1, claims: [] });
    return read.ok ? ok(read.value.claims) : read;
  }

  async leftovers(): Promise<Result<readonly OwnedLeftover[]>> {
    const read = await this.#read(leftoversFileName, leftoversFile, { version: 1, leftovers: [] });
    return read.ok ? ok(read.value.leftovers) : read;
  }

  /** Counts a start, when `allow` still has no objection. What no limit looks back to is forgotten. */
  claim(action: ActionName, process: string, nowUnixMs: number, limitsOf: (action: ActionName) => Limits, allow: (claims: readonly Claim[]) => Result<void>): Promise<Result<void>> {
    return this.#alone(async () => {
      const before = await this.claims();
      if (!before.ok) return before;
      // What lies in the future, because somebody set the clock back, was just now: it frees nobody and locks nobody out for a year.
      const claims = before.value.map((one) => ({ ...one, atUnixMs: Math.min(one.atUnixMs, nowUnixMs) }));
      const allowed = allow(claims);
      const kept = keptClaims([...claims, ...(allowed.ok ? [{ action, process, atUnixMs: nowUnixMs }] : [])], limitsOf, nowUnixMs);
      const changed = allowed.ok || before.value.some(({ atUnixMs }) => atUnixMs > nowUnixMs);
      const written = changed ? await this.#options.files.writeAtomically(claimsFileName, encodeUtf8(JSON.stringify({ version: 1, claims: kept }))) : ok(undefined);
      return allowed.ok ? written : allowed;
    });
  }

  /** Takes over what another book has, once: nothing that is here already comes in twice. */
  adopt(claims: readonly Claim[], leftovers: readonly OwnedLeftover[]): Promise<Result<void>> {
    return this.#alone(async () => {
      const before = await this.claims();
      if (!before.ok) return before;
      const known = new Set(before.value.map(wordOf));
      const all = [...before.value, ...claims.filter((one) => !known.has(wordOf(one)))].toSorted((a, b) => a.atUnixMs - b.atUnixMs);
      return this.#options.files.writeAtomically(claimsFileName, encodeUtf8(JSON.stringify({ version: 1, claims: all })));
    }).then((done) => (done.ok ? this.revise(async (own) => [...own, ...leftovers.filter(({ key, owner: of }) => !own.some((one) => one.key === key && isSame(one.owner, of)))]) : done));
  }

  /** To be put back when this program dies; `key` names it until `settle`. */
  note(key: string, leftover: Leftover): Promise<Result<void>> {
    return this.#change((leftovers) => [...without(leftovers, key, this.#options.owner), { key, owner: this.#options.owner, what: leftover }]);
  }

  settle(key: string, whose: Owner = this.#options.owner): Promise<Result<void>> { return this.#change((leftovers) => without(leftovers, key, whose)); }

  #change(change: (leftovers: readonly OwnedLeftover[]) => readonly OwnedLeftover[]): Promise<Result<void>> { return this.revise(async (leftovers) => change(leftovers)); }

  /** What must be put back becomes what is made of it, with nobody writing in between. */
  revise(change: (leftovers: readonly OwnedLeftover[]) => Promise<readonly OwnedLeftover[]>): Promise<Result<void>> {
    return this.#alone(async () => {
      const before = await this.leftovers();
      if (!before.ok) return before;
      const after = await change(before.value);
      const isSame = after.length === before.value.length && after.every((one) => before.value.includes(one));
      return isSame ? ok(undefined) : this.#options.files.writeAtomically(leftoversFileName, encodeUtf8(JSON.stringify({ version: 1, leftovers: after })));
    });
  }

  /** In turn within this program, and locked against others. */
  #alone(work: () => Promise<Result<void>>): Promise<Result<void>> {
    const next = this.#last.then(() => this.#options.lock(work));
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #read<T>(name: string, shape: z.ZodType<T>, empty: T): Promise<Result<T>> {
    const file = await this.#options.files.read(name);
    if (!file.ok) return file;
    if (file.value === null) return ok(empty);
    const parsed = shape.safeParse(jsonOf(decodeUtf8(file.value)));
    return parsed.success ? ok(parsed.data) : failure('action.damaged-book', `${name} is damaged, so nobody knows how much of the limits is used or what is still open.`, 'Take the file away to count anew.');
  }
}

const without = (leftovers: readonly OwnedLeftover[], key: string, whose: Owner): OwnedLeftover[] =>
  leftovers.filter((one) => one.key !== key || !isSame(one.owner, whose));

const isSame = (a: Owner, b: Owner): boolean => a.pid === b.pid && a.startTicks === b.startTicks;
const wordOf = ({ action, process, atUnixMs }: Claim): string => `${action} ${process} ${atUnixMs}`;

function jsonOf(text: string): unknown {
  try { return JSON.parse(text); } catch { return undefined; }
}
