// Events by what is told of them: two ids may be told alike (templates that merged, names that were cut or masked), and are then one event.
import type { EventIdentity, ObservedEvent } from './observed-event.ts';

export class ToldNames {
  readonly #events = new Map<string, ObservedEvent>();

  find(identity: EventIdentity): ObservedEvent | null { return this.#events.get(nameOf(identity)) ?? null; }
  add(event: ObservedEvent): void { this.#events.set(nameOf(event.identity), event); }

  remove(event: ObservedEvent): void {
    const name = nameOf(event.identity);
    if (this.#events.get(name) === event) this.#events.delete(name);
  }
}

const nameOf = ({ signal, service, durableId }: EventIdentity): string => `${signal}\n${service}\n${durableId}`;
