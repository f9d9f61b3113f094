// A stage: rules that may run over one and the same bytes. A rule that changes records ends a stage for every later rule
// that could match what it changed; rules whose names or services are disjoint share one. Inside a stage rules are found
// by the record's name hash, and by the service once per resource, so a record meets only rules that can match.
import { encodeUtf8 } from '../../base/index.ts';
import { hashBytes } from '../../otlp/index.ts';
import { HashIndex } from './hash-table.ts';
import { StageSampler } from '../budget/index.ts';
import type { SignalRule } from './live-rule.ts';
import { disjoint } from './rule-keys.ts';

/** The rules of one service (or of all services that no rule names). */
class Dispatch {
  readonly #always: readonly SignalRule[];
  readonly #lists: readonly (readonly SignalRule[])[];
  readonly #index: HashIndex;

  constructor(rules: readonly SignalRule[]) {
    this.#always = rules.filter((rule) => rule.keys.names === null);
    const hashes = [...new Set(rules.flatMap((rule) => rule.nameHashes))];
    this.#lists = hashes.map((hash) => rules.filter((rule) => rule.keys.names === null || rule.nameHashes.includes(hash)));
    this.#index = new HashIndex(hashes);
    this.empty = rules.length === 0;
  }

  readonly empty: boolean;

  find(nameHash: number): readonly SignalRule[] {
    const at = this.#index.find(nameHash);
    return at < 0 ? this.#always : this.#lists[at]!;
  }
}

export class Stage {
  readonly rules: readonly SignalRule[];
  /** True when a later stage must see what this one wrote. */
  readonly changes: boolean;
  /** Which of its records are timed. */
  readonly sampler = new StageSampler();
  readonly #byService = new Map<string, Dispatch>();
  readonly #otherServices: Dispatch;

  constructor(rules: readonly SignalRule[]) {
    this.rules = rules;
    this.changes = rules.some((rule) => rule.changes);
    const services = new Set(rules.flatMap((rule) => rule.keys.services ?? []));
    for (const service of services) this.#byService.set(service, new Dispatch(rules.filter((rule) => rule.keys.services?.includes(service) ?? true)));
    this.#otherServices = new Dispatch(rules.filter((rule) => rule.keys.services === null));
    this.namesServices = services.size > 0;
  }

  readonly namesServices: boolean;

  dispatch(service: string): { find(nameHash: number): readonly SignalRule[]; readonly empty: boolean } { return this.#byService.get(service) ?? this.#otherServices; }
}

/** Rules in their order of execution, packed into as few stages as their order allows. */
export function stagesOf(rules: readonly SignalRule[]): readonly Stage[] {
  const groups: SignalRule[][] = [];
  for (const rule of rules) {
    const last = groups.at(-1);
    if (last === undefined || last.some((earlier) => earlier.changes && (earlier.renames || !disjoint(earlier.keys, rule.keys)))) groups.push([rule]);
    else last.push(rule);
  }
  return groups.map((group) => new Stage(group));
}

export const hashesOf = (names: readonly string[] | null): readonly number[] => (names ?? []).map((name) => hashBytes(encodeUtf8(name)) | 0);
