// Who relies on which event, as the catalogue needs it: who names it (durability/ knows), who only names its service, and whether anybody of them
// looks at its records or only takes them away.
import { noNames, resolveNames, type Plan } from '../../../kql/index.ts';
import type { EventUser } from '../../../model/index.ts';
import type { EventKey, KnownUsers, NameSources, UserBook } from '../../durability/index.ts';
import { planScope } from '../../rules/index.ts';

/** Rules with these sinks need no record; they make less of them. */
const takes: ReadonlySet<string> = new Set(['drop', 'sample', 'dedup', 'redact', 'update']);
const nameColumns = ['DurableId', 'EventName', 'Name', 'MetricName'];

export class EventUsers {
  readonly #book: UserBook;
  #known: KnownUsers | null = null;
  #byService: ReadonlyMap<string, readonly EventUser[]> = new Map();
  #taking: ReadonlySet<string> = new Set();

  constructor(book: UserBook) { this.#book = book; }

  /** Brings it up to date; ask before a row of questions. */
  async refresh(): Promise<void> {
    const known = await this.#book.read();
    if (known === this.#known) return;
    const { sources } = this.#known = known;
    this.#byService = serviceUsers(sources);
    this.#taking = new Set(sources.rules.flatMap(({ id, compiled }) => (compiled?.kind === 'query' && takes.has(compiled.plan.sink?.sink ?? '') ? [id] : [])));
  }

  /** Those that name the event; first those that a rename would break. */
  of(event: EventKey): readonly EventUser[] { return this.#known?.users.of(event) ?? []; }
  /** Those that read whatever a service sends, and do not name this event. */
  byService(service: string): readonly EventUser[] { return this.#byService.get(service) ?? []; }

  /** Somebody needs its records. Rules and themes that only take them away do not. */
  isRead(event: EventKey): boolean { return this.of(event).some(({ kind, id }) => kind !== 'theme' && (kind !== 'rule' || !this.#taking.has(id))); }
}

function serviceUsers({ rules, views }: NameSources): Map<string, EventUser[]> {
  const found = new Map<string, EventUser[]>();
  const note = (plan: Plan | null, user: Pick<EventUser, 'kind' | 'id' | 'name'>): void => {
    const scope = plan === null ? null : planScope(resolveNames(plan, noNames));
    if (scope === null || nameColumns.some((column) => scope.has(column))) return;
    for (const service of scope.get('ServiceName') ?? []) (found.get(service) ?? found.set(service, []).get(service)!).push({ ...user, by: `ServiceName == "${service}", whatever the event`, fields: [], follows: true });
  };
  for (const { id, name, compiled } of rules) if (compiled?.kind === 'query') note(compiled.plan, { kind: 'rule', id, name });
  for (const { view: { id, name }, plan } of views) note(plan, { kind: 'view', id, name });
  return found;
}
