// Rows and details of the mock's catalogue, as the API has them.
import type { EventDetail, EventList, EventQuery, EventRow, ThemeView, Theme } from '../../src/model/index.ts';
import { fate } from '../rule-effects.ts';
import { rateAt } from '../shop.ts';
import { seedEvents, type SeedEvent } from './catalogue.ts';
import type { MockCatalogue } from './store.ts';

const looked = 512;
const day = 86_400_000;
const pricePerGiB = 0.3;

/** The shop's events, under the names that they have now. */
export function seedsNow(catalogue: MockCatalogue): readonly SeedEvent[] {
  const since = catalogue.faultSince('renamed-event');
  return since === null ? seedEvents : seedEvents.flatMap(event => (event.talker.durableId !== 'CheckoutStarted' ? [event] : [event, { ...event, talker: { ...event.talker, durableId: 'checkout.started' }, lint: [] }]));
}

export function rowOf(catalogue: MockCatalogue, { talker, source, template, severity, sourceLine, fields, lint }: SeedEvent): EventRow {
  const { backend } = catalogue;
  const [now, since] = [backend.clock(), catalogue.faultSince('renamed-event')];
  const [old, fresh] = [since !== null && talker.durableId === 'CheckoutStarted', talker.durableId === 'checkout.started'];
  const at = (t: number) => (old && t >= (since ?? 0)) || (fresh && t < (since ?? 0)) ? 0 : rateAt(talker, t);
  const { removed } = fate(backend.store.deployedRules(), talker, now);
  const seconds = fresh ? (now - (since ?? now)) / 1000 : 26_000;
  const records = Math.round(talker.perSecond * seconds);
  return {
    signal: talker.signal, service: talker.service, durableId: talker.durableId, source, label: template ?? talker.durableId, sourceLine, severity: talker.signal === 'logs' ? severity : null,
    perSecond: at(now), bytesPerSecond: at(now) * talker.bytesEach, records, bytes: records * talker.bytesEach, removedRecords: Math.round(Math.min(1, removed / Math.max(1e-9, rateAt(talker, now))) * records * 0.6),
    firstSeenAt: backend.iso(fresh ? since ?? now : backend.startedMs - 3 * day), lastSeenAt: backend.iso(old ? since ?? now : now - 900), versions: fresh ? ['4.13.0'] : ['4.12.0', '4.11.0'], fields: fields.length,
    drifts: catalogue.drift().filter(one => one.durableId === talker.durableId).length, users: catalogue.users(talker.durableId).length, lints: lint.length, renamedTo: old ? 'checkout.started' : null,
    history: Array.from({ length: 60 }, (_, i) => at(now - (59 - i) * 5000)),
  };
}

const sortKeys: Readonly<Record<EventQuery['sort'], (row: EventRow) => number | string>> = { rate: row => row.perSecond, bytes: row => row.bytesPerSecond, label: row => row.label.toLowerCase(), service: row => row.service, first: row => row.firstSeenAt, last: row => row.lastSeenAt, fields: row => row.fields, drift: row => row.drifts };

export function listOf(catalogue: MockCatalogue, query: EventQuery): EventList {
  const seeds = seedsNow(catalogue);
  const wanted = query.search.toLowerCase();
  const only: Readonly<Record<EventQuery['only'], (row: EventRow) => boolean>> = { all: () => true, drift: row => row.drifts > 0, lint: row => row.lints > 0, unused: row => row.users === 0, renamed: row => row.renamedTo !== null || formerOf(catalogue, row.durableId).length > 0 };
  const found = seeds.filter(({ talker, source, template, sourceLine }) => (query.service === undefined || talker.service === query.service) && (query.signal === undefined || talker.signal === query.signal) && (query.source === undefined || source === query.source) && [talker.durableId, template ?? '', sourceLine ?? '', talker.service].some(text => text.toLowerCase().includes(wanted))).map(seed => rowOf(catalogue, seed)).filter(only[query.only]);
  const [key, turn] = [sortKeys[query.sort], query.descending ? -1 : 1];
  const events = found.toSorted((a, b) => (key(a) < key(b) ? -turn : key(a) > key(b) ? turn : a.durableId < b.durableId ? -1 : 1)).slice(query.offset, query.offset + query.limit);
  return { events, total: found.length, folded: { ids: 0, records: 0 }, services: [...new Set(seeds.map(({ talker }) => talker.service))].toSorted(), refused: { reports: 0, events: 0, templateMessages: 0 }, leftOut: { withoutRoom: 0, outdated: 0 } };
}

const formerOf = (catalogue: MockCatalogue, id: string): EventDetail['formerNames'] => catalogue.aliases().filter(one => one.kind === 'event' && one.state === 'active' && one.current === id).map(({ id: aliasId, former, at, by, reason, firstSeen, decided, missed }) => ({ aliasId, name: former, since: decided?.at ?? at, by, reason, ...(firstSeen !== undefined && { firstSeen }), ...(decided !== undefined && { decided }), ...(missed !== undefined && { missed }) }));

export function detailOf(catalogue: MockCatalogue, seed: SeedEvent): EventDetail {
  const row = rowOf(catalogue, seed);
  const part = (share: number, version: string) => ({ version, records: Math.round(row.records * share), bytes: Math.round(row.bytes * share), firstSeenAt: row.firstSeenAt, lastSeenAt: row.lastSeenAt });
  return {
    ...row, template: seed.template, scope: seed.scope, formerNames: formerOf(catalogue, row.durableId), byVersion: row.versions.length === 1 ? [part(1, row.versions[0]!)] : [part(0.34, '4.12.0'), part(0.66, '4.11.0')],
    bySeverity: row.severity === null ? [] : [{ severity: row.severity, records: row.records, bytes: row.bytes }], looked,
    fieldRows: fieldsNow(catalogue, seed).map(({ presence, types, share, ...field }) => ({ ...field, presence, share, types: Object.fromEntries(Object.entries(types).map(([type, part]) => [type, Math.round(looked * presence * part)])), bytes: share * looked * seed.talker.bytesEach, firstSeenAt: row.firstSeenAt, lastSeenAt: row.lastSeenAt, ...driftOf(catalogue, row.durableId, field.key) })),
    foldedFields: { seen: 0, bytes: 0 }, drift: catalogue.drift().filter(one => one.durableId === row.durableId), usedBy: [...catalogue.users(row.durableId)], lint: [...seed.lint], agents: ['shop-1', 'shop-2'],
  };
}

/** While the fault is on, cart leaves cart.region out and adds cart.promo. */
function fieldsNow(catalogue: MockCatalogue, { talker, fields }: SeedEvent): SeedEvent['fields'] {
  const region = fields.find(({ key }) => key === 'cart.region');
  if (talker.durableId !== 'CartItemAdded' || region === undefined || catalogue.faultSince('drifting-field') === null) return fields;
  return [...fields, { ...region, key: 'cart.promo', distinct: 38, examples: ['p_•••'] }];
}

/** What the changes say of a field, as its row has it. */
function driftOf(catalogue: MockCatalogue, durableId: string, key: string): Pick<EventDetail['fieldRows'][number], 'change' | 'typed'> & Partial<Pick<EventDetail['fieldRows'][number], 'firstSeenAt' | 'lastSeenAt'>> {
  const found = catalogue.drift().find(one => one.durableId === durableId && one.field === key);
  if (found === undefined) return {};
  const [since, at] = [catalogue.backend.iso(found.since ?? found.at), catalogue.backend.iso(found.at)];
  switch (found.kind) {
    case 'missing-field': return { change: 'gone', lastSeenAt: since };
    case 'new-field': return { change: 'new', firstSeenAt: since };
    case 'type-change': return { typed: { since, at, was: found.was, now: found.now } };
    default: return {};
  }
}

export function themeOf(catalogue: MockCatalogue, theme: Theme): ThemeView {
  const known = seedsNow(catalogue).filter(({ talker }) => theme.members.some(({ name }) => catalogue.namesOf(name).includes(talker.durableId)));
  const gibs = known.reduce((sum, { talker }) => sum + talker.perSecond * talker.bytesEach, 0) * 30 * 86_400 / 2 ** 30;
  return { ...theme, costOn: known.length === 0 ? null : gibs * pricePerGiB, costOff: known.length === 0 ? null : gibs * pricePerGiB * theme.offKeepPerMille / 1000, currency: 'EUR', heldBackBy: [], isSwitched: true, back: catalogue.back.get(theme.id) ?? null, membersWithErrors: [], unknownMembers: theme.members.filter(({ name }) => !known.some(({ talker }) => catalogue.namesOf(name).includes(talker.durableId))).map(({ name }) => name) };
}
