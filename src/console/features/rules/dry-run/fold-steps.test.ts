import { expect, it } from 'vitest';
import type { MachineStep } from '../../../../rules/index.ts';
import { foldSteps, nextChange } from './fold-steps.ts';

const step = (more: Partial<MachineStep> = {}): MachineStep =>
  ({ cause: 'record', record: null, key: 'cart', atUnixNano: 0n, from: 'watching', to: 'watching', via: null, guards: [], events: [], because: null, passedOver: 0, ...more });
const moved = step({ to: 'caught', because: 'depth > 200' });

it('folds runs without a change, the records of no step among them, and leaves a single one', () => {
  expect(foldSteps([step(), step({ passedOver: 37 }), moved, step(), moved, moved, step(), step({ from: 'caught' })])).toEqual([
    { kind: 'fold', from: 0, to: 1, words: '39 records stayed in watching' }, { kind: 'step', index: 2 }, { kind: 'step', index: 3 }, { kind: 'step', index: 4 }, { kind: 'step', index: 5 },
    { kind: 'fold', from: 6, to: 7, words: '2 records stayed in 2 states' },
  ]);
  expect(foldSteps([])).toEqual([]);
});

it('goes to changes first, then to what is left', () => {
  const steps = [step(), step(), moved, step(), step()];
  expect([nextChange(steps, 0, 1), nextChange(steps, 2, 1), nextChange(steps, 4, 1), nextChange(steps, 4, -1), nextChange(steps, 0, -1)]).toEqual([2, 3, null, 2, null]);
});
