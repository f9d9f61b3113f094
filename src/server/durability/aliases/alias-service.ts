// Aliases: which former name is which name now. Kept in the store; agents get rules with every name written out, anew whenever the book
// changes. Found by evidence, or said by a person.
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { ok, type Result } from '../../../base/index.ts';
import { isMinedId, meaningsOf, namesUsed, toGroups } from '../../../kql/index.ts';
import { alias, type Alias, type AliasBase, type knownNames, type NameBook, type NameGroups, type NewAlias } from '../../../model/index.ts';
import { record, weirItself, type Actor } from '../../audit/index.ts';
import { refuse, type Problem } from '../../http/problem.ts';
import { Serial } from '../../ports/serial.ts';
import type { Store, StoreParts } from '../../store/index.ts';
import { inForceAt } from '../follows.ts';
import { gapsOfStored, missedBefore, type SeenTimes } from './missed.ts';
import { closesCircle, nameBookOf, type MinedLink } from './name-book.ts';

/** Every agent's rules are written out by them. */
const mostAliases = 20_000;
/** Of what somebody rejected the newest are remembered: what is older may be proposed again. */
const mostRejected = 2000;
/** Generalised templates that are remembered: the newest. */
const mostMined = 10_000;

export interface AliasOptions {
  readonly store: Store; readonly now: () => string; readonly newId: () => string;
  /** Agents get their rules anew: `change` runs within the transaction that raises the revision. */
  readonly republish: (change: (parts: StoreParts) => Promise<void>) => Promise<void>;
  /** What agents run now, names written out. */
  readonly running: () => unknown;
  /** A name as it may be told now: redaction may hide what is in it. */
  readonly told: (name: string, service: string | null, as: 'event' | 'key') => string;
  /** When agents saw the two names. */
  readonly seen: (names: Pick<Alias, 'kind' | 'former' | 'current' | 'service'>) => SeenTimes;
}

/** What is active now; for whoever hands Plans to agents, within a transaction or without. */
export const storedNames = async (parts: Pick<StoreParts, 'documents' | 'events'>): Promise<NameBook> => nameBookOf(await stored(parts), await parts.events.minedNames(mostMined));
const stored = async ({ documents }: Pick<StoreParts, 'documents'>): Promise<Alias[]> => (await documents.list('alias')).map(({ body }) => alias.parse(gapsOfStored(body)));

export class Aliases {
  readonly #options: AliasOptions;
  #all: readonly Alias[] = [];
  #book: NameBook = { events: {}, fields: {} };
  #mined: readonly MinedLink[] = [];
  #sent: { readonly of: NameBook | null; readonly groups: NameGroups; readonly revision: string } = { of: null, groups: { groups: [], events: [], fields: [] }, revision: '' };
  readonly #listeners = new Set<() => void>();
  /** What changes an alias sees what the change before it left. */
  readonly #changes = new Serial();

  constructor(options: AliasOptions) { this.#options = options; }

  async load(): Promise<void> {
    this.#all = await stored(this.#options.store);
    this.#mined = await this.#options.store.events.minedNames(mostMined);
    this.#book = nameBookOf(this.#all, this.#mined);
  }

  get all(): readonly Alias[] { return this.#all; }
  get book(): NameBook { return this.#book; }
  /** The book as it is sent; without it for whoever knows this revision. */
  names(known?: string): z.infer<typeof knownNames> {
    if (this.#sent.of !== this.#book) {
      const groups = toGroups(this.#book);
      this.#sent = { of: this.#book, groups, revision: createHash('sha256').update(JSON.stringify(groups)).digest('hex').slice(0, 16) };
    }
    const { groups, revision } = this.#sent;
    return { revision, book: known === revision ? null : groups };
  }
  onChange(listener: () => void): () => void { this.#listeners.add(listener); return () => this.#listeners.delete(listener); }

  /** Errors: `alias.circle`, `alias.known`, `alias.too-many`. */
  add(said: NewAlias, actor: Actor, how: { readonly proposed?: boolean; readonly by?: string } = {}): Promise<Result<Alias, Problem>> { return this.#changes.run(() => this.#add(said, actor, how)); }

  async #add(said: NewAlias, actor: Actor, { proposed = false, by = actor.user }: { readonly proposed?: boolean; readonly by?: string }): Promise<Result<Alias, Problem>> {
    const wish = this.#told(said);
    const same = this.#all.find(({ kind, former, current, service }) => kind === wish.kind && former === wish.former && current === wish.current && service === wish.service);
    if (same !== undefined && same.state !== 'rejected' && (same.state === 'active' || proposed)) return refuse('alias.known', `${wish.former} is known as a former name of ${wish.current} already.`);
    if (by === weirItself.user && same?.decided !== undefined) return refuse('alias.known', `Somebody decided about ${wish.former} as a former name of ${wish.current} already.`);
    const circle = this.#circle(wish);
    if (circle !== null) return circle;
    if (this.#all.filter(({ state }) => state !== 'rejected').length >= mostAliases) return refuse('alias.too-many', `There are ${mostAliases.toLocaleString('en')} aliases already.`);
    const made = this.#since(same ?? null, { id: same?.id ?? this.#options.newId(), ...wish, by, at: this.#options.now(), state: proposed ? 'proposed' : 'active' });
    await this.#put(same ?? null, made, actor, proposed ? 'alias.propose' : 'alias.add');
    return ok(made);
  }

  /** Templates were generalised: their former ids go on to mean the same lines. No renames that somebody has to know of, and agents get their
   *  rules anew only when one of them names such an id. */
  async learnMined(links: readonly MinedLink[], atMs: number): Promise<void> {
    const known = new Map(this.#mined.map(({ former, current }) => [former, current]));
    const news = links.filter(({ former, current }) => known.get(former) !== current && former !== current && isMinedId(former) && isMinedId(current));
    if (news.length === 0) return;
    const inUse = new Set(namesUsed(this.#options.running()).events);
    const touches = news.some(({ former, current }) => [former, current].some((name) => meaningsOf(this.#book.events, name).some((one) => inUse.has(one.name))));
    const failed = await this.#putMined(news, atMs, touches);
    await this.load();
    if (touches) for (const listener of this.#listeners) listener();
    if (failed.length > 0) throw new AggregateError(failed, `${failed.length} of ${news.length} former ids of templates could not be kept; the next report tells them again.`);
  }

  /** What cannot be kept does not hold up the others: halves of it are tried by themselves. The answer is why some were not. */
  async #putMined(links: readonly MinedLink[], atMs: number, touches: boolean): Promise<readonly unknown[]> {
    const { store, republish } = this.#options;
    try {
      if (touches) await republish((parts) => parts.events.putMinedNames(links, atMs));
      else await store.transaction((parts) => parts.events.putMinedNames(links, atMs));
      return [];
    } catch (error) {
      if (links.length === 1) return [error];
      const half = Math.ceil(links.length / 2);
      return [...await this.#putMined(links.slice(0, half), atMs, touches), ...await this.#putMined(links.slice(half), atMs, touches)];
    }
  }

  /** Redaction hides more than it did: names that it hides go on as what agents tell instead, and what then says nothing goes. */
  tellAgain(): Promise<void> { return this.#changes.run(() => this.#tellAgain()); }

  async #tellAgain(): Promise<void> {
    const hidden = this.#all.map((before) => ({ before, after: this.#told(before) })).filter(({ before, after }) => before !== after);
    if (hidden.length === 0) return;
    const { now, republish } = this.#options;
    await republish(async (parts) => {
      for (const { before: { id }, after } of hidden) {
        if (after.former === after.current) await parts.documents.remove('alias', id);
        else await parts.documents.put('alias', { id, name: after.former, updatedAt: now(), body: after });
        await record(parts, weirItself, now(), { action: 'alias.hide', subject: `alias:${id}`, before: null, after: null, more: { because: 'A redaction policy hides one of its names.' } });
      }
    });
    await this.#changed();
  }

  #told<T extends Pick<Alias, 'kind' | 'former' | 'current' | 'service' | 'reason'>>(alias: T): T {
    const { kind, service } = alias;
    const [former, current] = [alias.former, alias.current].map((name) => this.#options.told(name, service, kind === 'event' ? 'event' : 'key')) as [string, string];
    const isHidden = former !== alias.former || current !== alias.current;
    return isHidden ? { ...alias, former, current, reason: 'Redaction hides one of its names, and what spoke for it.' } : alias;
  }

  /** Accepts or rejects what was proposed, or takes either back: then it is proposed as before, but evidence alone puts it in force no more. What a
   *  person said was never proposed, and is rejected. The same again with a reason says why. `base`: what was decided about.
   *  Errors: `alias.unknown`, `alias.circle`, `alias.changed-meanwhile`. */
  decide(id: string, wish: Alias['state'], actor: Actor, how: { readonly reason?: string; readonly base?: AliasBase | undefined } = {}): Promise<Result<Alias, Problem>> { return this.#changes.run(() => this.#decide(id, wish, actor, how)); }

  async #decide(id: string, wish: Alias['state'], actor: Actor, { reason = '', base }: { readonly reason?: string; readonly base?: AliasBase | undefined }): Promise<Result<Alias, Problem>> {
    const before = this.#all.find((one) => one.id === id);
    if (before === undefined) return refuse('alias.unknown', `There is no alias ${id}.`);
    const state = wish === 'proposed' && before.by !== weirItself.user ? 'rejected' : wish;
    // Two who say the same agree.
    const saysMore = before.state !== state || reason !== '';
    if (saysMore && base !== undefined && (base.state !== before.state || base.decidedAt !== (before.decided?.at ?? null))) return refuse('alias.changed-meanwhile', `${before.decided?.by ?? 'Weir'} decided about ${before.former} and ${before.current} meanwhile, so this was not done.`);
    const decided = { by: actor.user, at: this.#options.now(), reason };
    if (before.state === state) {
      if (reason === '' || state === 'proposed') return ok(before);
      // Who says why did not decide it: the audit tells who said it.
      const after = { ...before, decided: { by: before.decided?.by ?? before.by, at: inForceAt(before), reason } };
      await this.#put(before, after, actor, 'alias.explain');
      return ok(after);
    }
    const circle = state === 'active' ? this.#circle(before) : null;
    if (circle !== null) return circle;
    const after = this.#since(before, { ...before, state, decided });
    await this.#put(before, after, actor, state === 'active' ? 'alias.accept' : state === 'rejected' ? 'alias.reject' : 'alias.take-back');
    return ok(after);
  }

  /** With what is known of when its names were seen, and what nothing followed until now. */
  #since(before: Alias | null, after: Alias): Alias {
    const seen = this.#options.seen(after);
    const now = this.#options.now();
    const firstSeen = before?.firstSeen ?? (seen.firstSeenMs === null ? undefined : new Date(seen.firstSeenMs).toISOString());
    const missed = after.state === 'active' ? missedBefore(before, { firstSeenMs: firstSeen === undefined ? null : Date.parse(firstSeen), formerLastMs: seen.formerLastMs }, Date.parse(now)) : before?.missed;
    const followedUntil = before?.state === 'active' && after.state !== 'active' ? now : before?.followedUntil;
    return { ...after, ...(firstSeen !== undefined && { firstSeen }), ...(missed !== undefined && { missed }), ...(followedUntil !== undefined && { followedUntil }) };
  }

  /** What speaks for a proposal has changed. */
  revise(id: string, reason: string): Promise<void> { return this.#changes.run(() => this.#revise(id, reason)); }

  async #revise(id: string, reason: string): Promise<void> {
    const before = this.#all.find((one) => one.id === id);
    if (before?.state !== 'proposed' || before.reason === reason) return;
    const { store, now } = this.#options;
    await store.transaction((parts) => parts.documents.put('alias', { id, name: before.former, updatedAt: now(), body: { ...before, reason } }));
    await this.#changed();
  }

  /** Evidence speaks against what it spoke for: it is as if nobody had said it. What a person decided is kept, and only its reason changes: else evidence
   *  alone could put in force again what somebody took back. */
  withdraw(id: string, actor: Actor, reason = 'Nothing speaks for it any more.'): Promise<void> { return this.#changes.run(() => this.#withdraw(id, actor, reason)); }

  async #withdraw(id: string, actor: Actor, reason: string): Promise<void> {
    const before = this.#all.find((one) => one.id === id);
    if (before === undefined || before.state === 'rejected') return;
    if (before.decided !== undefined) return this.#revise(id, reason);
    const { store, now, republish } = this.#options;
    const change = async (parts: StoreParts): Promise<void> => {
      await parts.documents.remove('alias', id);
      await record(parts, actor, now(), { action: 'alias.withdraw', subject: `alias:${id}`, before: audited(before), after: null });
    };
    if (before.state === 'active') await republish(change);
    else await store.transaction(change);
    await this.#changed();
  }

  #circle(wish: Pick<Alias, 'kind' | 'former' | 'current' | 'service'>): Result<never, Problem> | null {
    const links = this.#all.filter(({ kind, state }) => kind === wish.kind && state === 'active');
    if (!closesCircle(links, wish)) return null;
    const isBack = links.some(({ former, current }) => former === wish.current && current === wish.former);
    return refuse('alias.circle', isBack ? `${wish.former} is known as the new name of ${wish.current}, so rules follow either under both names already: of a way back nothing has to be said.`
      : `${wish.current} leads back to ${wish.former} over other aliases: a name cannot be its own former name.`);
  }

  async #put(before: Alias | null, after: Alias, actor: Actor, action: string): Promise<void> {
    const { now, republish, store } = this.#options;
    const change = async (parts: StoreParts): Promise<void> => {
      await parts.documents.put('alias', { id: after.id, name: after.former, updatedAt: now(), body: after });
      await record(parts, actor, now(), { action, subject: `alias:${after.id}`, before: audited(before), after: audited(after) });
      if (after.state === 'rejected') for (const { id } of this.#all.filter((one) => one.state === 'rejected' && one.id !== after.id).sort((a, b) => (inForceAt(a) < inForceAt(b) ? 1 : -1)).slice(mostRejected - 1)) await parts.documents.remove('alias', id);
    };
    // Only an active alias changes what agents run.
    if ((after.state === 'active') !== (before?.state === 'active')) await republish(change);
    else await store.transaction(change);
    await this.#changed();
  }

  async #changed(): Promise<void> {
    await this.load();
    for (const listener of this.#listeners) listener();
  }
}

/** The audit keeps for good what it is told: names that were found in data may be hidden one day, so those are told by their alias alone. */
const audited = (one: Alias | null): unknown => {
  if (one?.by !== weirItself.user) return one;
  const { former: _former, current: _current, reason: _reason, ...rest } = one;
  return rest;
};
