// Public face of commands/: save, deploy, disable, delete and move, one rule or many, with the message that follows each and its
// undo. Failures become messages that stay.
import type { RuleDetail, RuleMode, RuleSummary } from '../../../../model/index.ts';
import type { MovedWords } from '../list/move-words.ts';
import type { NewOrder } from '../list/rule-order.ts';
import { useAttempt, type Busy } from './attempt.ts';
import { bulk, reorder, type BulkAction } from './many-rules.ts';
import { deploy, disable, enableAgain, remove, save, type Means, type RuleRef, type SavedGround } from './one-rule.ts';
import { useRuleWrites } from './writes.ts';

export type { BulkAction } from './many-rules.ts';

export interface RuleCommands {
  /** What is under way, in a word; null when nothing is. */
  readonly busy: Busy | null;
  /** All resolve to null (false) after telling the person what went wrong. `ground` null creates a rule; a version that somebody
   *  saved since the one of `ground` is not written over unseen. */
  save(ground: SavedGround | null, name: string, text: string): Promise<RuleDetail | null>;
  deploy(rule: RuleRef, version: number, mode: RuleMode): Promise<RuleDetail | null>;
  disable(rule: RuleRef): Promise<RuleDetail | null>;
  /** A rule that ended runs again as it did, for another while: a duration as documents have it; null for the one in its text. */
  enableAgain(rule: RuleRef & Pick<RuleSummary, 'ended'>, expires: string | null): Promise<RuleDetail | null>;
  remove(rule: RuleRef): Promise<boolean>;
  /** Each rule by itself: what failed is named, and the others are done. */
  bulk(action: BulkAction, rules: readonly RuleRef[], mode?: RuleMode): Promise<boolean>;
  /** `before` is the order of the same rules now, to go back to; `words` say what the move changed. */
  reorder(name: string, orders: readonly NewOrder[], before: readonly NewOrder[], words: MovedWords): Promise<boolean>;
}

export function useRuleCommands(): RuleCommands {
  const { busy, attempt } = useAttempt();
  const means: Means = { attempt, writes: useRuleWrites() };
  return {
    busy,
    save: (...wish) => save(means, ...wish),
    deploy: (...wish) => deploy(means, ...wish),
    disable: (...wish) => disable(means, ...wish),
    enableAgain: (...wish) => enableAgain(means, ...wish),
    remove: (...wish) => remove(means, ...wish),
    bulk: (...wish) => bulk(means, ...wish),
    reorder: (...wish) => reorder(means, ...wish),
  };
}
