// A stage: rules that may run over one and the same bytes. A rule that changes records ends a stage for every later rule
// that could match what it changed; rules whose names or services are disjoint share one, and all redact rules do, for they
// decide on the record as it came. Inside a stage rules are found
// by the service once per resource, and then by what the record holds (dispatch/), so a record meets only rules that can match.
import { encodeUtf8 } from '../../base/index.ts';
import { hashBytes } from '../../otlp/index.ts';
import { StageSampler } from '../budget/index.ts';
import { disjoint, Dispatch } from './dispatch/index.ts';
import type { SignalRule } from './live-rule.ts';

export class Stage {
  readonly rules: readonly SignalRule[];
  /** Which of its records are timed. */
  readonly sampler = new StageSampler();
  readonly namesServices: boolean;
  /** By service that some rule names; made when its first record comes. */
  readonly #byService = new Map<string, Dispatch<SignalRule> | null>();
  readonly #otherServices: Dispatch<SignalRule>;

  constructor(rules: readonly SignalRule[]) {
    this.rules = rules;
    for (const { keys } of rules) for (const service of keys.services ?? []) this.#byService.set(service, null);
    this.namesServices = this.#byService.size > 0;
    this.#otherServices = new Dispatch(rules.filter((rule) => rule.keys.services === null));
  }

  dispatch(service: string): Dispatch<SignalRule> {
    const known = this.#byService.get(service);
    if (known !== null) return known ?? this.#otherServices;
    const made = new Dispatch(this.rules.filter((rule) => rule.keys.services?.includes(service) ?? true));
    this.#byService.set(service, made);
    return made;
  }
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

/** All redact rules are one stage: what one of them masks, another may look for, so all decide on the record as it came. */
export const redactionStages = (rules: readonly SignalRule[]): readonly Stage[] => (rules.length === 0 ? [] : [new Stage(rules)]);

export const hashesOf = (names: readonly string[] | null): readonly number[] | null => names?.map((name) => hashBytes(encodeUtf8(name)) | 0) ?? null;
