// Who uses what, made anew only when somebody saved something: the catalogue asks about thousands of events.
import type { StoreParts } from '../../store/index.ts';
import { storedSources, type NameSources } from './sources.ts';
import { NameUsers } from './users-of.ts';

/** `stamp`: what else than rules and documents it depends on; each is another object after every change. */
export interface UserBookOptions { readonly store: StoreParts; readonly stamp: () => readonly unknown[] }
/** Another object after every change. */
export interface KnownUsers { readonly users: NameUsers; readonly sources: NameSources }

export class UserBook {
  readonly #options: UserBookOptions;
  #stamp: readonly unknown[] = [];
  #known: Promise<KnownUsers> | null = null;

  constructor(options: UserBookOptions) { this.#options = options; }

  /** As of the newest change. */
  read(): Promise<KnownUsers> {
    const { store, stamp } = this.#options;
    const now = [store.rules.stamp, store.documents.stamp, ...stamp()];
    if (this.#known !== null && now.every((one, i) => one === this.#stamp[i])) return this.#known;
    this.#stamp = now;
    const known = storedSources(store).then((sources) => ({ users: new NameUsers(sources), sources }));
    known.catch(() => { if (this.#known === known) this.#known = null; });
    return this.#known = known;
  }
}
