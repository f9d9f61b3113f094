// Who uses what, made anew only when somebody saved something: the catalogue asks about thousands of events.
import type { StoreParts } from '../../store/index.ts';
import { storedSources } from './sources.ts';
import { NameUsers } from './users-of.ts';

/** `stamp`: things of which each is another object, or another number, after every change. */
export interface UserBookOptions { readonly store: StoreParts; readonly stamp: () => readonly unknown[] }

export class UserBook {
  readonly #options: UserBookOptions;
  #stamp: readonly unknown[] = [];
  #users: Promise<NameUsers> | null = null;

  constructor(options: UserBookOptions) { this.#options = options; }

  /** As of the newest change. */
  read(): Promise<NameUsers> {
    const { store, stamp } = this.#options;
    const now = [store.rules.stamp, ...stamp()];
    if (this.#users !== null && now.every((one, i) => one === this.#stamp[i])) return this.#users;
    this.#stamp = now;
    const users = storedSources(store).then((sources) => new NameUsers(sources));
    users.catch(() => { if (this.#users === users) this.#users = null; });
    return this.#users = users;
  }
}
