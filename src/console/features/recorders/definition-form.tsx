// A recorder's definition as a form: size, keys, age, disk. Saving sends all of it; agents take it up with their next configuration.
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { explainFailure, useDeleteRecorder, useRecorders, useSaveRecorder } from '../../api/index.ts';
import type { FleetRecorder } from '../../../model/index.ts';
import { Button, ConfirmDialog, Icon, Input, plural, Switch, TextArea, toast } from '../../ui/index.ts';
import { beyondBudget } from './beyond-budget.ts';
import { definitionOf, newDefinition, textOf, type DefinitionText } from './definition.ts';
import { fillingRule } from './filling-rule.ts';
import { KeyParts } from './key-parts.tsx';

export interface DefinitionFormProps { /** Null: a new one. */ readonly recorder: FleetRecorder | null; readonly taken?: readonly string[]; readonly onDone: (name: string) => void }

export function DefinitionForm({ recorder, taken = [], onDone }: DefinitionFormProps) {
  const start = recorder === null ? { ...newDefinition(), name: '' } : textOf(recorder.definition);
  const [text, setText] = useState<DefinitionText>(start);
  const [tried, setTried] = useState(false);
  const save = useSaveRecorder();
  const budgets = useRecorders().data?.budgets ?? [];
  const navigate = useNavigate();
  const { definition, problems } = definitionOf(text);
  const nameTaken = recorder === null && taken.includes(text.name.trim()) ? `${text.name.trim()} is defined already: open it in the list.` : null;
  const change = (patch: Partial<DefinitionText>) => setText({ ...text, ...patch });
  const why = (field: keyof DefinitionText) => (tried ? problems[field] ?? null : null);
  const filled = recorder !== null && recorder.rules.length > 0;
  const tooLarge = beyondBudget(text.maxMiB, budgets);
  const submit = () => {
    setTried(true);
    if (definition === null || nameTaken !== null) return;
    save.mutate(definition, { onSuccess: () => { toast({ title: `${definition.name} is ${recorder === null ? 'defined' : 'saved'}`, detail: filled ? 'Agents take it up with their next configuration.' : 'No rule fills it yet: it stays empty until one does.', ...(!filled && { action: { label: 'Write the rule', run: () => void navigate({ to: '/rules/new', search: fillingRule(definition.name) }) } }) }); if (recorder === null) onDone(definition.name); } });
  };
  const failure = save.error === null ? null : explainFailure(save.error);
  return (
    <form className="recorder-form" aria-label="Definition" onSubmit={event => { event.preventDefault(); submit(); }}>
      {recorder === null && <Input autoFocus mono label="Name" value={text.name} onChange={event => change({ name: event.target.value })} error={nameTaken ?? why('name')} hint={<>Rules fill it with <span className="mono">record("{text.name.trim() === '' ? 'name' : text.name.trim()}")</span></>} />}
      {recorder?.isDefault === true && <p className="t2">Nobody defined it: a rule names it, and it has the usual size. Saving defines it.</p>}
      <TextArea label="Description" rows={2} value={text.description} onChange={event => change({ description: event.target.value })} error={why('description')} />
      <div className="two">
        <Input label="Size on each agent, MiB" inputMode="decimal" value={text.maxMiB} onChange={event => change({ maxMiB: event.target.value })} error={why('maxMiB')} />
        <Input label="No older than, minutes" inputMode="decimal" placeholder="as the size allows" value={text.maxAgeMinutes} onChange={event => change({ maxAgeMinutes: event.target.value })} error={why('maxAgeMinutes')} />
      </div>
      {tooLarge !== null && <p className="recorder-problem amb" role="status"><Icon name="warn" size="s" className="amb" /><span>{tooLarge}</span></p>}
      <KeyParts parts={text.key} onChange={key => change({ key })} error={why('key')} />
      {text.key.length > 0 && <Input label="At most so many keys" inputMode="numeric" value={text.maxKeys} onChange={event => change({ maxKeys: event.target.value })} error={why('maxKeys')} hint="Beyond that, the key that was quiet longest goes first." />}
      <div className="row"><Switch label="Keep it on disk" checked={text.disk} onChange={disk => change({ disk })} /><span>Keep it on disk <span className="t3">so that it outlives a killed agent, up to the last second</span></span></div>
      {failure !== null && <p className="red prose" role="alert"><b className="md">{failure.title}</b> {failure.help}</p>}
      <div className="row">
        <Button type="submit" variant="primary" disabledReason={save.isPending ? 'It is being saved.' : null}>{recorder === null ? 'Define' : 'Save'}</Button>
        {recorder !== null && !recorder.isDefault && <DeleteButton recorder={recorder} onDone={onDone} />}
      </div>
    </form>
  );
}

function DeleteButton({ recorder: { definition, rules, agents }, onDone }: { readonly recorder: FleetRecorder; readonly onDone: (name: string) => void }) {
  const [asked, setAsked] = useState(false);
  const remove = useDeleteRecorder();
  const run = () => remove.mutate(definition.name, {
    onSuccess: () => { toast({ title: `The definition of ${definition.name} is deleted` }); onDone(definition.name); },
    onError: error => { const { title, help } = explainFailure(error); toast({ kind: 'error', title, detail: help }); },
  });
  return (
    <>
      <Button variant="danger-outline" icon="trash" className="end" onClick={() => setAsked(true)}>Delete</Button>
      <ConfirmDialog open={asked} onOpenChange={setAsked} title={`Delete the definition of ${definition.name}?`} confirmLabel="Delete" onConfirm={run}>
        <p>{rules.length > 0
          ? <>{plural(rules.length, 'rule')} ({rules.map(({ name }) => name).join(', ')}) still {rules.length === 1 ? 'names' : 'name'} it: it goes on with the usual size, without keys and not on disk.</>
          : <>No rule fills it. What {plural(agents.length, 'agent')} {agents.length === 1 ? 'holds' : 'hold'} of it goes with it.</>} What was collected stays in Dumps.</p>
      </ConfirmDialog>
    </>
  );
}
