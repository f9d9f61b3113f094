// Events by two 32-bit hashes: open addressing with linear probing. Each place holds name, service and number + 1 of the event beside each
// other, so that to find one costs one line of the processor's cache, and no allocation.
import type { ObservedEvent } from './observed-event.ts';

const width = 4;

/** What an event goes by. */
export type Key = Pick<ObservedEvent, 'nameHash' | 'serviceHash'>;

export class EventTable {
  #places = new Int32Array(1024 * width);
  #mask = 1023;
  readonly #events: (ObservedEvent | null)[] = [];
  readonly #free: number[] = [];
  size = 0;

  /** The number of an event, -1 when there is none. */
  find(name: number, service: number): number {
    const places = this.#places;
    const mask = this.#mask;
    for (let place = home(name, service) & mask; ; place = (place + 1) & mask) {
      const at = place * width;
      const number = places[at + 2]!;
      if (number === 0) return -1;
      if (places[at] === name && places[at + 1] === service) return number - 1;
    }
  }

  event(number: number): ObservedEvent { return this.#events[number]!; }

  /** Puts in an event that is not there yet; the answer is its number. */
  add(event: ObservedEvent): number {
    if ((this.size + 1) * 2 > this.#mask) this.#grow();
    this.size++;
    const number = this.#free.pop() ?? this.#events.length;
    this.#events[number] = event;
    this.#put(event.nameHash, event.serviceHash, number);
    return number;
  }

  /** The event goes by this name, too: one that is not there yet. */
  alias(event: ObservedEvent, key: Key): void {
    if ((this.size + 1) * 2 > this.#mask) this.#grow();
    this.size++;
    this.#put(key.nameHash, key.serviceHash, event.number);
  }

  /** Takes it out with all that it goes by. */
  remove(event: ObservedEvent): void {
    this.vacate(event);
    for (const key of event.aliases) this.vacate(key);
    this.#events[event.number] = null;
    this.#free.push(event.number);
  }

  /** One name less. */
  vacate(key: Key): void {
    const mask = this.#mask;
    let hole = this.#placeOf(key);
    this.size--;
    // Those behind move up where the hole lies between their own place and them, so that none is cut off.
    for (let place = (hole + 1) & mask; this.#places[place * width + 2] !== 0; place = (place + 1) & mask) {
      const at = place * width;
      const own = home(this.#places[at]!, this.#places[at + 1]!) & mask;
      if (((place - own) & mask) < ((place - hole) & mask)) continue;
      this.#places.copyWithin(hole * width, at, at + width);
      hole = place;
    }
    this.#places.fill(0, hole * width, hole * width + width);
  }

  #placeOf({ nameHash, serviceHash }: Key): number {
    let place = home(nameHash, serviceHash) & this.#mask;
    while (this.#places[place * width] !== nameHash || this.#places[place * width + 1] !== serviceHash || this.#places[place * width + 2] === 0) place = (place + 1) & this.#mask;
    return place;
  }

  #put(name: number, service: number, number: number): void {
    let place = home(name, service) & this.#mask;
    while (this.#places[place * width + 2] !== 0) place = (place + 1) & this.#mask;
    const at = place * width;
    this.#places[at] = name;
    this.#places[at + 1] = service;
    this.#places[at + 2] = number + 1;
  }

  #grow(): void {
    const old = this.#places;
    this.#places = new Int32Array(old.length * 2);
    this.#mask = old.length * 2 / width - 1;
    for (let at = 0; at < old.length; at += width) if (old[at + 2] !== 0) this.#put(old[at]!, old[at + 1]!, old[at + 2]! - 1);
  }
}

function home(name: number, service: number): number {
  const mix = Math.imul(name ^ Math.imul(service, 0x01000193), 0x9e3779b1);
  return (mix ^ (mix >>> 15)) >>> 0;
}
