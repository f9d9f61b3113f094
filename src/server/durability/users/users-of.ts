// Who relies on an event or on a field: found by what their compiled expressions say, in a book that is made once and asked often. Pure.
import { isMinedId, meaningsOf } from '../../../kql/index.ts';
import type { Alias, EventUser, NameMeaning, Signal } from '../../../model/index.ts';
import { mentionsOf, servicesOf, type EventMention, type FieldMention, type FieldPlace, type Mentions } from './mentions.ts';
import type { NameSources, RuleUser } from './sources.ts';

/** One event, as the catalogue tells events apart. */
export interface EventKey { readonly signal: Signal; readonly service: string; readonly durableId: string }

interface Who { readonly kind: EventUser['kind']; readonly id: string; readonly name: string }
interface Party { readonly who: Who; readonly events: readonly EventMention[]; readonly fields: readonly FieldMention[] }
interface Placed { readonly party: Party; readonly mention: EventMention; /** The meaning that led here is of this service only. */ readonly service: string | null }

export class NameUsers {
  readonly #byName = new Map<string, Placed[]>();
  /** Those that name events by a pattern. */
  readonly #byTest: Placed[] = [];
  readonly #parties: readonly Party[];

  constructor(sources: NameSources) {
    this.#parties = partiesOf(sources);
    for (const party of this.#parties) for (const mention of party.events) this.#place(party, mention, sources);
  }

  /** Each user once; those first that a rename would break. */
  of(event: EventKey): EventUser[] {
    const found = new Map<Party, EventMention[]>();
    const meet = ({ party, mention, service }: Placed): void => {
      if (!isAbout(mention, service, event)) return;
      const mentions = found.get(party) ?? [];
      if (!mentions.includes(mention)) found.set(party, [...mentions, mention]);
    };
    for (const placed of this.#byName.get(event.durableId) ?? []) meet(placed);
    for (const placed of this.#byTest) if (placed.mention.fits?.(event.durableId) === true) meet(placed);
    return sorted([...found].map(([{ who, fields }, mentions]) => userOf(who, mentions, fields)));
  }

  /** Of an event by its name, whatever its signal; of one service, or of any. */
  ofName(name: string, service: string | null): EventUser[] {
    const found = new Map<Party, Set<EventMention>>();
    for (const placed of [...this.#byName.get(name) ?? [], ...this.#byTest.filter(({ mention }) => mention.fits?.(name) === true)]) {
      if (service !== null && !isAbout({ ...placed.mention, signal: null }, placed.service, { signal: 'logs', service, durableId: name })) continue;
      found.set(placed.party, (found.get(placed.party) ?? new Set()).add(placed.mention));
    }
    return sorted([...found].map(([{ who, fields }, mentions]) => userOf(who, [...mentions], fields)));
  }

  /** Those whom a rename leaves behind: they name the former name, and not the new one as well. Who says event() or field() goes on, once it is in force.
   *  `bears`: whether an event of this name may have the new field; who names the field of other events alone is not left behind. */
  leftBehindBy({ kind, former, current, service, state }: Pick<Alias, 'kind' | 'former' | 'current' | 'service' | 'state'>, bears: (event: string) => boolean = () => true): EventUser[] {
    const isLeft = (follows: boolean): boolean => !follows || state !== 'active';
    const isTouched = ({ follows, services, events }: FieldPlace): boolean =>
      isLeft(follows) && (service === null || services?.has(service) !== false) && events.every(({ fits, names }) => fits !== null || names.some(bears));
    if (kind === 'field') return sorted(this.#parties.flatMap(({ who, fields, events }) => {
      const used = fields.filter(({ attribute, name, places }) => attribute && name === former && places.some(isTouched));
      const isElsewhere = service !== null && events.length > 0 && events.every(({ services }) => services?.has(service) === false);
      return used.length === 0 || isElsewhere || fields.some(({ name }) => name === current) ? [] : [{ ...who, by: used.map(({ by }) => by).join(', '), fields: [former], follows: used.every(({ follows }) => follows) }];
    }));
    const knows = ({ mention: { fits, names } }: Placed): boolean => fits?.(current) === true || names.includes(current);
    const found = new Map<Party, EventMention[]>();
    for (const placed of [...this.#byName.get(former) ?? [], ...this.#byTest.filter(({ mention }) => mention.fits?.(former) === true)]) {
      const { mention, party } = placed;
      const isHere = service === null || isAbout({ ...mention, signal: null }, placed.service, { signal: 'logs', service, durableId: former });
      if (isHere && !knows(placed) && isLeft(mention.follows)) found.set(party, [...found.get(party) ?? [], mention]);
    }
    return sorted([...found].map(([{ who, fields }, mentions]) => userOf(who, mentions, fields)));
  }

  /** Of an attribute by its key, whatever the event. `names`: all that mean the same, or did. */
  ofField(key: string, names: readonly string[] = [key]): EventUser[] {
    return sorted(this.#parties.flatMap(({ who, fields }) => {
      const used = fields.filter((field) => field.attribute && (field.name === key || names.includes(field.name)));
      return used.length === 0 ? [] : [{ ...who, by: used.map(({ by }) => by).join(', '), fields: [...new Set(used.map(({ name }) => name))], follows: used.every(({ follows }) => follows) }];
    }));
  }

  #place(party: Party, mention: EventMention, { book }: NameSources): void {
    if (mention.fits !== null) { this.#byTest.push({ party, mention, service: null }); return; }
    for (const name of mention.names) {
      const meant: readonly NameMeaning[] = mention.follows || isMinedId(name) ? meaningsOf(book.events, name) : [{ name, service: null }];
      for (const { name: one, service } of meant) (this.#byName.get(one) ?? this.#byName.set(one, []).get(one)!).push({ party, mention, service });
    }
  }
}

/** Everybody who names this event. For many events make one NameUsers and ask that. */
export const usersOf = (event: EventKey, sources: NameSources): EventUser[] => new NameUsers(sources).of(event);

const isAbout = ({ signal, services }: EventMention, service: string | null, event: EventKey): boolean =>
  (signal === null || signal === event.signal) && (services === null || services.has(event.service)) && (service === null || service === event.service);

const userOf = (who: Who, mentions: readonly EventMention[], fields: readonly FieldMention[]): EventUser =>
  ({ ...who, by: [...new Set(mentions.map(({ by }) => by))].join(', '), fields: fields.map(({ name }) => name), follows: mentions.every(({ follows }) => follows) });

const sorted = (users: EventUser[]): EventUser[] => users.sort((a, b) => Number(a.follows) - Number(b.follows) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

function partiesOf({ rules, views, themes, recorders }: NameSources): Party[] {
  // The rule of a theme is the theme's own; naming both would count one twice.
  const ofThemes = new Set(themes.map(({ ruleId }) => ruleId));
  return [
    ...rules.flatMap((rule) => (rule.compiled === null || ofThemes.has(rule.id) ? [] : [{ who: whoIs(rule), ...ruleMentions(rule) }])),
    ...views.map(({ view: { id, name }, plan }) => ({ who: { kind: 'view' as const, id, name }, ...mentionsOf(plan) })),
    ...themes.map(({ id, name, members }) => ({ who: { kind: 'theme' as const, id, name }, fields: [], events: members.map(memberMention) })),
    ...recorders.map(({ name, key }) => ({ who: { kind: 'recorder' as const, id: name, name }, ...mentionsOf(key) })),
  ].filter(({ events, fields }) => events.length > 0 || fields.length > 0);
}

/** A rule that makes a metric or fills a recorder is shown as that: what people look at. The id is the rule's. */
function whoIs({ id, name, compiled }: RuleUser): Who {
  if (compiled?.kind === 'state-machine') return { kind: 'net', id, name };
  const sink = compiled?.kind === 'query' ? compiled.plan.sink : null;
  if (sink?.sink === 'to_metric') return { kind: 'metric', id, name: sink.name };
  return sink?.sink === 'record' ? { kind: 'recorder', id, name: sink.recorder } : { kind: 'rule', id, name };
}

function ruleMentions({ compiled }: RuleUser): Mentions {
  if (compiled === null) return { events: [], fields: [] };
  const services = servicesOf(compiled.targets);
  switch (compiled.kind) {
    case 'query': return mentionsOf(compiled.plan, services);
    case 'state-machine': return mentionsOf(compiled.machine, services);
    case 'language': return mentionsOf(compiled.language.when, services);
    case 'redaction-policy': return { events: [], fields: compiled.policy.entries.flatMap(({ key }) => (key === undefined || key.includes('*') ? [] : [{ name: key, attribute: true, by: `key: ${key}`, follows: false, places: [{ follows: false, services, events: [] }] }])) };
  }
}

const memberMention = ({ name, service }: { readonly name: string; readonly service: string | null }): EventMention =>
  ({ by: service === null ? name : `${name} of ${service}`, follows: true, names: [name], fits: null, signal: null, services: service === null ? null : new Set([service]) });

