// What a move changed, in words: which rule got another number and version, which is not always the one that was moved.
import type { RuleSummary } from '../../../../model/index.ts';
import type { NewOrder } from './rule-order.ts';

export interface MovedWords { readonly title: string; readonly detail: string }
type Moved = Pick<RuleSummary, 'id' | 'name' | 'state' | 'latestVersion'>;

const listed = 3;

/** @param before the rule that `rule` now runs in front of; null: it runs last. `touched` get the new `orders`. */
export function movedWords(rule: Moved, before: Pick<RuleSummary, 'name'> | null, orders: readonly NewOrder[], touched: readonly Moved[]): MovedWords {
  const changes = touched.flatMap(one => orders.filter(({ id }) => id === one.id).map(({ order }) => ({ ...one, order })));
  const [only] = changes;
  const place = before === null ? 'last' : `before ${before.name}`;
  const version = ({ latestVersion, state }: Moved) => `version ${latestVersion + 1}${state === 'deployed' ? ', deployed at once' : ''}`;
  // The neighbour gave way: the sentence is about the rule whose number changed.
  if (changes.length === 1 && only!.id !== rule.id) return { title: `${only!.name} now runs ${only!.name === before?.name ? `after ${rule.name}` : `on the other side of ${rule.name}`}`, detail: `Its order is ${only!.order}, ${version(only!)}. ${rule.name} is as it was.` };
  const said = changes.slice(0, listed).map(one => `${one.name} ${one.order} (${version(one)})`).join(', ');
  const rest = changes.length > listed ? ` and ${changes.length - listed} more` : '';
  return { title: `${rule.name} now runs ${place}`, detail: changes.length === 1 ? `Its order is ${only!.order}, ${version(only!)}.` : `New orders: ${said}${rest}.` };
}
