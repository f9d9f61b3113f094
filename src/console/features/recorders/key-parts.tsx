// The key of a recorder: up to four KQL expressions over the record, with completion; one ring for each combination of their values.
import { KqlInput } from '../../editor/index.ts';
import { Button, IconButton } from '../../ui/index.ts';
import { maxKeyParts } from './definition.ts';

export interface KeyPartsProps { readonly parts: readonly string[]; readonly onChange: (parts: readonly string[]) => void; readonly error: string | null }

export function KeyParts({ parts, onChange, error }: KeyPartsProps) {
  const change = (at: number, text: string) => onChange(parts.map((part, i) => (i === at ? text : part)));
  return (
    <fieldset className="recorder-keys">
      <legend>Key</legend>
      {parts.length === 0 && <p className="t2">One ring for everything. With a key, each session, trace or connection has a small ring of its own.</p>}
      {parts.map((part, i) => (
        <div key={i} className="row">
          <KqlInput className="grow" mode="guard" label={`Key expression ${i + 1}, in KQL`} value={part} onChange={text => change(i, text)} onApply={text => change(i, text)} placeholder='Attributes["session.id"]' />
          <IconButton icon="x" size="s" variant="ghost" label={`Remove key expression ${i + 1}`} onClick={() => onChange(parts.filter((_, at) => at !== i))} />
        </div>
      ))}
      {error !== null && <p className="red meta" role="alert">{error}</p>}
      <div><Button size="s" icon="plus" onClick={() => onChange([...parts, ''])} disabledReason={parts.length >= maxKeyParts ? `A key has at most ${maxKeyParts} expressions.` : null}>Add an expression</Button></div>
    </fieldset>
  );
}
