// The picture's edits through the text: what comes out is a valid document, and what a person wrote around it stays.
import { describe, expect, it } from 'vitest';
import type { MachineDocument } from '../../../../model/index.ts';
import { editRule, parseRule, type RuleEdit } from '../../../../rules/index.ts';
import { addAction, addState, addTimer, addTransition, freeName, moveState, removeAction, removeState, removeTransition, renameState, setTimer, setTransition } from './machine-edits.ts';

const text = `# nets of the checkout team
weir: 1
kind: state-machine
name: checkout-queue-stuck
key: [ServiceName]
initial: idle
states:
  idle: # nothing waits
    on:
      - when: EventName == "QueueDepth" and toint(Attributes.depth) > 200
        to: growing
  growing:
    after: { 60s: idle }
    on:
      # five in half a minute is no accident
      - when: EventName == "QueueDepth" and toint(Attributes.depth) > 200
        count: 5
        within: 30s
        to: stuck
  stuck:
    enter:
      - action: cpu-sample
        duration: 10s
    after: { 5m: idle }
layout:
  idle: { x: 10, y: 20 }
`;

function read(given: string): MachineDocument {
  const { document, problems } = parseRule(given);
  if (document?.kind !== 'state-machine') throw new Error(problems.map(({ message }) => message).join(' '));
  return document;
}
function after(edits: (document: MachineDocument) => readonly RuleEdit[], from = text): string {
  const result = editRule(from, edits(read(from)));
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('edits of a machine', () => {
  it('renames a state wherever it is named, comments stay', () => {
    const renamed = after((document) => renameState(document, 'idle', 'calm'));
    expect(renamed).toBe(text.replace('initial: idle', 'initial: calm').replace('  idle: #', '  calm: #').replace('{ 60s: idle }', '{ 60s: calm }').replace('{ 5m: idle }', '{ 5m: calm }').replace('  idle: { x', '  calm: { x'));
  });

  it('removes a state with all that leads to it, and finds another first state', () => {
    const document = read(after((given) => removeState(given, 'idle')));
    expect(document.initial).toBe('growing');
    expect(Object.keys(document.states)).toEqual(['growing', 'stuck']);
    expect(document.states['growing']!.after ?? {}).toEqual({});
    expect(read(after((given) => removeState(given, 'stuck'))).states['growing']!.on ?? []).toEqual([]);
  });

  it('adds a state with a place, a transition, an action, and takes them away again', () => {
    let now = after((document) => addState(freeName(document), { x: 12.4, y: 7 }));
    expect(read(now).layout).toEqual({ idle: { x: 10, y: 20 }, state: { x: 12, y: 7 } });
    now = after((document) => addTransition(document, 'state', { when: 'true', to: 'idle' }), now);
    now = after((document) => addTransition(document, 'state', { when: 'false', to: 'stuck' }), now);
    now = after((document) => addAction(document, 'stuck', { action: 'collect-recorder', recorder: 'verbose' }), now);
    expect(read(now).states['state']!.on).toEqual([{ when: 'true', to: 'idle' }, { when: 'false', to: 'stuck' }]);
    expect(read(now).states['stuck']!.enter).toHaveLength(2);
    now = after((document) => removeTransition(document, 'state', 0), now);
    now = after((document) => removeTransition(document, 'state', 0), now);
    now = after((document) => removeAction(document, 'stuck', 1), now);
    now = after((document) => removeState(document, 'state'), now);
    expect(now).toBe(text);
  });

  it('sets and clears parts of a transition and a timer', () => {
    const transition = read(after(() => setTransition('growing', 0, { count: 7, within: undefined }))).states['growing']!.on![0]!;
    expect(transition).toEqual({ when: 'EventName == "QueueDepth" and toint(Attributes.depth) > 200', count: 7, to: 'stuck' });
    expect(after(() => setTransition('growing', 0, { count: 7 }))).toContain('# five in half a minute is no accident');
  });

  it('changes one timer and leaves the others', () => {
    const timersOf = (edits: Parameters<typeof after>[0], from = text) => read(after(edits, from)).states['growing']!.after;
    expect(timersOf((document) => setTimer(document, 'growing', '60s', { time: '90s', to: 'stuck' }))).toEqual({ '90s': 'stuck' });
    expect(timersOf((document) => setTimer(document, 'growing', '60s', { time: undefined }))).toBeUndefined();
    const two = after((document) => addTimer(document, 'growing', '5m', 'stuck'));
    expect(timersOf((document) => setTimer(document, 'growing', '60s', { time: '61s' }), two)).toEqual({ '61s': 'idle', '5m': 'stuck' });
    expect(timersOf((document) => setTimer(document, 'growing', '60s', { time: undefined }), two)).toEqual({ '5m': 'stuck' });
    expect(read(after((document) => addTimer(document, 'idle', '5m', 'stuck'))).states['idle']!.after).toEqual({ '5m': 'stuck' });
  });

  it('moves a box and changes nothing else', () => {
    expect(after(() => moveState('idle', { x: 99.6, y: -4 }))).toMatch(/idle: \{ x: 100, y: -4 \}/);
  });
});
