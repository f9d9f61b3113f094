// Firings until somebody takes them. Those that start actions wait in a queue of bounded length; those that start nothing are one per rule, so
// that a storm of one net cannot take the place of another's memory dump.
import { refuse, type NetFiring } from './types.ts';

const mostFirings = 500;
const noRoom = `${mostFirings} firings wait already`;

export class FiringQueue {
  #starting: NetFiring[] = [];
  /** By rule: the last one. */
  readonly #idle = new Map<string, NetFiring>();

  /** True when it is the first that waits. */
  add(firing: NetFiring): boolean {
    const isFirst = this.#starting.length === 0 && this.#idle.size === 0;
    if (firing.actions.length === 0) this.#addIdle(firing);
    else if (this.#starting.length < mostFirings) this.#starting.push(firing);
    else this.#addIdle({ ...firing, actions: [], notRun: [...firing.notRun, ...firing.actions.map((action) => refuse(action, noRoom))] });
    return isFirst;
  }

  #addIdle(firing: NetFiring): void {
    const before = this.#idle.get(firing.rule.id);
    this.#idle.set(firing.rule.id, before === undefined ? firing : { ...firing, alike: (before.alike ?? 0) + 1 });
  }

  take(): readonly NetFiring[] {
    const taken = [...this.#starting, ...this.#idle.values()];
    this.#starting = [];
    this.#idle.clear();
    return taken;
  }
}
