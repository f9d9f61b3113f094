// The order in which rules run, and what changes when one is moved: as few rules as possible get a new number.
import type { RuleSummary } from '../../../../model/index.ts';

type Ordered = Pick<RuleSummary, 'id' | 'name' | 'order' | 'sink'>;
export interface NewOrder { readonly id: string; readonly order: number }

const maxOrder = 10_000;
/** Room left between two rules, so that the next one moved between them changes nobody else. */
const step = 10;

/** Redaction runs before all others, whatever its number. */
export const isRedaction = (rule: Pick<RuleSummary, 'sink'>): boolean => rule.sink === 'redact';

/** As agents run them: redaction first, then by order; equal orders by name here (agents take the id). */
export const inOrder = <R extends Ordered>(rules: readonly R[]): readonly R[] =>
  rules.toSorted((a, b) => Number(isRedaction(b)) - Number(isRedaction(a)) || a.order - b.order || a.name.localeCompare(b.name));

/** Why a rule cannot stand at a place, in a sentence; null when it can. */
export function whyNotThere(rules: readonly Ordered[], id: string, before: string | null): string | null {
  const moved = rules.find((rule) => rule.id === id);
  const next = rules.find((rule) => rule.id === before);
  if (moved === undefined || moved.id === before) return null;
  if (next !== undefined && isRedaction(next) && !isRedaction(moved)) return 'Redaction always runs first: nothing can be moved in front of it.';
  return isRedaction(moved) && next === undefined && rules.some((rule) => !isRedaction(rule)) ? 'Redaction always runs first.' : null;
}

/** New numbers when `id` is put in front of `before` (null: at the end) of `rules` as they run now; empty when nothing changes. */
export function moved(rules: readonly Ordered[], id: string, before: string | null): readonly NewOrder[] {
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined || whyNotThere(rules, id, before) !== null) return [];
  const others = rules.filter((one) => one.id !== id && isRedaction(one) === isRedaction(rule));
  const at = before === null ? others.length : others.findIndex((one) => one.id === before);
  const place = at < 0 ? others.length : at;
  const wanted = [...others.slice(0, place), rule, ...others.slice(place)];
  if (wanted.every((one, i) => one.id === rules.filter((each) => isRedaction(each) === isRedaction(rule))[i]?.id) && strictlyOrdered(wanted)) return [];
  return renumbered(wanted, place);
}

const strictlyOrdered = (rules: readonly Ordered[]): boolean => rules.every((rule, i) => i === 0 || rules[i - 1]!.order < rule.order);

/** The one at `place` takes a number between its neighbours; where there is none, those after it move on as far as needed. */
function renumbered(rules: readonly Ordered[], place: number): readonly NewOrder[] {
  const orders = rules.map(({ order }) => order);
  const low = place === 0 ? -1 : orders[place - 1]!;
  const high = place === rules.length - 1 ? Math.min(maxOrder, low + 2 * step) : orders[place + 1]!;
  orders[place] = high - low >= 2 ? Math.floor((low + high) / 2) : low + 1;
  for (let i = place + 1; i < orders.length && orders[i]! <= orders[i - 1]!; i++) orders[i] = orders[i - 1]! + 1;
  if (orders.at(-1)! > maxOrder) return evenly(rules);
  return rules.flatMap(({ id, order }, i) => (orders[i] === order ? [] : [{ id, order: orders[i]! }]));
}

const evenly = (rules: readonly Ordered[]): readonly NewOrder[] => rules.map(({ id }, i) => ({ id, order: Math.floor(((i + 1) * maxOrder) / (rules.length + 1)) }));
