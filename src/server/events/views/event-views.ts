// Events as the API shows them: what all agents saw, joined with rates, changes, users, names and findings.
import { eventKey, fieldName as driftName, fieldState, lint, type MergedEvent, type MergedField } from '../../../catalogue/index.ts';
import { aroundSeen, labelOf } from '../../../cost/index.ts';
import type { Alias, EventDetail, EventRow, EventUser, Drift, FieldRow, LintFinding } from '../../../model/index.ts';
import type { Aliases } from '../../durability/index.ts';
import { withDoubt } from '../settled-drift.ts';
import type { EventService } from '../event-service.ts';

const iso = (unixMs: number): string => new Date(unixMs).toISOString();
const mostDriftShown = 200;
const round = (value: number, digits = 3): number => Number(value.toFixed(digits));

export interface ViewSources { readonly events: Pick<EventService, 'rates' | 'drift' | 'users'>; readonly aliases: Pick<Aliases, 'all' | 'book'>; readonly agentName: (id: string) => string }

export class EventViews {
  readonly #sources: ViewSources;
  readonly #lints = new WeakMap<MergedEvent, { readonly of: string; readonly findings: readonly LintFinding[] }>();

  constructor(sources: ViewSources) { this.#sources = sources; }

  row(event: MergedEvent, nowMs: number): EventRow {
    const { events } = this.#sources;
    const key = eventKey(event);
    const { records, bytes } = events.rates.perSecond(key, nowMs);
    return {
      signal: event.signal, service: event.service, durableId: event.durableId, source: event.source, label: labelOf(event), sourceLine: event.sourceLine, severity: mainSeverity(event),
      perSecond: round(records), bytesPerSecond: round(bytes), records: event.records, bytes: event.bytes, removedRecords: event.removedRecords,
      firstSeenAt: iso(event.firstUnixMs), lastSeenAt: iso(event.lastUnixMs), versions: versionsOf(event), fields: event.fields.size, drifts: events.drift.count(key), users: this.users(event).length, lints: this.lints(event).length,
      renamedTo: this.renamedTo(event), history: events.rates.history(key, nowMs),
    };
  }

  detail(event: MergedEvent, nowMs: number): EventDetail {
    const { events, aliases, agentName } = this.#sources;
    const drift = events.drift.of(eventKey(event), Infinity);
    return {
      ...this.row(event, nowMs), template: event.template ?? null, scope: event.scope ?? null, formerNames: this.formerNames(event),
      byVersion: [...event.versions].map(([version, { records, bytes, firstUnixMs, lastUnixMs }]) => ({ version, records, bytes, firstSeenAt: iso(firstUnixMs), lastSeenAt: iso(lastUnixMs) })).sort((a, b) => (a.firstSeenAt < b.firstSeenAt ? 1 : -1)),
      bySeverity: [...event.severities].map(([severity, { records, bytes }]) => ({ severity, records, bytes })).sort((a, b) => a.severity - b.severity),
      looked: event.looked, fieldRows: [...event.fields.values()].map((field) => fieldRowOf(field, event, drift, event.lookedBytes + aroundSeen(event.fields.values(), event.looked) * event.looked)).sort((a, b) => b.bytes - a.bytes), foldedFields: { ...event.foldedFields },
      drift: withDoubt(drift.slice(0, mostDriftShown), aliases.all), usedBy: [...this.users(event), ...events.users.byService(event.service)], lint: [...this.lints(event)], agents: [...event.agents].map(agentName).sort(),
    };
  }

  users(event: MergedEvent): readonly EventUser[] { return this.#sources.events.users.of(event); }

  /** Worked out again when something of substance was seen since. */
  lints(event: MergedEvent): readonly LintFinding[] {
    const of = `${event.fields.size} ${Math.floor(Math.log2(event.looked + 1))} ${event.unit ?? ''} ${event.versions.size}`;
    const known = this.#lints.get(event);
    if (known?.of === of) return known.findings;
    const findings = lint(event);
    this.#lints.set(event, { of, findings });
    return findings;
  }

  renamedTo({ durableId, service }: MergedEvent): string | null {
    const { events } = this.#sources.aliases.book;
    const current = Object.hasOwn(events, durableId) ? events[durableId]![0] : undefined;
    return current === undefined || current.name === durableId || (current.service !== null && current.service !== service) ? null : current.name;
  }

  /** Active aliases that lead here, over however many steps. */
  formerNames({ durableId, service }: MergedEvent): EventDetail['formerNames'] {
    const found = new Map<string, Alias>();
    const names = new Set([durableId]);
    for (const name of names) {
      for (const alias of this.#sources.aliases.all) {
        if (alias.kind !== 'event' || alias.state !== 'active' || alias.current !== name || (alias.service !== null && alias.service !== service)) continue;
        found.set(alias.id, alias);
        names.add(alias.former);
      }
    }
    return [...found.values()].map(({ id, former, at, by, reason, firstSeen, decided, missed }) => ({ name: former, since: decided?.at ?? at, by, reason, aliasId: id, ...(firstSeen !== undefined && { firstSeen }), ...(decided !== undefined && { decided }), ...(missed !== undefined && { missed }) })).sort((a, b) => (a.since < b.since ? 1 : -1));
  }
}

function mainSeverity({ severities }: MergedEvent): number | null {
  let [main, most]: [number | null, number] = [null, 0];
  for (const [severity, { records }] of severities) if (records > most) [main, most] = [severity, records];
  return main;
}

const versionsOf = ({ versions }: MergedEvent): string[] => [...versions].filter(([version]) => version !== '').sort((a, b) => b[1].firstUnixMs - a[1].firstUnixMs).map(([version]) => version);

/** @param wholeBytes of the looked-at records, with their part of what surrounds them */
function fieldRowOf(field: MergedField, event: MergedEvent, drift: readonly Drift[], wholeBytes: number): FieldRow {
  const typed = field.types.size < 2 ? undefined : drift.find((one) => one.kind === 'type-change' && one.field === driftName(field));
  const [lookedSince, change] = [Math.max(0, event.looked - field.lookedBefore), fieldState(field, event)];
  return {
    // Of many values the sketch knows about how many they are: never more than there were records with one.
    place: field.place, key: field.key, types: Object.fromEntries(field.types), bytes: field.bytes, distinct: Math.min(field.distinct, field.seen), examples: [...field.examples], maxBytes: field.maxBytes,
    presence: round(lookedSince === 0 ? 0 : Math.min(1, field.seen / lookedSince), 4), lookedSince, ...(change !== null && { change }), ...(typed !== undefined && { typed: { since: iso(typed.since ?? typed.at), at: iso(typed.at), was: typed.was, now: typed.now } }),
    firstSeenAt: iso(field.firstUnixMs), lastSeenAt: iso(field.lastUnixMs), share: wholeBytes > 0 ? round(Math.min(1, field.bytes / wholeBytes), 4) : 0,
  };
}
