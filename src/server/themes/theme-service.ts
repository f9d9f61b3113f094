// Toggle themes: bundles of events of which the verbosity is switched together, by hand, by a schedule, or by a net. Off is a rule that runs.
import { isDeepStrictEqual } from 'node:util';
import { ok, type Result } from '../../base/index.ts';
import { themeAction, themeInput, type NameBook, type NetFired, type SwitchTheme, type Theme, type ThemeInput, type ThemeState, type ThemeView } from '../../model/index.ts';
import { record, weirItself, type Actor } from '../audit/index.ts';
import { refuse, type Problem } from '../http/problem.ts';
import { Serial } from '../ports/serial.ts';
import type { RuleService } from '../rules/index.ts';
import type { Store, StoreParts } from '../store/index.ts';
import { putTheme, readThemes, type StoredTheme } from './documents.ts';
import { scheduledState, scheduleProblem } from './schedule.ts';
import { sharedMembers } from './overlaps.ts';
import { isTooLong, ruleName, ruleText } from './theme-rule.ts';
import { knownMembers, type KnownEvent, type KnownMembers } from './known-members.ts';

const mostThemes = 500;
const minuteMs = 60_000;

/** What the members would cost a month if none of their records were taken away; null while that is not measured. */
export type CostOf = (members: Theme['members']) => Promise<{ readonly perMonth: number; readonly currency: string } | null>;

export interface ThemeOptions {
  readonly store: Store; readonly rules: Pick<RuleService, 'create' | 'save' | 'deploy' | 'disable' | 'remove'>; readonly nowMs: () => number; readonly newId: () => string; readonly onError: (error: unknown) => void;
  readonly costOf: CostOf; /** Of the catalogue. */ readonly events: () => Iterable<KnownEvent>; readonly book: () => NameBook;
}
type Done<T = ThemeView> = Promise<Result<T, Problem>>;
/** `scheduled`: what the schedule says, when it is the schedule that switches. */
interface Move { readonly state: ThemeState; readonly back: StoredTheme['back']; readonly scheduled?: ThemeState | null; readonly reason: string; /** The time for which it holds begins when it is in force. */ readonly forMs?: number | null }

export class Themes {
  readonly #options: ThemeOptions;
  readonly #changes = new Serial();
  #all: readonly StoredTheme[] = [];
  /** The next time that one goes back by itself. */
  #nextMs = Infinity;
  #minute = Number.NaN;

  constructor(options: ThemeOptions) { this.#options = options; }

  async load(): Promise<void> {
    this.#all = await readThemes(this.#options.store);
    this.#nextMs = Math.min(Infinity, ...this.#all.flatMap(({ back }) => (back === null ? [] : [back.atMs])));
  }

  /** By name. Another list after every change. */
  get all(): readonly StoredTheme[] { return this.#all; }

  async list(): Promise<ThemeView[]> {
    const { events, book } = this.#options;
    const known = knownMembers(this.#all.map(({ theme }) => theme.members), events(), book());
    const themes: ThemeView[] = [];
    for (const [i, one] of this.#all.entries()) themes.push(await this.#shown(one, known[i]!));
    return themes;
  }

  /** Errors: `theme.unknown`. */
  async get(id: string): Done { const one = this.#find(id); return one === undefined ? unknownTheme(id) : this.#view(one); }

  /** It begins on: nothing is taken away. Errors: `theme.name-taken`, `theme.schedule`, `theme.too-large`, `theme.too-many`, and those of saving a rule. */
  create(input: ThemeInput, actor: Actor): Done {
    return this.#changes.run(async () => {
      const refused = this.#refusal(input, null);
      if (refused !== null) return refused;
      if (this.#all.length >= mostThemes) return refuse('theme.too-many', `There are ${mostThemes} themes, as many as may be.`);
      const id = this.#options.newId();
      const rule = await this.#makeRule({ ...input, id }, actor);
      if (!rule.ok) return rule;
      this.#minute = Number.NaN;
      const theme: Theme = { id, ...input, state: 'on', changedAt: this.#now(), changedBy: actor.user, ruleId: rule.value };
      return this.#keep(null, { theme, isSwitched: false, back: null, scheduled: null }, 'theme.create', actor);
    });
  }

  /** One that is off goes on with what it is now. `base`: what was edited. Errors: as of `create`, `theme.unknown`, and `theme.changed-meanwhile`. */
  change(id: string, input: ThemeInput, actor: Actor, base?: ThemeInput): Done {
    return this.#changes.run(async () => {
      const before = this.#find(id);
      if (before === undefined) return unknownTheme(id);
      if (base !== undefined && !isDeepStrictEqual(base, themeInput.strip().parse(before.theme))) return refuse('theme.changed-meanwhile', `Somebody else saved the theme ${before.theme.name} while it was edited, so this was not saved.`);
      const refused = this.#refusal(input, before);
      if (refused !== null) return refused;
      const after: StoredTheme = { ...before, theme: { ...before.theme, ...input }, ...(JSON.stringify(input.schedule) !== JSON.stringify(before.theme.schedule) && { scheduled: null }) };
      const ruled = await this.#applyRule(after, await this.#stateOf(before), actor);
      // A new schedule is asked at the next second, not at the next minute.
      this.#minute = Number.NaN;
      return ruled.ok ? this.#keep(before, { ...after, theme: { ...after.theme, ruleId: ruled.value } }, 'theme.save', actor) : ruled;
    });
  }

  /** With its rule, so that its records pass. Errors: `theme.unknown`. */
  remove(id: string, actor: Actor): Done<null> {
    return this.#changes.run(async () => {
      const before = this.#find(id);
      if (before === undefined) return unknownTheme(id);
      const { store, rules } = this.#options;
      if (before.theme.ruleId !== null && await store.rules.get(before.theme.ruleId) !== null) {
        const removed = await rules.remove(before.theme.ruleId, true, actor);
        if (!removed.ok) return removed;
      }
      await store.transaction(async (parts) => {
        await parts.documents.remove('theme', id);
        await record(parts, actor, this.#now(), { action: 'theme.delete', subject: `theme:${id}`, before: before.theme, after: null });
      });
      await this.load();
      return ok(null);
    });
  }

  /** With `forMs` it goes back by itself to what it was. Errors: `theme.unknown`, and those of deploying a rule. */
  switch(id: string, { state, forMs, reason }: SwitchTheme, actor: Actor): Done {
    return this.#changes.run(async () => {
      const one = this.#find(id);
      if (one === undefined) return unknownTheme(id);
      return this.#move(one, { state, back: await this.#backOf(one, state, forMs === null ? null : this.#options.nowMs() + forMs), reason, forMs }, actor);
    });
  }

  /** A net fired with actions `theme`; those too late to matter are not done. May be told more than once. */
  async fired(agent: string, { rule, key, to, atUnixMs, actions }: Pick<NetFired, 'rule' | 'key' | 'to' | 'atUnixMs' | 'actions'>): Promise<void> {
    const actor = { user: `net:${rule.name} (${agent})` };
    for (const { action, parameters } of actions) {
      if (action !== 'theme') continue;
      const asked = themeAction.safeParse(parameters);
      const problem = asked.success ? await this.#changes.run(() => this.#switchForNet(asked.data, atUnixMs, `${key === '' ? '' : `${key} `}is ${to}`, actor)) : 'what the net told of its action cannot be read';
      if (problem !== null) await this.#options.store.transaction((parts) => record(parts, actor, this.#now(), { action: 'theme.not-switched', subject: `rule:${rule.id}`, before: null, after: null, more: { because: problem, parameters } }));
    }
  }

  /** Once a second: goes back by itself, and once a minute to what schedules say. */
  tick(): void {
    const now = this.#options.nowMs();
    const minute = Math.floor(now / minuteMs);
    if (now < this.#nextMs && minute === this.#minute) return;
    this.#minute = minute;
    this.#nextMs = Infinity;
    void this.#changes.run(() => this.#due(now)).catch(this.#options.onError);
  }

  /** Ends when everything that was begun is done. */
  settled(): Promise<void> { return this.#changes.run(() => Promise.resolve()); }

  async #switchForNet({ name, state, forMs }: { readonly name: string; readonly state: ThemeState; readonly forMs?: number | undefined }, atUnixMs: number, reason: string, actor: Actor): Promise<string | null> {
    const one = this.#all.find(({ theme }) => theme.name === name);
    if (one === undefined) return `there is no theme ${name}`;
    const now = this.#options.nowMs();
    const untilMs = forMs === undefined ? null : Math.min(now, atUnixMs) + forMs;
    if (untilMs !== null && untilMs <= now) return `the time for which ${name} was to be ${state} was over when the server heard of it`;
    const done = await this.#move(one, { state, back: await this.#backOf(one, state, untilMs), reason }, actor);
    return done.ok ? null : done.error.message;
  }

  /** What it goes back to is what it was before somebody switched it for a while. */
  async #backOf(one: StoredTheme, state: ThemeState, untilMs: number | null): Promise<StoredTheme['back']> {
    const to = one.back?.state ?? await this.#stateOf(one);
    return untilMs === null || to === state ? null : { state: to, atMs: untilMs };
  }

  async #due(nowMs: number): Promise<void> {
    for (const one of this.#all) {
      const move = moveDue(one, nowMs);
      if (move === null) continue;
      const done = await this.#move(one, move, weirItself);
      if (!done.ok) this.#options.onError(new Error(`The theme ${one.theme.name} could not be switched ${move.state}, which is tried again in a minute: ${done.error.message}`));
    }
    // What is still due failed, and is tried again with the next minute.
    this.#nextMs = Math.min(Infinity, ...this.#all.flatMap(({ back }) => (back === null || back.atMs <= nowMs ? [] : [back.atMs])));
  }

  async #move(one: StoredTheme, { state, back: planned, scheduled = one.scheduled, reason, forMs = null }: Move, actor: Actor): Done {
    const was = await this.#stateOf(one);
    if (was === state && one.theme.state === state && JSON.stringify(planned) === JSON.stringify(one.back) && scheduled === one.scheduled) return this.#view(one);
    const ruled = await this.#applyRule(one, state, actor);
    if (!ruled.ok) return ruled;
    const back = planned === null || forMs === null ? planned : { ...planned, atMs: this.#options.nowMs() + forMs };
    const changed = was === state ? {} : { changedAt: this.#now(), changedBy: actor.user };
    const after: StoredTheme = { theme: { ...one.theme, state, ruleId: ruled.value, ...changed }, isSwitched: one.isSwitched || was !== state, back, scheduled };
    return this.#keep(one, after, `theme.switch-${state}`, actor, { reason, ...(back !== null && { back: { state: back.state, at: new Date(back.atMs).toISOString() } }) });
  }

  /** Brings the rule to what the theme says, and runs it or not; one that somebody deleted is made anew. The answer is its id. */
  async #applyRule({ theme }: StoredTheme, state: ThemeState, actor: Actor): Promise<Result<string, Problem>> {
    const { store, rules } = this.#options;
    const stored = theme.ruleId === null ? null : await store.rules.get(theme.ruleId);
    const made = stored === null ? await this.#makeRule(theme, actor) : ok(stored.id as string);
    if (!made.ok) return made;
    if (stored !== null) {
      const saved = await rules.save(stored.id, { text: ruleText(theme, stored.name), note: 'as the theme says' }, actor);
      if (!saved.ok) return saved;
    }
    const moved = state === 'off' ? await rules.deploy(made.value, { version: null, mode: 'live' }, actor) : stored?.state === 'deployed' ? await rules.disable(made.value, actor) : null;
    return moved === null || moved.ok ? made : moved;
  }

  async #makeRule(theme: ThemeInput & { readonly id: string }, actor: Actor): Promise<Result<string, Problem>> {
    for (const name of [ruleName(theme.name), ruleName(theme.name, `-${theme.id.toLowerCase().replaceAll(/[^a-z0-9]/g, '').slice(-8)}`)]) {
      const made = await this.#options.rules.create({ text: ruleText(theme, name), note: `of the theme ${theme.name}` }, actor);
      if (made.ok) return ok(made.value.id);
      if (made.error.code !== 'rule.name-taken') return made;
    }
    return refuse('theme.name-taken', `Other rules are called as those of a theme ${theme.name} would be.`);
  }

  /** By what runs: somebody may have deployed or disabled its rule by hand. */
  async #stateOf({ theme }: StoredTheme): Promise<ThemeState> {
    const rule = theme.ruleId === null ? null : await this.#options.store.rules.get(theme.ruleId);
    return rule?.state === 'deployed' && rule.mode === 'live' ? 'off' : 'on';
  }

  #refusal(input: ThemeInput, before: StoredTheme | null): Result<never, Problem> | null {
    const problem = scheduleProblem(input.schedule);
    if (problem !== null) return refuse('theme.schedule', problem);
    if (this.#all.some(({ theme }) => theme.name === input.name && theme.id !== before?.theme.id)) return refuse('theme.name-taken', `Another theme is called ${input.name}.`);
    return isTooLong(input) ? refuse('theme.too-large', `The rule of a theme with these ${input.members.length} members would be longer than a rule may be.`) : null;
  }

  async #keep(before: StoredTheme | null, after: StoredTheme, action: string, actor: Actor, more: Readonly<Record<string, unknown>> = {}): Done {
    await this.#options.store.transaction(async (parts: StoreParts) => {
      await putTheme(parts, after, this.#now());
      await record(parts, actor, this.#now(), { action, subject: `theme:${after.theme.id}`, before: before?.theme ?? null, after: after.theme, more: { name: after.theme.name, ...more } });
    });
    await this.load();
    return this.#view(after);
  }

  #find(id: string): StoredTheme | undefined { return this.#all.find(({ theme }) => theme.id === id); }
  #now(): string { return new Date(this.#options.nowMs()).toISOString(); }

  async #view(one: StoredTheme): Promise<Result<ThemeView, Problem>> {
    const { events, book } = this.#options;
    return ok(await this.#shown(one, knownMembers([one.theme.members], events(), book())[0]!));
  }

  async #heldBackBy({ id, members }: Theme): Promise<ThemeView['heldBackBy']> {
    const found: ThemeView['heldBackBy'] = [];
    for (const other of this.#all) {
      const shared = other.theme.id === id ? 0 : sharedMembers(members, other.theme.members, this.#options.book());
      if (shared > 0 && await this.#stateOf(other) === 'off') found.push({ id: other.theme.id, name: other.theme.name, members: shared });
    }
    return found;
  }

  /** What failed to be measured takes no theme away: what was asked for is done by then. */
  async #costOf({ members }: Theme): ReturnType<CostOf> {
    try {
      return await this.#options.costOf(members);
    } catch (error) {
      this.#options.onError(error);
      return null;
    }
  }

  async #shown(one: StoredTheme, { unknown, withErrors }: KnownMembers): Promise<ThemeView> {
    const { theme, back } = one;
    const cost = await this.#costOf(theme);
    return {
      ...theme, state: await this.#stateOf(one), isSwitched: one.isSwitched, back: back === null ? null : { state: back.state, at: new Date(back.atMs).toISOString() }, unknownMembers: [...unknown], membersWithErrors: [...withErrors],
      heldBackBy: await this.#heldBackBy(theme), costOn: cost?.perMonth ?? null, costOff: cost === null ? null : cost.perMonth * theme.offKeepPerMille / 1000, currency: cost?.currency ?? '',
    };
  }
}

/** Its time is over, or the schedule says something else than it last said: what no entry speaks of any more is switched to the other state. */
function moveDue({ theme, back, scheduled }: StoredTheme, nowMs: number): Move | null {
  const says = scheduledState(theme.schedule, nowMs);
  const word = says ?? (scheduled === null ? null : scheduled === 'on' ? 'off' : 'on');
  if (says !== scheduled && word !== null) return { state: word, back: null, scheduled: says, reason: 'its schedule' };
  return back !== null && back.atMs <= nowMs ? { state: back.state, back: null, reason: 'its time is over' } : null;
}

const unknownTheme = (id: string): Result<never, Problem> => refuse('theme.unknown', `There is no theme with the id "${id}".`);
