// Names that the server keeps, as they may be told by the policies that are deployed now. Agents told some of them before a policy knew what they hold.
import { Names, type NamedBy } from '../../engine/index.ts';
import type { AgentConfig, Signal } from '../../model/index.ts';
import { signals as allSignals } from '../../model/index.ts';
import { compilePolicy, KeyRing } from '../../redaction/index.ts';

/** Of an event, where its name may have been read; of anything else, a key. */
export type NamedThing = 'event' | 'key';
const eventNames: readonly (readonly [NamedBy, Signal])[] = [['eventName', 'logs'], ['file', 'logs'], ['spanName', 'spans'], ['metricName', 'metrics'], ['key', 'logs']];
const keys: typeof eventNames = [['key', 'logs']];
/** As agents cut names. */
const cutMark = '…';

export class ToldNames {
  readonly #names = new Names();
  #policies = '';

  /** Whether other policies are deployed than before, those in shadow among them: then names have to be told again. */
  watch({ rules }: Pick<AgentConfig, 'rules'>): boolean {
    const policies = rules.flatMap(({ policy }) => policy ?? []);
    const text = JSON.stringify(policies);
    if (text === this.#policies) return false;
    this.#policies = text;
    this.#names.watch(policies.flatMap((policy) => {
      const compiled = compilePolicy(policy, { keys: new KeyRing() });
      return compiled.ok ? [{ policy: compiled.value, hasPatterns: (policy.patterns ?? []).length > 0, signals: policy.signals ?? allSignals }] : [];
    }));
    return policies.length > 0;
  }

  /** The same text when nothing hides it. `service`: null for whichever. */
  tell(name: string, service: string | null, as: NamedThing): string {
    for (const [by, signal] of as === 'event' ? eventNames : keys) {
      const told = this.#names.clean(name, service ?? '', by, signal);
      const isCut = told.endsWith(cutMark) && name.startsWith(told.slice(0, -cutMark.length));
      if (told !== name && !isCut) return told;
    }
    return name;
  }
}
