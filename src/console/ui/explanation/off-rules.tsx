// Rules that turned themselves off on an agent: they act on no record there, and say why.
import { Chip } from '../chip.tsx';
import { Time } from '../time.tsx';

export interface OffRulesProps { readonly rules: readonly { readonly id: string; readonly name: string; /** Unix milliseconds. */ readonly sinceMs: number; readonly reason: string }[]; readonly agent: string }

export function OffRules({ rules, agent }: OffRulesProps) {
  if (rules.length === 0) return null;
  return (
    <ol className="expl" aria-label={`Rules that are off on ${agent}`}>
      {rules.map(({ id, name, sinceMs, reason }) => (
        <li key={id}>
          <div className="expl-head"><span className="mono ell">{name}</span><Chip tone="attn">off</Chip></div>
          <p className="expl-why">off since <Time at={sinceMs} show="full" />: {reason} It does nothing on {agent} until it is deployed again.</p>
        </li>
      ))}
    </ol>
  );
}
