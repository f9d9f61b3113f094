// "What breaks if I rename this": who names an event or a field, who of them follows, and how those that do not could be made to.
import { isDeepStrictEqual } from 'node:util';
import { ok, type Result } from '../../../base/index.ts';
import { followField, followName, meaningsOf } from '../../../kql/index.ts';
import { inputOfView } from '../../../model/index.ts';
import type { Alias, AliasPreview, BrokenName, EventUser, FollowDone, FollowingNames, FollowOffer, FollowWish, RecorderDefinition } from '../../../model/index.ts';
import type { Actor } from '../../audit/index.ts';
import { refuse, type Problem } from '../../http/problem.ts';
import type { KqlCompiler } from '../../ports/compiler.ts';
import type { RecorderDefinitions } from '../../recorders/index.ts';
import type { RuleService } from '../../rules/index.ts';
import type { StoredVersion, StoreParts } from '../../store/index.ts';
import { NameUsers, type UserBook } from '../users/index.ts';
import type { Views } from '../views/index.ts';
import type { Names } from '../follows.ts';
import { followingDocument, type Follow } from './follow-text.ts';
import { followingOf } from './following.ts';
import { meansTheSame } from './same-meaning.ts';

/** Each offer is compiled before it is made. */
const mostOffers = 50;

export interface RenameOptions {
  readonly store: Pick<StoreParts, 'rules'>; readonly compiler: KqlCompiler; readonly users: UserBook; readonly views: Views; readonly recorders: Pick<RecorderDefinitions, 'all' | 'put'>; readonly rules: Pick<RuleService, 'save'>; readonly names: () => Names;
  /** Whether agents may have seen that attribute on that event. */
  readonly bears: (event: { readonly service: string; readonly durableId: string }, field: string) => boolean;
}
interface Name { readonly kind: 'event' | 'field'; readonly name: string }
/** With the names that it had, or may have had: who says one of those breaks, or broke. */
interface CalledName extends Name { readonly names: readonly string[] }
const mostBroken = 100;
type Offered = FollowOffer['kind'];

export class Renames {
  readonly #options: RenameOptions;
  constructor(options: RenameOptions) { this.#options = options; }

  async preview({ kind, name, service }: Name & { readonly service?: string | undefined }): Promise<AliasPreview> {
    const { users, sources } = await this.#options.users.read();
    const called = this.#called({ kind, name });
    const ask = (of: NameUsers): EventUser[] => (kind === 'event' ? onceEach(called.names.flatMap((one) => of.ofName(one, service ?? null))) : of.ofField(name, called.names));
    const all = ask(users);
    const breaking = all.filter(({ follows }) => !follows);
    const offers: FollowOffer[] = [];
    for (const user of breaking.slice(0, mostOffers)) { const offer = await this.#offer(user.id, offeredAs(user), called); if (offer !== null) offers.push(offer); }
    const toDeploy: AliasPreview['toDeploy'] = [];
    for (const user of breaking.filter((one) => offeredAs(one) === 'rule' && !offers.some(({ id }) => id === one.id)).slice(0, mostOffers)) {
      const latest = await this.#latest(user.id);
      if (latest !== null && ask(new NameUsers({ ...sources, ...nobody, rules: [{ id: user.id, name: user.name, compiled: latest.compiled }] })).every(({ follows }) => follows)) toDeploy.push({ id: user.id, name: latest.document.name, version: latest.version });
    }
    return { name, kind, users: all, breaks: breaking.length, follows: all.length - breaking.length, offers, toDeploy };
  }

  async following(): Promise<FollowingNames> { return followingOf((await this.#options.users.read()).sources, this.#options.names()); }

  /** Renames that leave somebody behind now, the newest first. */
  async broken(): Promise<BrokenName[]> {
    const { users } = await this.#options.users.read();
    const found = this.#options.names().all.flatMap((alias): BrokenName[] => { const left = alias.state === 'rejected' ? [] : users.leftBehindBy(alias, (event) => this.#bears(event, alias)); return left.length === 0 ? [] : [{ alias, users: left }]; });
    return found.sort((a, b) => (a.alias.at < b.alias.at ? 1 : -1)).slice(0, mostBroken);
  }

  /** Under whatever name the event goes: it may have been renamed along with its field. */
  #bears(event: string, { current, service }: Alias): boolean {
    if (service === null) return true;
    const { all, book } = this.#options.names();
    const known = meaningsOf(book.events, event).map(({ name }) => name);
    const perhaps = all.filter(({ kind, state, former }) => kind === 'event' && state === 'proposed' && known.includes(former)).map((one) => one.current);
    return [...known, ...perhaps].some((durableId) => this.#options.bears({ service, durableId }, current));
  }

  /** Its name, and those that it had by what is in force or proposed. */
  #called({ kind, name }: Name): CalledName {
    const { all, book } = this.#options.names();
    const isFormer = (one: Alias): boolean => one.kind === kind && one.state === 'proposed' && one.current === name;
    return { kind, name, names: [...new Set([name, ...meaningsOf(kind === 'event' ? book.events : book.fields, name).map((one) => one.name), ...all.filter(isFormer).map(({ former }) => former)])] };
  }

  /** Saves what the preview offers: a new version of each rule, the views, and the keys of recorders; each by itself, so that one that cannot does not
   *  hold up others. */
  async follow({ kind, name, ruleIds, viewIds, recorderNames }: FollowWish, actor: Actor): Promise<FollowDone> {
    const results: FollowDone['results'] = [];
    const tell = (as: Offered, id: string, done: Result<unknown, Problem>, version: number | null = null): void => { results.push({ kind: as, id, version, problem: done.ok ? null : done.error.message }); };
    const called = this.#called({ kind, name });
    for (const id of new Set(ruleIds)) { const done = await this.#followRule(id, called, actor); tell('rule', id, done, done.ok ? done.value : null); }
    for (const id of new Set(viewIds)) tell('view', id, await this.#followView(id, called, actor));
    for (const id of new Set(recorderNames)) tell('recorder', id, await this.#followRecorder(id, called, actor));
    return { results };
  }

  async #followRule(id: string, name: CalledName, actor: Actor): Promise<Result<number, Problem>> {
    const latest = await this.#latest(id);
    if (latest === null) return refuse('rule.unknown', `There is no rule with the id "${id}".`);
    const text = await this.#followingText(latest, name);
    if (text === null) return cannot(`The latest version of ${latest.document.name}`, name);
    const saved = await this.#options.rules.save(id, { text, note: `follows renames of ${name.name}`, base: latest.version }, actor);
    return saved.ok ? ok(saved.value.latestVersion) : saved;
  }

  async #followView(id: string, name: CalledName, actor: Actor): Promise<Result<unknown, Problem>> {
    const found = this.#options.views.get(id);
    if (!found.ok) return found;
    const view = inputOfView(found.value);
    const now = await this.#followingFilter(view.kql, name);
    return now === null ? cannot(`The view ${view.name}`, name) : this.#options.views.change(id, { ...view, kql: now }, actor, view);
  }

  async #followRecorder(id: string, name: CalledName, actor: Actor): Promise<Result<unknown, Problem>> {
    const before = this.#recorder(id);
    if (before === null) return refuse('recorder.unknown', `No recorder ${id} is defined.`);
    const key = await this.#followingKey(before.key, name);
    return key === null ? cannot(`The key of the recorder ${id}`, name) : this.#options.recorders.put({ ...before, key }, actor);
  }

  async #offer(id: string, as: Offered, name: CalledName): Promise<FollowOffer | null> {
    if (as === 'view') return this.#viewOffer(id, name);
    return as === 'recorder' ? this.#recorderOffer(id, name) : this.#ruleOffer(id, name);
  }

  async #ruleOffer(id: string, name: CalledName): Promise<FollowOffer | null> {
    const latest = await this.#latest(id);
    const after = latest === null ? null : await this.#followingText(latest, name);
    return latest === null || after === null ? null : { kind: 'rule', id, name: latest.document.name, before: latest.text, after };
  }

  async #viewOffer(id: string, name: CalledName): Promise<FollowOffer | null> {
    const found = this.#options.views.get(id);
    const after = found.ok ? await this.#followingFilter(found.value.kql, name) : null;
    return !found.ok || after === null ? null : { kind: 'view', id, name: found.value.name, before: found.value.kql, after };
  }

  async #recorderOffer(id: string, name: CalledName): Promise<FollowOffer | null> {
    const before = this.#recorder(id);
    const after = before === null ? null : await this.#followingKey(before.key, name);
    return before === null || after === null ? null : { kind: 'recorder', id, name: id, before: before.key.join('\n'), after: after.join('\n') };
  }

  #recorder(name: string): RecorderDefinition | null { return this.#options.recorders.all.find((one) => one.name === name) ?? null; }

  async #latest(id: string): Promise<StoredVersion | null> {
    const { rules } = this.#options.store;
    const rule = await rules.get(id);
    return rule === null ? null : rules.version(rule.id, rule.latestVersion);
  }

  /** Comments and layout stay. Null when nothing can be made to follow, or what comes of it does not compile, or would mean something else. */
  async #followingText({ document, compiled: before, text }: StoredVersion, name: CalledName): Promise<string | null> {
    const following = followingDocument(document, before, followOf(name));
    if (following === null) return null;
    const { compiler } = this.#options;
    const after = await compiler.reword({ document: following.document, before: { text, edits: following.edits } }).catch(() => null);
    const checked = after === null ? null : await compiler.check(after).catch(() => null);
    return checked?.compiled == null || (name.kind === 'field' && !meansTheSame(before, checked.compiled)) ? null : after;
  }

  async #followingFilter(kql: string, name: CalledName): Promise<string | null> {
    const after = followOf(name)(kql, []);
    return after !== null && await this.#compilesAs(kql, after, 'filter', name.kind) ? after : null;
  }

  async #followingKey(key: readonly string[], name: CalledName): Promise<string[] | null> {
    const after = key.map((text) => followOf(name)(text, []) ?? text);
    if (isDeepStrictEqual(key, after)) return null;
    for (const [i, text] of after.entries()) if (text !== key[i] && !await this.#compilesAs(keyRule(key[i]!), keyRule(text), 'rule', name.kind)) return null;
    return after;
  }

  /** An event that is named by its id or its name is looked for by both from then on. */
  async #compilesAs(before: string, after: string, mode: 'filter' | 'rule', kind: Name['kind']): Promise<boolean> {
    const planOf = async (kql: string): Promise<unknown> => (await this.#options.compiler.compile(kql, mode).catch(() => null))?.plan ?? null;
    const plan = await planOf(after);
    return plan !== null && (kind === 'event' || meansTheSame(await planOf(before), plan));
  }
}

const nobody = { views: [], themes: [], recorders: [] };
/** What is said by a former name goes on by that one: it is what was meant. */
function followOf({ kind, names }: CalledName): Follow {
  return (kql, made) => {
    const after = names.reduce((text, name) => (kind === 'event' ? followName(text, name) : followField(text, name, made)) ?? text, kql);
    return after === kql ? null : after;
  };
}

/** Those that break first. */
function onceEach(users: readonly EventUser[]): EventUser[] {
  const byWho = new Map<string, EventUser>();
  for (const user of users) {
    const key = `${user.kind} ${user.id}`, known = byWho.get(key);
    byWho.set(key, known === undefined || known.by === user.by ? user : { ...known, by: [...new Set([known.by, user.by])].join(', '), follows: known.follows && user.follows });
  }
  return [...byWho.values()].sort((a, b) => Number(a.follows) - Number(b.follows));
}
const keyRule = (text: string): string => `source\n| extend recorder_key = (\n${text}\n)\n| invoke drop()`;
/** A recorder of the book is one by its key, unless it is a rule that fills one: the id of that is the rule's. */
const offeredAs = ({ kind, id, name }: { readonly kind: string; readonly id: string; readonly name: string }): Offered => (kind === 'view' ? 'view' : kind === 'recorder' && id === name ? 'recorder' : 'rule');
const cannot = (what: string, { kind, name }: Name): Result<never, Problem> => refuse('rule.does-not-compile', `${what} names ${name} nowhere in a way that ${kind}() could stand for.`);
