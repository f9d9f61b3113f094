// Prices, reports, suggestions and savings of the mock fleet, by the product's own arithmetic.
import { agreement, costReport, monthlyCost, predictedAt, startingPrices, suggest, toSuggestion, totalSaving, type CostBucket, type SuggestionDraft } from '../../src/cost/index.ts';
import type { CostBy, CostReport, PriceTable, Saving, SavingList, SuggestionList } from '../../src/model/index.ts';
import { printRule } from '../../src/rules/index.ts';
import type { MockBackend } from '../backend.ts';
import { effectOf } from '../rule-effects.ts';
import { latestOf, type StoredRule } from '../rules-store.ts';
import { shopTalkers, rateAt } from '../shop.ts';
import { measuredEvents } from './events.ts';

const historyMinutes = 120;
const leastSeconds = 10;

export class MockCost {
  prices: PriceTable = startingPrices;
  readonly #backend: MockBackend;
  readonly #predictions = new Map<string, SuggestionDraft>();

  constructor(backend: MockBackend) { this.#backend = backend; }

  report(by: CostBy, service: string | null, limit: number): CostReport {
    const events = measuredEvents(this.#backend).filter(event => service === null || event.service === service);
    return costReport(events, this.prices, { by, limit, atUnixMs: this.#backend.clock(), overSeconds: 120, history: this.#history(service), series: 24 });
  }

  suggestions(): SuggestionList {
    const drafts = this.#drafts();
    return { suggestions: drafts.map(draft => toSuggestion(draft, printRule)), currency: this.prices.currency, totalPerMonth: totalSaving(drafts) };
  }

  /** The rule's id, or null when there is no such suggestion. */
  makeRule(id: string): string | null {
    const known = [...this.#predictions].find(([, draft]) => draft.id === id)?.[0];
    if (known !== undefined && this.#backend.store.rules.has(known)) return known;
    const draft = this.#drafts().find(one => one.id === id);
    if (draft === undefined) return null;
    const rule = this.#backend.store.create(toSuggestion(draft, printRule).rule, `Suggested: ${draft.title}`, this.#backend.iso(this.#backend.clock()));
    this.#predictions.set(rule.id, draft);
    this.#backend.note('rule.create', `rule:${rule.id}`);
    return rule.id;
  }

  savings(): SavingList {
    const takes = (rule: StoredRule) => this.#predictions.has(rule.id) || (rule.state === 'deployed' && rule.mode === 'live' && (effectOf(this.#backend, rule).removedPerSecond ?? 0) > 0);
    const savings = [...this.#backend.store.rules.values()].filter(takes).map(rule => this.#saving(rule));
    return { savings, currency: this.prices.currency, totalPerMonth: savings.reduce((sum, { measuredPerMonth }) => sum + (measuredPerMonth ?? 0), 0) };
  }

  #drafts(): readonly SuggestionDraft[] { return suggest(measuredEvents(this.#backend), this.prices); }

  #saving(rule: StoredRule): Saving {
    const draft = this.#predictions.get(rule.id);
    const runs = rule.state === 'deployed' && rule.mode === 'live';
    const seconds = runs && rule.deployedAt !== null ? Math.min(300, (this.#backend.clock() - Date.parse(rule.deployedAt)) / 1000) : 0;
    const { removedPerSecond, bytesRemovedPerSecond } = effectOf(this.#backend, rule);
    const bytes = bytesRemovedPerSecond ?? null;
    const known = seconds >= leastSeconds && removedPerSecond !== null && bytes !== null;
    const measuredPerMonth = known ? monthlyCost({ signal: draft?.signal ?? 'logs', recordsPerSecond: removedPerSecond, bytesPerSecond: bytes }, this.prices).total : null;
    const now = draft === undefined || !known ? null : this.#predictedNow(draft);
    const of = { predictedPerMonth: draft?.savingPerMonth ?? null, predictedBytesPerSecond: draft?.savingBytesPerSecond ?? null, atTrafficPerMonth: now?.perMonth ?? null, atTrafficBytesPerSecond: now?.bytesPerSecond ?? null, measuredPerMonth, measuredBytesPerSecond: known ? bytes : null };
    return { ruleId: rule.id, ruleName: latestOf(rule).document.name, suggestionId: draft?.id ?? null, kind: draft?.kind ?? null, deployedAt: rule.deployedAt, state: rule.state, ...of, measuredRecordsPerSecond: known ? removedPerSecond : null, measuredSeconds: seconds, agreement: agreement(of) };
  }

  /** At the traffic of the moment. */
  #predictedNow({ basis, signal, service, durableId }: SuggestionDraft): ReturnType<typeof predictedAt> {
    const event = measuredEvents(this.#backend).find(one => one.signal === signal && one.service === service && one.id === durableId);
    return event === undefined ? null : predictedAt(basis, event.received, signal, this.prices);
  }

  #history(service: string | null): readonly CostBucket[] {
    const end = Math.floor(this.#backend.clock() / 60_000) * 60_000;
    return Array.from({ length: historyMinutes }, (_, i) => {
      const startUnixMs = end - (historyMinutes - i) * 60_000;
      const perMonth = shopTalkers.filter(talker => service === null || talker.service === service).reduce((sum, talker) => sum + monthlyCost({ signal: talker.signal, recordsPerSecond: rateAt(talker, startUnixMs), bytesPerSecond: rateAt(talker, startUnixMs) * talker.bytesEach, series: 24 }, this.prices).total, 0);
      return { startUnixMs, seconds: 60, perMonth, savedPerMonth: 0 };
    });
  }
}

