// A block that says more than a form can: its body as KQL, comments and all.
import { useState } from 'react';
import { isWhole } from '../../../../../kql/index.ts';
import { TextArea } from '../../../../ui/index.ts';

export function TextForm({ body, onCommit }: { readonly body: string; readonly onCommit: (body: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const said = typed ?? body;
  const whole = isWhole(said);
  const commit = (): void => { if (typed !== null && typed !== body && whole) { onCommit(typed); setTyped(null); } };
  return (
    <TextArea label="This step as KQL" mono rows={Math.min(10, Math.max(3, said.split('\n').length + 1))} spellCheck={false} value={said} hint="It says more than the fields here can show. Ctrl Enter, or leaving the field, puts it into the rule." error={whole ? null : 'A bracket or a quotation mark is open, or nothing is here. Close it; until then the rule stays as it is.'}
      onChange={(event) => setTyped(event.target.value)} onBlur={commit} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); commit(); } }} />
  );
}
