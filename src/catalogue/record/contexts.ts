// What records share beside their id and severity: service, signal and version, as small numbers. Bounded: the book starts again when it is full.
import type { Signal } from '../../model/index.ts';

const most = 1024;

/** `service` is the hash that the event table goes by: of the service's name and the signal. */
export interface Context { readonly service: number; readonly signal: Signal; readonly version: number }

export class Contexts {
  readonly #numbers = new Map<number, Map<number, number>>();
  readonly #all: Context[] = [];

  at(number: number): Context { return this.#all[number]!; }

  /** The number of a context; -1 when there is no room: then `clear`, once nobody holds a number. */
  number(service: number, signal: Signal, version: number): number {
    const versions = this.#numbers.get(service) ?? this.#meet(service);
    const known = versions.get(version);
    if (known !== undefined) return known;
    if (this.#all.length === most) return -1;
    const number = this.#all.push({ service, signal, version }) - 1;
    versions.set(version, number);
    return number;
  }

  clear(): void {
    this.#numbers.clear();
    this.#all.length = 0;
  }

  #meet(service: number): Map<number, number> {
    const versions = new Map<number, number>();
    this.#numbers.set(service, versions);
    return versions;
  }
}
