import { act, fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import axe from 'axe-core';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakePage, type FakeCanvas } from './testing/fake-canvas.ts';
import { boxesOf } from './testing/sample-boxes.ts';
import { samplePicture } from './testing/sample-picture.ts';
import { FlameGraph } from './index.ts';
import type { FlamePicture, FlameWindow } from './types.ts';

// In a picture of 400 px, rows of 23 from y 196 upwards: root; first and second; first's child, and one too thin to see.
const boxes = boxesOf([[[0, 400]], [[0, 200], [200, 240]], [[0, 150], [399.98, 400]]]);
const names = ['root', 'first', 'second', 'child', 'thin'];
const picture = samplePicture(boxes, { labels: { nameOf: box => names[box]!, shareOf: () => null, describe: box => ({ title: names[box]!, place: `src/${names[box]!}.ts:7`, facts: [['Total', `${boxes.end[box]! - boxes.start[box]!}`]] }) } });
const told = { windows: [] as FlameWindow[], selected: [] as (number | null)[], opened: [] as number[] };
let drawn: () => FakeCanvas;

function Shown(more: Partial<FlamePicture>) {
  const [window, setWindow] = useState(picture.window);
  const [selected, setSelected] = useState<number | null>(null);
  return <FlameGraph {...picture} window={window} selected={selected} {...more} onWindow={next => { told.windows.push(next); setWindow(next); }} onSelect={box => { told.selected.push(box); setSelected(box); }} onOpen={box => told.opened.push(box)} />;
}

beforeEach(() => {
  for (const list of Object.values(told)) list.length = 0;
  drawn = fakePage(400, 200).drawn;
});
afterEach(() => { vi.restoreAllMocks(); });

const graph = () => screen.getByRole('tree', { name: 'Flame graph of a sample' });
const canvas = () => graph().querySelector('canvas')!;
/** What assistive technology is told is the current one. */
const current = () => document.getElementById(graph().getAttribute('aria-activedescendant')!)!;
const yOf = (row: number) => 200 - 4 - row * 23 - 11;
const pointer = (type: 'pointerDown' | 'pointerMove' | 'pointerUp', x: number, y: number, button = 0) => fireEvent[type](canvas(), { clientX: x, clientY: y, button, pointerId: 1 });
const click = (x: number, y: number) => { pointer('pointerDown', x, y); pointer('pointerUp', x, y); };
const frame = () => act(() => new Promise<void>(resolve => { requestAnimationFrame(() => resolve()); }));

async function focused() {
  const user = userEvent.setup();
  render(<Shown />);
  await user.tab();
  expect(document.activeElement).toBe(graph());
  return user;
}

describe('by keyboard', () => {
  it('walks from box to box and says each', async () => {
    const user = await focused();
    expect(current()).toHaveProperty('textContent', 'root, src/root.ts:7, Total 400');
    await user.keyboard('{ArrowUp}');
    expect(told.selected).toEqual([0]);
    await user.keyboard('{ArrowUp}{ArrowRight}');
    expect(told.selected).toEqual([0, 1, 2]);
    expect(current().textContent).toBe('second, src/second.ts:7, Total 40');
    expect([current().getAttribute('aria-level'), current().getAttribute('aria-posinset'), current().getAttribute('aria-setsize'), current().getAttribute('aria-selected')]).toEqual(['2', '2', '2', 'true']);
    await user.keyboard('{Home}{ArrowUp}{End}{Control>}{Home}{/Control}');
    expect(told.selected).toEqual([0, 1, 2, 1, 3, 4, 0]);
  });
  it('opens with Enter and backs out with Escape, at last from the choice', async () => {
    const user = await focused();
    await user.keyboard('{ArrowUp}{ArrowUp}{Enter}');
    expect(told.opened).toEqual([1]);
    expect(told.windows).toEqual([{ start: 0, end: 200 }]);
    await user.keyboard('{ArrowUp}{Enter}{Escape}{Escape}');
    expect(told.windows).toEqual([{ start: 0, end: 200 }, { start: 0, end: 150 }, { start: 0, end: 200 }, { start: 0, end: 400 }]);
    await user.keyboard('{Escape}');
    expect(told.selected.at(-1)).toBeNull();
  });
  it('leaves an Escape alone that it has no use for', async () => {
    await focused();
    expect(fireEvent.keyDown(graph(), { key: 'Escape' })).toBe(true);
    expect(fireEvent.keyDown(graph(), { key: 'Enter' })).toBe(true);
    expect(fireEvent.keyDown(graph(), { key: 'ArrowUp' })).toBe(false);
  });
  it('zooms to a box that is too thin to see', async () => {
    const user = await focused();
    await user.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}{ArrowRight}');
    expect(told.selected.at(-1)).toBe(4);
    const window = told.windows.at(-1)!;
    expect((boxes.end[4]! - boxes.start[4]!) / (window.end - window.start) * 400).toBeGreaterThanOrEqual(3.9);
    expect(window.end).toBe(400);
  });
  it('zooms by plus and minus, and tells once it rests', async () => {
    const user = await focused();
    await user.keyboard('++-');
    expect(told.windows).toEqual([]);
    await expect.poll(() => told.windows.length).toBe(1);
    expect(told.windows[0]!.end - told.windows[0]!.start).toBeCloseTo(280);
    await user.keyboard('0');
    expect(told.windows[1]).toEqual({ start: 0, end: 400 });
  });
});

describe('by pointer', () => {
  it('chooses what is clicked, and nothing on the ground', () => {
    render(<Shown />);
    click(220, yOf(1));
    click(300, yOf(1));
    expect(told.selected).toEqual([2, null]);
    pointer('pointerDown', 100, yOf(0), 2);
    expect(told.selected).toEqual([2, null, 0]);
    expect(told.windows).toEqual([]);
  });
  it('does not move for what is clicked, however thin', () => {
    render(<Shown />);
    click(399.99, yOf(2));
    expect(told.selected).toEqual([4]);
    expect(told.windows).toEqual([]);
  });
  it('opens by a double click', async () => {
    render(<Shown />);
    fireEvent.doubleClick(canvas(), { clientX: 220, clientY: yOf(1) });
    expect(told.opened).toEqual([2]);
    expect(told.windows).toEqual([{ start: 200, end: 240 }]);
    await expect.poll(() => drawn().texts.map(({ text }) => text)).toEqual(['root', 'second']);
  });
  it('drags what is zoomed, which is no click', async () => {
    render(<Shown window={{ start: 100, end: 200 }} />);
    pointer('pointerDown', 200, yOf(1));
    pointer('pointerMove', 160, yOf(1));
    pointer('pointerUp', 160, yOf(1));
    expect(told.selected).toEqual([]);
    await expect.poll(() => told.windows).toEqual([{ start: 110, end: 210 }]);
  });
  it('zooms at the pointer with Ctrl and the wheel, and leaves a wheel alone that moves nothing', async () => {
    render(<Shown />);
    expect(fireEvent.wheel(canvas(), { deltaY: 100, clientX: 100, clientY: 50 })).toBe(true);
    expect(fireEvent.wheel(canvas(), { deltaY: -100, ctrlKey: true, clientX: 100, clientY: 50 })).toBe(false);
    await expect.poll(() => told.windows.length).toBe(1);
    const { start, end } = told.windows[0]!;
    expect(start + (end - start) / 4).toBeCloseTo(100);
    expect(end - start).toBeLessThan(400);
  });
  it('shows a tooltip for the box under the pointer, and rings it, without a render', async () => {
    const described = vi.fn(picture.labels.describe);
    render(<Shown labels={{ ...picture.labels, describe: described }} />);
    pointer('pointerMove', 220, yOf(1));
    const tip = graph().querySelector('.tip')!;
    expect(tip.textContent).toBe('secondsrc/second.ts:7Total40');
    const calls = described.mock.calls.length;
    pointer('pointerMove', 225, yOf(1));
    expect(described).toHaveBeenCalledTimes(calls);
    await frame();
    expect(drawn().rings).toHaveLength(1);
    fireEvent.pointerLeave(canvas());
    expect(tip).toHaveProperty('hidden', true);
  });
});

describe('what it is given', () => {
  it('is shown anew when it changes, and a window from outside is gone to', async () => {
    const { rerender } = render(<Shown />);
    await frame();
    expect(drawn().texts.map(({ text }) => text)).toEqual(['root', 'first', 'seco…', 'child']);
    rerender(<Shown window={{ start: 0, end: 200 }} />);
    await expect.poll(() => drawn().texts.map(({ text }) => text)).toEqual(['root', 'first', 'child']);
    rerender(<Shown boxes={boxesOf([[[0, 10]]])} window={{ start: 0, end: 10 }} />);
    await expect.poll(() => drawn().texts.map(({ text }) => text)).toEqual(['root']);
    expect(told.windows).toEqual([]);
  });
  it('does not go back to a window of its own that comes late', async () => {
    const { rerender } = render(<Shown window={{ start: 0, end: 400 }} />);
    fireEvent.keyDown(graph(), { key: 'ArrowUp' });
    fireEvent.doubleClick(canvas(), { clientX: 100, clientY: yOf(1) });
    fireEvent.doubleClick(canvas(), { clientX: 100, clientY: yOf(2) });
    expect(told.windows).toEqual([{ start: 0, end: 200 }, { start: 0, end: 150 }]);
    rerender(<Shown window={{ start: 0, end: 200.0003 }} />);
    await frame();
    await frame();
    fireEvent.keyDown(graph(), { key: '-' });
    await expect.poll(() => told.windows.at(-1)!.end).toBeCloseTo(150 / 0.7);
  });
  it('may have no box at all', async () => {
    render(<Shown boxes={boxesOf([])} colours={new Uint8Array()} window={{ start: 0, end: 0 }} />);
    await frame();
    fireEvent.keyDown(graph(), { key: 'ArrowUp' });
    click(100, yOf(0));
    expect(told.selected).toEqual([]);
  });
  it('is walked and said without a canvas, and the page says why there is no picture', async () => {
    vi.restoreAllMocks();
    const user = await focused();
    expect(screen.getByText(/no picture/)).toBeDefined();
    await user.keyboard('{ArrowUp}{ArrowUp}');
    expect(current().textContent).toContain('first');
  });
  it('breaks no rule of axe', async () => {
    const { container } = render(<Shown />);
    const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
    expect(violations).toEqual([]);
  });
});
