// What was hidden in the record before the tail saw it, field by field, and by which rule.
import { Link } from '@tanstack/react-router';
import { Icon } from '../../../ui/index.ts';
import { fieldWords, listed } from '../redact/index.ts';
import { hiddenWords, type HiddenField } from './hidden-before.ts';

/** @param candidates redaction rules that run there: one of them hid what nobody is named for */
export function HiddenInRecord({ hidden, candidates }: { readonly hidden: readonly HiddenField[]; readonly candidates: readonly string[] }) {
  if (hidden.length === 0) return null;
  return (
    <ul className="tail-hidden" aria-label="Hidden before the tail saw it">
      {hidden.map((one) => (
        <li key={`${one.field.place} ${one.field.key}`}><Icon name="redact" size="s" />
          {one.rules.length > 0
            ? <span>{hiddenWords(one)} was hidden by {one.rules.map(({ id, name, version }, i) => <span key={id}>{i > 0 && ' or '}<Link className="link" to="/rules/$ruleId" params={{ ruleId: id }}>{name}</Link> version {version}</span>)}, before the tail saw it.</span>
            : <span>{fieldWords(one.field)} was hidden before the tail saw it{candidates.length > 0 ? `, by ${candidates.length === 1 ? '' : 'one of '}${listed(candidates)} or at the sender` : ', at the sender or by a rule that is gone'}; the audit of the last hour names no rule for it.</span>}
        </li>
      ))}
    </ul>
  );
}
