// The risk of a suggestion, 0 to 10: a word first, the figure and a bar after it.
import { Meter } from '../../../ui/index.ts';

export const riskWord = (risk: number): 'low' | 'medium' | 'high' => (risk <= 3 ? 'low' : risk <= 6 ? 'medium' : 'high');

export function Risk({ risk }: { readonly risk: number }) {
  const word = riskWord(risk);
  return <span className="cost-risk" title={`${risk} of 10`}><Meter share={risk / 10} width={32} tone={word === 'low' ? 'plain' : 'attn'} label={`Risk ${risk} of 10`} /><span className={word === 'high' ? 'amb md' : undefined}>{word} <span className="t3">{risk}</span></span></span>;
}
