// One click from a suggestion to its rule: the server makes the draft and notes the prediction, the editor opens on it, and the dry run starts there.
import { useNavigate } from '@tanstack/react-router';
import type { Saving, Suggestion } from '../../../../model/index.ts';
import { useMakeSuggestedRule } from '../../../api/index.ts';
import { Button } from '../../../ui/index.ts';
import { tellFailure } from '../words/tell-failure.ts';

export interface MakeRuleButtonProps { readonly suggestion: Suggestion; readonly savings: readonly Saving[]; readonly primary?: boolean }

export function MakeRuleButton({ suggestion, savings, primary = false }: MakeRuleButtonProps) {
  const navigate = useNavigate();
  const make = useMakeSuggestedRule();
  const made = savings.find(({ suggestionId }) => suggestionId === suggestion.id);
  const open = (ruleId: string) => void navigate({ to: '/rules/$ruleId', params: { ruleId } });
  if (made !== undefined) return <Button size="s" onClick={() => open(made.ruleId)} aria-label={`Open its rule ${made.ruleName}`}>Open its rule</Button>;
  const button = (
    <Button size={primary ? 'm' : 's'} variant={primary ? 'primary' : 'plain'} icon="rules" aria-label={primary ? undefined : `Make the rule: ${suggestion.title}`} title="As a draft, with a dry run: nothing is deployed"
      disabledReason={make.isPending ? 'The server compiles its draft, which takes a few seconds the first time. Its editor opens then.' : null} onClick={() => make.mutate(suggestion.id, { onSuccess: ({ ruleId }) => open(ruleId), onError: tellFailure })}>
      {make.isPending ? 'Making it' : 'Make the rule'}
    </Button>
  );
  return primary ? <>{button}{make.isPending && <span className="t3 meta" role="status">The server compiles its draft, which takes a few seconds the first time. Its editor opens then.</span>}</> : button;
}
