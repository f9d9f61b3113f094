// One test, opened: its name, what is given and what must come out, to be changed or taken away.
import { useState } from 'react';
import type { RuleKind } from '../../../../model/index.ts';
import type { RuleEdit } from '../../../../rules/index.ts';
import { Button, Input, TextArea } from '../../../ui/index.ts';
import { readTest, shapeProblem, textsOf, type TestTexts } from './test-texts.ts';
import type { DocumentTests } from './use-rule-tests.ts';

export interface TestFormProps { readonly tests: DocumentTests; readonly index: number; readonly kind: RuleKind; readonly onEdit: (edits: readonly RuleEdit[]) => void; readonly onClose: () => void }

const expectable: Readonly<Record<RuleKind, string>> = { query: 'matched, dropped, changed, records, metrics', 'redaction-policy': 'matched, dropped, changed, records, metrics', 'state-machine': 'state, transitions, actions', language: 'records, metrics, actions, error' };

export function TestForm({ tests, index, kind, onEdit, onClose }: TestFormProps) {
  const start = textsOf(tests[index]!);
  const [texts, setTexts] = useState(start);
  const read = readTest(texts, tests.filter((_, i) => i !== index).map(({ name }) => name));
  const shape = read.test === null ? null : shapeProblem(read.test, kind);
  const problems: Partial<TestTexts> = read.problems ?? (shape === null ? {} : { expect: shape });
  const changed = JSON.stringify(texts) !== JSON.stringify(start);
  const right = read.test !== null && shape === null;
  const set = (part: Partial<TestTexts>) => setTexts(before => ({ ...before, ...part }));
  const save = () => { if (read.test !== null) { onEdit([{ path: ['tests', index], value: read.test }]); onClose(); } };
  return (
    <form className="rules-test-form" aria-label={`Test ${start.name}`} onSubmit={event => { event.preventDefault(); if (right && changed) save(); }}>
      <Input label="Name" value={texts.name} error={problems.name ?? null} onChange={event => set({ name: event.target.value })} />
      <TextArea label={kind === 'query' || kind === 'redaction-policy' ? 'Given: records that come in, one JSON a line' : 'Given: records in order, one JSON a line; "at" is the time since the start, such as 35s'} mono rows={4} value={texts.given} error={problems.given ?? null} onChange={event => set({ given: event.target.value })} />
      <TextArea label={`Expected: any of ${expectable[kind]}`} mono rows={4} value={texts.expect} error={problems.expect ?? null} onChange={event => set({ expect: event.target.value })} />
      <div className="row">
        <Button variant="primary" size="s" type="submit" disabledReason={!changed ? 'Nothing has changed.' : right ? null : 'Mend what is marked first.'}>Change the test</Button>
        <Button size="s" type="button" onClick={onClose}>Close</Button>
        <span className="end"><Button size="s" type="button" variant="ghost" icon="trash" onClick={() => { onEdit([{ path: tests.length === 1 ? ['tests'] : ['tests', index], value: undefined }]); onClose(); }}>Delete the test</Button></span>
      </div>
    </form>
  );
}
