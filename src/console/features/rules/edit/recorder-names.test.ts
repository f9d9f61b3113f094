// A net that names a flight recorder that does not exist is told so, at its place.
import { expect, it } from 'vitest';
import { recorderDefinition, type FleetRecorder, type MachineDocument } from '../../../../model/index.ts';
import { parseRule } from '../../../../rules/index.ts';
import { existing, recorderProblems, unknownRecorders } from './recorder-names.ts';

const recorder = (name: string, isDefault: boolean, ...rules: string[]): Pick<FleetRecorder, 'definition' | 'isDefault' | 'rules'> => ({ definition: recorderDefinition.parse({ name }), isDefault, rules: rules.map(rule => ({ id: rule, name: rule, running: true })) });
const text = `kind: state-machine
name: queue
initial: idle
states:
  idle:
    on: [{ when: 'EventName == "QueueDepth"', to: stuck }]
  stuck:
    enter:
      - action: cpu-sample
      - action: collect-recorder
        recorder: checkout-verbos
`;
const document = parseRule(text).document as MachineDocument;

it('knows what was defined and what rules fill, not what agents merely hold', () => {
  expect(existing([recorder('defined', false), recorder('filled', true, 'a-rule'), recorder('left-over', true)])).toEqual(['defined', 'filled']);
});

it('warns at the name, and says nothing while it cannot know', () => {
  const [problem, ...others] = recorderProblems(text, document, ['checkout-verbose']);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ severity: 'warning', message: expect.stringContaining('No recorder of that name is defined, and no rule fills it'), path: ['states', 'stuck', 'enter', 1, 'recorder'] });
  expect(text.slice(problem!.start, problem!.end)).toBe('checkout-verbos');
  expect(recorderProblems(text, document, ['checkout-verbos'])).toEqual([]);
  expect(recorderProblems(text, document, null)).toEqual([]);
  expect(unknownRecorders(document, [])).toEqual(['checkout-verbos']);
});
