// Breakpoints, set by the hook within the process: V8 knows one for each place, so what several probes want there is one condition, which tells each of them and is
// false in the end. V8 takes a condition that throws for false, too.
import { Turns } from '../../../actions/inspector/index.ts';
import { aliveText, setText, unsetText } from '../in-target/index.ts';
import type { Place } from '../scripts/index.ts';

/** JavaScript in a context of the process that has the hook. */
type Evaluate = <T>(expression: string, contextId: number | null) => Promise<T>;

interface Site { readonly place: Place; id: string | null; readonly conditions: Map<string, string> }

export class Sites {
  readonly #evaluate: Evaluate;
  readonly #hookName: string;
  readonly #sites = new Map<string, Site>();
  readonly #turns = new Turns();

  constructor(evaluate: Evaluate, hookName: string) {
    this.#evaluate = evaluate;
    this.#hookName = hookName;
  }

  put(place: Place, key: string, condition: string): Promise<void> {
    return this.#change(place, (site) => { site.conditions.set(key, condition); });
  }

  /** Takes effect as soon as the process comes to it, also in a loop that never rests. */
  take(place: Place, key: string): Promise<void> {
    return this.#change(place, (site) => { site.conditions.delete(key); });
  }

  /** V8 may forget those of a script whose text was changed. */
  async again(scriptId: string): Promise<void> {
    await Promise.all([...this.#sites.values()].filter(({ place }) => place.script.id === scriptId).map(({ place }) => this.#change(place, () => undefined)));
  }

  #change(place: Place, change: (site: Site) => void): Promise<void> {
    const name = `${place.script.id}:${place.line}:${place.column}`;
    return this.#turns.take(name, async () => {
      const site = this.#sites.get(name) ?? { place, id: null, conditions: new Map<string, string>() };
      this.#sites.set(name, site);
      change(site);
      const { contextId } = place.script;
      if (site.id !== null) await this.#evaluate(unsetText(this.#hookName, site.id), contextId);
      site.id = null;
      if (site.conditions.size === 0) { this.#sites.delete(name); return; }
      site.id = await this.#evaluate<string>(setText(this.#hookName, {
        location: { scriptId: place.script.id, lineNumber: place.line, columnNumber: place.column }, condition: `${[...site.conditions.values()].map((each) => `(${each})`).join()},${aliveText(this.#hookName)},false` }), contextId);
    });
  }
}
