// "What breaks if I rename this": who names an event or a field, who of them follows, and how those that do not could be made to.
import { ok, type Result } from '../../../base/index.ts';
import { followName } from '../../../kql/index.ts';
import type { AliasPreview, FollowDone, FollowOffer, NameBook } from '../../../model/index.ts';
import type { Actor } from '../../audit/index.ts';
import { refuse, type Problem } from '../../http/problem.ts';
import type { KqlCompiler } from '../../ports/compiler.ts';
import type { RuleService } from '../../rules/index.ts';
import type { StoredVersion, StoreParts } from '../../store/index.ts';
import type { UserBook } from '../users/index.ts';
import type { Views } from '../views/index.ts';
import { followingDocument } from './follow-text.ts';

/** Each offer is compiled before it is made. */
const mostOffers = 50;

export interface RenameOptions {
  readonly store: Pick<StoreParts, 'rules'>; readonly compiler: KqlCompiler; readonly users: UserBook; readonly views: Views; readonly rules: Pick<RuleService, 'save'>; readonly book: () => NameBook;
}
interface Wanted { readonly kind: 'event' | 'field'; readonly name: string; readonly service?: string | undefined }

export class Renames {
  readonly #options: RenameOptions;
  constructor(options: RenameOptions) { this.#options = options; }

  async preview({ kind, name, service }: Wanted): Promise<AliasPreview> {
    const users = await this.#options.users.read();
    const { fields } = this.#options.book();
    const all = kind === 'event' ? users.ofName(name, service ?? null) : users.ofField(name, Object.hasOwn(fields, name) ? fields[name]!.map((one) => one.name) : [name]);
    const breaking = all.filter(({ follows }) => !follows);
    const offers: FollowOffer[] = [];
    if (kind === 'event') for (const user of breaking.slice(0, mostOffers)) { const offer = await (user.kind === 'view' ? this.#viewOffer(user.id, name) : this.#ruleOffer(user.id, name)); if (offer !== null) offers.push(offer); }
    return { name, kind, users: all, breaks: breaking.length, follows: all.length - breaking.length, offers };
  }

  /** Saves what the preview offers: a new version of each rule, and the views; each by itself, so that one that cannot does not hold up others. */
  async follow({ name, ruleIds, viewIds }: { readonly name: string; readonly ruleIds: readonly string[]; readonly viewIds: readonly string[] }, actor: Actor): Promise<FollowDone> {
    const results: FollowDone['results'] = [];
    for (const id of new Set(ruleIds)) { const done = await this.#followRule(id, name, actor); results.push({ kind: 'rule', id, version: done.ok ? done.value : null, problem: done.ok ? null : done.error.message }); }
    for (const id of new Set(viewIds)) { const done = await this.#followView(id, name, actor); results.push({ kind: 'view', id, version: null, problem: done.ok ? null : done.error.message }); }
    return { results };
  }

  async #followRule(id: string, name: string, actor: Actor): Promise<Result<number, Problem>> {
    const latest = await this.#latest(id);
    if (latest === null) return refuse('rule.unknown', `There is no rule with the id "${id}".`);
    const text = await this.#followingText(latest, name);
    if (text === null) return refuse('rule.does-not-compile', `The latest version of ${latest.document.name} names ${name} nowhere in a way that event() could stand for.`);
    const saved = await this.#options.rules.save(id, { text, note: `follows renames of ${name}`, base: latest.version }, actor);
    return saved.ok ? ok(saved.value.latestVersion) : saved;
  }

  async #followView(id: string, name: string, actor: Actor): Promise<Result<unknown, Problem>> {
    const found = this.#options.views.get(id);
    if (!found.ok) return found;
    const { description, signals, kql, columns } = found.value;
    const now = followName(kql, name);
    if (now === null) return refuse('rule.does-not-compile', `The view ${found.value.name} names ${name} nowhere in a way that event() could stand for.`);
    return this.#options.views.change(id, { name: found.value.name, description, signals, kql: now, columns }, actor);
  }

  async #ruleOffer(id: string, name: string): Promise<FollowOffer | null> {
    const latest = await this.#latest(id);
    const after = latest === null ? null : await this.#followingText(latest, name);
    return latest === null || after === null ? null : { kind: 'rule', id, name: latest.document.name, before: latest.text, after };
  }

  async #viewOffer(id: string, name: string): Promise<FollowOffer | null> {
    const found = this.#options.views.get(id);
    const after = found.ok ? followName(found.value.kql, name) : null;
    if (!found.ok || after === null) return null;
    const compiled = await this.#options.compiler.compile(after, 'filter').catch(() => null);
    return compiled?.plan == null ? null : { kind: 'view', id, name: found.value.name, before: found.value.kql, after };
  }

  async #latest(id: string): Promise<StoredVersion | null> {
    const { rules } = this.#options.store;
    const rule = await rules.get(id);
    return rule === null ? null : rules.version(rule.id, rule.latestVersion);
  }

  /** Comments and layout stay. Null when nothing can be made to follow, or what comes of it does not compile. */
  async #followingText({ document, text }: StoredVersion, name: string): Promise<string | null> {
    const following = followingDocument(document, name);
    if (following === null) return null;
    const { compiler } = this.#options;
    const after = await compiler.reword({ document: following.document, before: { text, edits: following.edits } }).catch(() => null);
    const checked = after === null ? null : await compiler.check(after).catch(() => null);
    return checked?.compiled == null ? null : after;
  }
}
