// What the server can be asked to do with rules. Its answer is the newest truth; views show it without waiting for the next poll.
import { useQueryClient } from '@tanstack/react-query';
import { keys, readRule, useBulkRules, useCreateRule, useDeleteRule, useDeployRule, useDisableRule, useReorderRules, useSaveRule } from '../../../api/index.ts';
import type { RuleDetail } from '../../../../model/index.ts';

export type RuleWrites = ReturnType<typeof useRuleWrites>;

/** Each rejects with what the server said. */
export function useRuleWrites() {
  const client = useQueryClient();
  const create = useCreateRule().mutateAsync, update = useSaveRule().mutateAsync, start = useDeployRule().mutateAsync, stop = useDisableRule().mutateAsync;
  const keep = (rule: RuleDetail): RuleDetail => { client.setQueryData(keys.rule(rule.id), rule); return rule; };
  return {
    read: (id: string) => client.fetchQuery({ queryKey: keys.rule(id), queryFn: () => readRule(id) }),
    create: async (draft: Parameters<typeof create>[0]) => keep(await create(draft)),
    update: async (draft: Parameters<typeof update>[0]) => keep(await update(draft)),
    start: async (wish: Parameters<typeof start>[0]) => keep(await start(wish)),
    stop: async (wish: Parameters<typeof stop>[0]) => keep(await stop(wish)),
    erase: useDeleteRule().mutateAsync,
    many: useBulkRules().mutateAsync,
    move: useReorderRules().mutateAsync,
  };
}
