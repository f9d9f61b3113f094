// Aliases, saved views and themes of the mock backend, in memory; and what the demo's faults do to events.
import type { Alias, BrokenName, Drift, EventUser, FollowedName, MetricDefinition, NewAlias, SavedView, SavedViewInput, Theme, ThemeInput, ThemeView } from '../../src/model/index.ts';
import type { MockBackend } from '../backend.ts';

const minute = 60_000;
/** Everything after the rules, as it is usually shown. */
const plainView: Pick<SavedView, 'stage' | 'facets' | 'wrap'> = { stage: 'out', facets: { hidden: {}, only: {} }, wrap: false };
const renamed = { former: 'CheckoutStarted', current: 'checkout.started' } as const;

export class MockCatalogue {
  readonly backend: MockBackend;
  views: readonly SavedView[] = [];
  themes: readonly Theme[] = [];
  /** When a theme goes back by itself, and to what. */
  readonly back = new Map<string, NonNullable<ThemeView['back']>>();
  #aliases: readonly Alias[];
  #nextId = 1;
  /** When a fault was first seen on, by name. */
  readonly #since = new Map<string, number>();

  constructor(backend: MockBackend) {
    this.backend = backend;
    const ago = (minutes: number) => backend.iso(backend.startedMs - minutes * minute);
    this.#aliases = [
      { id: 'alias-payments', kind: 'event', former: 'payment_declined', current: 'PaymentDeclined', service: 'payments', by: 'weir', reason: 'the same source line, services/payments.ts:40; one ended as the other began', at: ago(2880), state: 'active' },
      { id: 'alias-queue', kind: 'event', former: 'queue.depth', current: 'QueueDepth', service: 'checkout', by: 'weir', reason: 'the same template and nine of ten fields, but both were seen for 40 s', at: ago(32), state: 'proposed', firstSeen: ago(33) },
      { id: 'alias-user', kind: 'field', former: 'uid', current: 'user.id', service: null, by: 'mira', reason: 'as the conventions have it', at: ago(1440), state: 'active' },
    ];
    this.saveView(null, { name: 'checkouts', description: 'Every checkout, whatever it is called.', signals: ['logs'], kql: 'event("CheckoutStarted")', columns: ['order.total'], ...plainView });
    this.saveView(null, { name: 'declined payments', description: '', signals: ['logs'], kql: 'EventName == "PaymentDeclined"', columns: [], ...plainView });
    this.saveTheme(null, { name: 'checkout details', description: 'Everything about one checkout, step by step.', members: [{ name: 'CheckoutStarted', service: 'checkout' }, { name: 'QueueDepth', service: 'checkout' }, { name: 'checkout.step', service: 'checkout' }], offKeepPerMille: 10, schedule: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', zone: 'Europe/Berlin', state: 'on' }] });
    this.saveTheme(null, { name: 'page rendering', description: '', members: [{ name: 'frontend/src/ssr/render.ts:212', service: 'frontend' }, { name: 'LogLaunch', service: 'frontend' }], offKeepPerMille: 0, schedule: [] });
  }

  #id(kind: string): string { return `${kind}-${this.#nextId++}`; }
  now(): string { return this.backend.iso(this.backend.clock()); }

  /** When the fault began, Unix milliseconds; null while it is off. */
  faultSince(name: string): number | null {
    if (!this.backend.faults.some(fault => fault.name === name && fault.on)) { this.#since.delete(name); return null; }
    const known = this.#since.get(name) ?? this.backend.clock();
    this.#since.set(name, known);
    return known;
  }

  aliases(): readonly Alias[] {
    const since = this.faultSince('renamed-event');
    const found: readonly Alias[] = since === null ? [] : [{ id: 'alias-checkout', kind: 'event', ...renamed, service: 'checkout', by: 'weir', reason: 'the same source line, services/checkout.ts:24; one ended as the other began with 4.13.0', at: this.backend.iso(since), state: 'active' }];
    return [...this.#aliases, ...found];
  }
  addAlias(wish: NewAlias): Alias { const made: Alias = { ...wish, id: this.#id('alias'), by: 'you', at: this.now(), state: 'active' }; this.#aliases = [...this.#aliases, made]; this.backend.note('alias.add', `alias:${made.id}`); return made; }
  /** What a person said was never proposed: taken back it is rejected. */
  decide(id: string, wish: Alias['state'], reason = ''): Alias | undefined {
    this.#aliases = this.#aliases.map(one => {
      if (one.id !== id) return one;
      const state = wish === 'proposed' && one.by !== 'weir' ? 'rejected' : wish;
      const at = state === one.state ? one.decided?.at ?? this.now() : this.now();
      return { ...one, state, decided: { by: 'you', at, reason }, ...(state === 'active' && one.firstSeen !== undefined && { missed: [{ from: one.firstSeen, until: at, wholeFrom: one.firstSeen }] }) };
    });
    return this.#aliases.find(one => one.id === id);
  }
  /** Everybody who names the former name of a proposed rename; of one in force those who name it exactly. */
  broken(): readonly BrokenName[] {
    return this.aliases().filter(one => one.state !== 'rejected' && one.kind === 'event').flatMap(alias => { const users = this.users(alias.former).filter(({ by, follows }) => by.includes(`"${alias.former}"`) && (!follows || alias.state === 'proposed')); return users.length === 0 ? [] : [{ alias, users: [...users] }]; });
  }

  saveView(id: string | null, view: SavedViewInput): SavedView {
    const before = this.views.find(one => one.id === id);
    const saved: SavedView = { ...view, id: id ?? this.#id('view'), createdAt: before?.createdAt ?? this.now(), updatedAt: this.now(), author: 'you', follows: [] };
    this.views = [...this.views.filter(one => one.id !== saved.id), saved].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return saved;
  }
  saveTheme(id: string | null, input: ThemeInput): Theme {
    const before = this.themes.find(one => one.id === id);
    const saved: Theme = { state: 'on', changedAt: this.now(), changedBy: 'you', ruleId: null, ...before, ...input, id: id ?? this.#id('theme') };
    this.themes = [...this.themes.filter(one => one.id !== saved.id), saved].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return saved;
  }

  /** What a text that says `event("…")` follows now. */
  follows(kql: string): FollowedName[] {
    return [...kql.matchAll(/\bevent\("([^"]+)"\)/g)].flatMap(([, name = '']) => this.aliases().filter(one => one.kind === 'event' && one.state === 'active' && (one.former === name || one.current === name)).map(({ former, current, at, decided, firstSeen, missed }) => ({ name, now: [current, former], since: decided?.at ?? at, ...(firstSeen !== undefined && { firstSeen }), ...(missed !== undefined && { missed }) })));
  }

  metrics(): readonly MetricDefinition[] {
    return [...this.backend.store.rules.values()].flatMap(({ id, state, versions }) => {
      const document = versions.at(-1)?.document;
      const kql = document?.kind === 'query' ? document.kql : '';
      const [, name] = /to_metric\("([^"]+)"/.exec(kql) ?? [];
      if (document === undefined || name === undefined) return [];
      const groupBy = (/\bby\s+([^\n|]+)/.exec(kql)?.[1] ?? '').split(/,(?![^(]*\))/).map(part => part.trim()).filter(part => part !== '' && !part.startsWith('bin('));
      return [{ name, unit: '1', description: document.description, kind: 'sum', monotonic: true, groupBy, ruleId: id, ruleName: document.name, kql, state, follows: this.follows(kql) } satisfies MetricDefinition];
    });
  }

  /** Who names an event or a field: rules and views by their text, themes by their members. */
  users(name: string): readonly EventUser[] {
    const names = this.namesOf(name);
    const named = (kql: string) => names.flatMap(one => (kql.includes(`event("${one}")`) ? [{ by: `event("${one}")`, follows: true }] : kql.includes(`"${one}"`) ? [{ by: /\b(\w+ == "[^"]*")/.exec(kql)?.[1] ?? `"${one}"`, follows: false }] : [])).slice(0, 1);
    const rules = [...this.backend.store.rules.values()].flatMap(({ id, versions }): EventUser[] => { const document = versions.at(-1)?.document; const kql = document?.kind === 'query' ? document.kql : document?.kind === 'state-machine' ? JSON.stringify(document.states).replaceAll('\\"', '"') : ''; return named(kql).map(by => ({ kind: document?.kind === 'state-machine' ? 'net' : 'rule', id, name: document?.name ?? id, fields: document?.kind === 'state-machine' ? ['depth'] : [], ...by })); });
    const views = this.views.flatMap(({ id, name: title, kql, columns }): EventUser[] => named(kql).map(by => ({ kind: 'view', id, name: title, fields: columns, ...by })));
    const themes = this.themes.flatMap(({ id, name: title, members }): EventUser[] => (members.some(member => names.includes(member.name)) ? [{ kind: 'theme', id, name: title, by: `event("${name}")`, fields: [], follows: true }] : []));
    return [...rules, ...views, ...themes].toSorted((a, b) => Number(a.follows) - Number(b.follows));
  }
  /** Every name that it has or had. */
  namesOf(name: string): readonly string[] { return [...new Set([name, ...this.aliases().filter(one => one.kind === 'event' && one.state === 'active' && (one.former === name || one.current === name)).flatMap(one => [one.current, one.former])])]; }

  drift(): readonly Drift[] {
    const start = this.backend.startedMs;
    const [moved, drifting] = [this.faultSince('renamed-event'), this.faultSince('drifting-field')];
    const cart = { signal: 'logs', service: 'cart', durableId: 'CartItemAdded' } as const;
    return [
      ...(drifting === null ? [] : [
        { id: 'd-type', at: drifting + 2000, since: drifting, kind: 'type-change', ...cart, field: 'cart.items', was: 'long in 100 % of 412 records', now: 'string in 100 % of 38' },
        { id: 'd-new', at: drifting + 2000, since: drifting, kind: 'new-field', ...cart, field: 'cart.promo', was: 'not seen before', now: 'string in 38 of 38 records' },
        { id: 'd-gone', at: drifting + 4000, since: drifting, kind: 'missing-field', ...cart, field: 'cart.region', was: 'in 100 % of the records', now: 'in none of 60' },
      ] as const),
      ...(moved === null ? [] : [{ id: 'd-renamed', at: moved, kind: 'renamed', signal: 'logs', service: 'checkout', durableId: renamed.current, was: renamed.former, now: 'checkout.started: the same source line, one ended as the other began', version: '4.13.0' }] as const),
      { id: 'd-rate', at: start - 6 * minute, kind: 'rate-step', signal: 'logs', service: 'frontend', durableId: 'LogLaunch', was: '48/s', now: '384/s', version: '4.12.0' },
      { id: 'd-card', at: start - 26 * minute, kind: 'cardinality', signal: 'logs', service: 'frontend', durableId: 'LogLaunch', field: 'session.id', was: '1,204 distinct values', now: '≈ 40,200, a new one in every record' },
      { id: 'd-new-event', at: start - 44 * minute, kind: 'new-event', signal: 'logs', service: 'payments', durableId: 'PaymentDeclined', was: 'not seen before', now: '71 records since 1 m', version: '4.12.0' },
      { id: 'd-status', at: start - 90 * minute, kind: 'type-change', signal: 'logs', service: 'cart', durableId: 'cart/src/clients/catalog.ts:88', field: 'http.status', was: 'string in 100 % of the records', now: 'string in 70 %, long in 30 %', version: '4.12.0' },
    ];
  }
}
