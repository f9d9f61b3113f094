// What happened to rules by itself, for consoles to tell a person once: kept in memory for some minutes.
import type { RuleNotice } from '../../model/index.ts';

const keptMs = 10 * 60_000;
const maxNotices = 100;

export class Notices {
  readonly #newId: () => string;
  readonly #nowMs: () => number;
  #notices: readonly RuleNotice[] = [];

  constructor(options: { readonly newId: () => string; readonly nowMs: () => number }) {
    this.#newId = options.newId;
    this.#nowMs = options.nowMs;
  }

  add(notice: Omit<RuleNotice, 'id' | 'at'>): void {
    this.#notices = [...this.recent(), { id: this.#newId(), at: new Date(this.#nowMs()).toISOString(), ...notice }].slice(-maxNotices);
  }

  /** Oldest first. */
  recent(): readonly RuleNotice[] {
    const since = this.#nowMs() - keptMs;
    return this.#notices = this.#notices.filter(({ at }) => Date.parse(at) >= since);
  }
}
