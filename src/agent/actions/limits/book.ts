// `actions.json`: what was started and when (limits count by it) and what must be put back if this agent dies now. Written before
// anything starts, so that neither a crash nor a time-out gives somebody a further try.
import { z } from 'zod';
import { decodeUtf8, encodeUtf8, failure, ok, type Result } from '../../../base/index.ts';
import { actionName, actionReport, type ActionName } from '../../../model/index.ts';
import type { Files } from '../../ports/index.ts';

const owner = z.object({ pid: z.number(), startTicks: z.number() });
export type Owner = z.infer<typeof owner>;
const claim = z.object({ action: actionName, /** pid:startTicks; empty for the machine. */ process: z.string(), atUnixMs: z.number() });
export type Claim = z.infer<typeof claim>;

const what = z.discriminatedUnion('kind', [
  /** An inspector that Weir opened in a process. */
  z.object({ kind: z.literal('inspector'), pid: z.number(), startTicks: z.number() }),
  /** A tool that Weir started. */
  z.object({ kind: z.literal('tool'), pid: z.number(), startTicks: z.number() }),
  /** A process that a debugger holds. */
  z.object({ kind: z.literal('stopped'), pid: z.number(), startTicks: z.number() }),
  z.object({ kind: z.literal('valve'), id: z.string() }),
  /** A run that had not come to its end. */
  z.object({ kind: z.literal('run'), report: actionReport }),
]);
export type Leftover = z.infer<typeof what>;
const leftover = z.object({ key: z.string(), owner, what });
export type OwnedLeftover = z.infer<typeof leftover>;

const bookFile = z.object({ version: z.literal(1), claims: z.array(claim), leftovers: z.array(leftover) });
export type BookContent = z.infer<typeof bookFile>;

export const bookFileName = 'actions.json';
const mostClaims = 10_000;
const keptMs = 7 * 86_400_000;

export class ActionBook {
  readonly #files: Pick<Files, 'read' | 'writeAtomically'>;
  readonly #owner: Owner;
  #last: Promise<unknown> = Promise.resolve();

  constructor(files: Pick<Files, 'read' | 'writeAtomically'>, whose: Owner) {
    this.#files = files;
    this.#owner = whose;
  }

  /** Read anew each time: several programs (an agent, terminals) may share one. */
  async read(): Promise<Result<BookContent>> {
    const file = await this.#files.read(bookFileName);
    if (!file.ok) return file;
    if (file.value === null) return ok({ version: 1, claims: [], leftovers: [] });
    const parsed = bookFile.safeParse(jsonOf(decodeUtf8(file.value)));
    return parsed.success ? ok(parsed.data) : failure('action.damaged-book', `${bookFileName} is damaged, so nobody knows how much of the limits is used.`, 'Take the file away to count anew.');
  }

  /** Counts a start, when `allow` still has no objection. */
  async claim(action: ActionName, process: string, nowUnixMs: number, allow: (claims: readonly Claim[]) => Result<void>): Promise<Result<void>> {
    await this.#clampFuture(nowUnixMs);
    return this.#change((content) => {
      const allowed = allow(content.claims);
      if (!allowed.ok) return allowed;
      const claims = content.claims.filter(({ atUnixMs }) => nowUnixMs - atUnixMs < keptMs).slice(-mostClaims + 1);
      return ok({ ...content, claims: [...claims, { action, process, atUnixMs: nowUnixMs }] });
    });
  }

  /** What lies in the future, because somebody set the clock back, was just now: it frees nobody and locks nobody out for a year. */
  async #clampFuture(nowUnixMs: number): Promise<void> {
    const content = await this.read();
    if (!content.ok || content.value.claims.every(({ atUnixMs }) => atUnixMs <= nowUnixMs)) return;
    await this.#change((now) => ok({ ...now, claims: now.claims.map((one) => ({ ...one, atUnixMs: Math.min(one.atUnixMs, nowUnixMs) })) }));
  }

  /** To be put back when this program dies; `key` names it until `settle`. */
  note(key: string, leftover: Leftover): Promise<Result<void>> {
    return this.#change((content) => ok({ ...content, leftovers: [...without(content, key, this.#owner), { key, owner: this.#owner, what: leftover }] }));
  }

  settle(key: string, whose: Owner = this.#owner): Promise<Result<void>> {
    return this.#change((content) => ok({ ...content, leftovers: without(content, key, whose) }));
  }

  #change(change: (content: BookContent) => Result<BookContent>): Promise<Result<void>> {
    const next = this.#last.then(async () => {
      const content = await this.read();
      const changed = content.ok ? change(content.value) : content;
      return changed.ok ? this.#files.writeAtomically(bookFileName, encodeUtf8(JSON.stringify(changed.value))) : changed;
    });
    this.#last = next.catch(() => undefined);
    return next;
  }
}

const without = ({ leftovers }: BookContent, key: string, whose: Owner): OwnedLeftover[] =>
  leftovers.filter((one) => one.key !== key || one.owner.pid !== whose.pid || one.owner.startTicks !== whose.startTicks);

function jsonOf(text: string): unknown {
  try { return JSON.parse(text); } catch { return undefined; }
}
