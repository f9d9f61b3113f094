// What keys, the wheel and the passing of time mean, without a page.
import { describe, expect, it } from 'vitest';
import { Glide } from './glide.ts';
import { keyCommand, type KeyPress } from './keys.ts';
import { saidOf } from './tip.ts';
import { ToldWindows } from './told-windows.ts';
import { wheelMeaning, type WheelTurn } from './wheel.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more });
const turn = (more: Partial<WheelTurn>): WheelTurn => ({ deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, metaKey: false, shiftKey: false, ...more });

describe('keys', () => {
  it('go where the arrow points, whichever way the graph grows', () => {
    expect(keyCommand(press('ArrowUp'), 'up')).toEqual({ kind: 'step', step: 'child' });
    expect(keyCommand(press('ArrowUp'), 'down')).toEqual({ kind: 'step', step: 'parent' });
    expect(keyCommand(press('PageUp'), 'up')).toMatchObject({ kind: 'scroll', share: 0.9 });
    expect(keyCommand(press('PageUp'), 'down')).toMatchObject({ kind: 'scroll', share: -0.9 });
    expect(keyCommand(press('ArrowLeft', { shiftKey: true }), 'up')).toEqual({ kind: 'pan', share: -0.2 });
  });
  it('leave alone what belongs to the page', () => {
    for (const key of ['a', 'Tab', '?', 'constructor']) expect(keyCommand(press(key), 'up')).toBeNull();
    expect(keyCommand(press('+', { ctrlKey: true }), 'up')).toBeNull();
    expect(keyCommand(press('ArrowLeft', { altKey: true }), 'up')).toBeNull();
  });
});

describe('the wheel', () => {
  it('zooms with Ctrl, Cmd or a pinch: a notch there and back is where it was', () => {
    const closer = wheelMeaning(turn({ deltaY: -100, ctrlKey: true }));
    const further = wheelMeaning(turn({ deltaY: 100, metaKey: true }));
    expect(closer.kind === 'zoom' && further.kind === 'zoom' && closer.factor < 1 ? closer.factor * further.factor : 0).toBeCloseTo(1);
  });
  it('moves otherwise, sideways with Shift', () => {
    expect(wheelMeaning(turn({ deltaX: 5, deltaY: 30 }))).toEqual({ kind: 'move', x: 5, y: 30 });
    expect(wheelMeaning(turn({ deltaY: 30, shiftKey: true }))).toEqual({ kind: 'move', x: 30, y: 0 });
    expect(wheelMeaning(turn({ deltaY: 3, deltaMode: 1 }))).toEqual({ kind: 'move', x: 0, y: 60 });
  });
});

describe('a glide', () => {
  const [from, to] = [{ start: 0, end: 100 }, { start: 40, end: 50 }];
  it('begins at its first frame and ends exactly at its aim', () => {
    const glide = new Glide(from, to, 140);
    expect(glide.at(1000)).toEqual(from);
    expect(glide.at(1070).start).toBeGreaterThan(20);
    expect(glide.at(1140)).toBe(to);
  });
  it('takes no time where motion is reduced', () => { expect(new Glide(from, to, 0).at(1000)).toBe(to); });
});

it('says all that the tooltip shows', () => {
  expect(saidOf({ title: 'hanoi', place: 'hanoi.ts:12', facts: [['Self', '31.3 %'], ['Total', '42.5 %']] })).toBe('hanoi, hanoi.ts:12, Self 31.3 %, Total 42.5 %');
  expect(saidOf({ title: 'hanoi', place: null, facts: [] })).toBe('hanoi');
});

describe('windows that were told', () => {
  const extent = 1000;
  const at = (start: number) => ({ start, end: start + 100 });
  it('are answers when they come back, late or rounded', () => {
    const told = new ToldWindows(at(0));
    for (const start of [10, 20.0004, 30]) told.tell(at(start));
    expect(told.isAnswer(at(10), extent)).toBe(true);
    expect(told.isAnswer(at(20), extent)).toBe(true);
    expect(told.last).toEqual(at(30));
    expect(told.isAnswer(at(30), extent)).toBe(true);
  });
  it('are wishes when they were left behind, or never told', () => {
    const told = new ToldWindows(at(0));
    told.tell(at(10));
    expect(told.isAnswer(at(5), extent)).toBe(false);
    expect(told.isAnswer(at(10), extent)).toBe(true);
    expect(told.isAnswer(at(0), extent)).toBe(false);
  });
  it('are forgotten, the oldest first, when none comes back', () => {
    const told = new ToldWindows(at(0));
    for (let start = 1; start < 500; start++) told.tell(at(start));
    expect(told.isAnswer(at(1), extent)).toBe(false);
    expect(told.isAnswer(at(499), extent)).toBe(true);
  });
});
