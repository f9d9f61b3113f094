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

/** More rules than this ending in one moment are one message. */
const toldOneByOne = 3;

/** Rules whose time was over. */
export function tellExpired(notices: Notices, ended: readonly { readonly id: string; readonly name: string }[]): void {
  const tell = ({ id, name }: { readonly id: string; readonly name: string }, message: string, more = {}): void => { notices.add({ kind: 'expired', ruleId: id, ruleName: name, agent: null, message, ...more }); };
  const [first] = ended;
  if (first === undefined) return;
  if (ended.length <= toldOneByOne) { for (const rule of ended) tell(rule, 'Its time was over, so it was disabled on the whole fleet.'); return; }
  const named = ended.slice(0, toldOneByOne).map(({ name }) => name).join(', ');
  tell(first, `The time of ${ended.length.toLocaleString('en')} rules was over, so they were disabled on the whole fleet: ${named} and ${(ended.length - toldOneByOne).toLocaleString('en')} more.`, { rules: ended.length });
}
