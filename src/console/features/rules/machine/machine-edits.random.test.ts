// Whatever is done in the picture, in whatever order: the text reads back as what was meant, and what a person wrote around it stays.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MachineDocument } from '../../../../model/index.ts';
import { editRule, parseRule, type RuleEdit } from '../../../../rules/index.ts';
import { addAction, addState, addTimer, addTransition, freeName, moveState, removeAction, removeState, removeTransition, renameState, setInitial, setKey, setLimit, setTimer, setTransition } from './machine-edits.ts';

const text = `# of the checkout team
weir: 1
kind: state-machine
name: queue-net # short
key: [ServiceName]
# where it begins
initial: idle
states: # all of them
  idle:
    on:
      - when: EventName == "QueueDepth"
        to: growing
  growing:
    after: { 60s: idle }
    on: [{ when: 'Body has "x"', count: 5, within: 30s, to: stuck }]
  stuck:
    enter: [{ action: cpu-sample, duration: 10s }]
layout: # by hand
  idle: { x: 10, y: 20 }
limits: { actions: 3, per: 1h } # enough
# the end
`;
/** Those that belong to no part that an edit can take away. */
const lasting = ['# of the checkout team', 'name: queue-net # short', '# where it begins', '# enough', '# the end'];

function read(given: string): MachineDocument {
  const { document, problems } = parseRule(given);
  if (document?.kind !== 'state-machine') throw new Error(`${problems.map(({ message }) => message).join(' ')}\n${given}`);
  return document;
}

/** Some act by numbers: which one, on which state, on which part of it; and what the document must be afterwards. */
type Act = readonly [kind: number, state: number, part: number];
interface Step { readonly edits: readonly RuleEdit[]; readonly holds: (after: MachineDocument, before: MachineDocument) => unknown }

function stepOf(document: MachineDocument, [kind, which, part]: Act): Step {
  const names = Object.keys(document.states);
  const name = names[which % names.length]!;
  const other = names[part % names.length]!;
  const { on = [], after = {}, enter = [] } = document.states[name]!;
  const [index, time, action] = [part % Math.max(1, on.length), Object.keys(after)[part % Math.max(1, Object.keys(after).length)], part % Math.max(1, enter.length)];
  const of = (now: MachineDocument) => now.states[name]!;
  const nothing: Step = { edits: [], holds: (now, before) => expect(now).toEqual(before) };
  const fresh = freeName(document, `s${part}`);
  switch (kind) {
    case 0: return { edits: addState(fresh, { x: part, y: which }), holds: (now) => expect([now.states[fresh], now.layout?.[fresh]]).toEqual([{}, { x: part, y: which }]) };
    case 1: return { edits: renameState(document, name, fresh), holds: (now, before) => expect([Object.keys(now.states).length, JSON.stringify(now).includes(`"${name}"`)]).toEqual([Object.keys(before.states).length, false]) };
    case 2: return names.length < 2 ? nothing : { edits: removeState(document, name), holds: (now) => expect([name in now.states, now.initial in now.states, Object.values(now.states).some((state) => [...(state.on ?? []).map(({ to }) => to), ...Object.values(state.after ?? {})].includes(name))]).toEqual([false, true, false]) };
    case 3: return { edits: addTransition(document, name, { when: `a == ${part}`, to: other }), holds: (now) => expect(of(now).on?.at(-1)).toEqual({ when: `a == ${part}`, to: other }) };
    case 4: return on.length === 0 ? nothing : { edits: setTransition(name, index, { count: part + 2, within: '5s', to: other }), holds: (now) => expect(of(now).on![index]).toEqual({ when: on[index]!.when, count: part + 2, within: '5s', to: other }) };
    case 5: return on.length === 0 ? nothing : { edits: removeTransition(document, name, index), holds: (now) => expect(of(now).on ?? []).toEqual(on.filter((_, i) => i !== index)) };
    case 6: return `${part + 1}m` in after ? nothing : { edits: addTimer(document, name, `${part + 1}m`, other), holds: (now) => expect(of(now).after?.[`${part + 1}m`]).toBe(other) };
    case 7: return time === undefined || `${part}h` in after ? nothing : { edits: setTimer(document, name, time, { time: `${part}h`, to: other }), holds: (now) => expect(of(now).after).toMatchObject({ [`${part}h`]: other }) };
    case 8: return time === undefined ? nothing : { edits: setTimer(document, name, time, { time: undefined }), holds: (now) => expect(time in (of(now).after ?? {})).toBe(false) };
    case 9: return { edits: addAction(document, name, { action: 'memory-dump' }), holds: (now) => expect(of(now).enter).toHaveLength(enter.length + 1) };
    case 10: return enter.length === 0 ? nothing : { edits: removeAction(document, name, action), holds: (now) => expect(of(now).enter ?? []).toEqual(enter.filter((_, i) => i !== action)) };
    case 11: return { edits: setInitial(name), holds: (now) => expect(now.initial).toBe(name) };
    case 12: return { edits: setLimit('actions', part + 1), holds: (now) => expect(now.limits?.actions).toBe(part + 1) };
    case 13: return { edits: setKey(['ServiceName', `Attributes["k${part}"]`]), holds: (now) => expect(now.key).toHaveLength(2) };
    default: return { edits: moveState(name, { x: part, y: -part }), holds: (now) => expect(now.layout?.[name]).toEqual({ x: part, y: 0 - part }) };
  }
}

describe('random edits of a machine', () => {
  it('say what was meant and keep comments', () => fc.assert(fc.property(fc.array(fc.tuple(fc.nat(14), fc.nat(9), fc.nat(9)), { minLength: 1, maxLength: 14 }), (acts) => {
    let now = text;
    for (const act of acts) {
      const before = read(now);
      const { edits, holds } = stepOf(before, act);
      const result = edits.length === 0 ? { ok: true as const, value: now } : editRule(now, edits);
      if (!result.ok) throw new Error(result.error.message);
      now = result.value;
      holds(read(now), before);
      for (const kept of lasting) expect(now).toContain(kept);
    }
  }), { numRuns: 150 }));
});
