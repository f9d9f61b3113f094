import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { hiddenStayMs, leave, stay, stayMs, type StayPorts } from './rule-tail-stay.ts';
import { fakeTail } from './testing/fakes.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

function page() {
  let hidden = false;
  const listeners = new Set<() => void>();
  const ports: StayPorts = {
    later: (run, ms) => { const timer = setTimeout(run, ms); return () => clearTimeout(timer); },
    hidden: () => hidden, onHidden: listener => { listeners.add(listener); return () => listeners.delete(listener); },
  };
  return { ports, hide: (value: boolean) => { hidden = value; for (const listener of listeners) listener(); }, listeners };
}

it('keeps the records for minutes after the editor was left, and then lets go', () => {
  const [tail, { ports, listeners }] = [fakeTail(), page()];
  leave(tail, ports);
  vi.advanceTimersByTime(stayMs - 1);
  expect(tail.closed).toBe(0);
  stay(tail);
  vi.advanceTimersByTime(stayMs * 2);
  expect(tail.closed).toBe(0);
  leave(tail, ports);
  vi.advanceTimersByTime(stayMs);
  expect([tail.closed, listeners.size]).toEqual([1, 0]);
});

it('lets go sooner when the page is hidden, but not for a short look away', () => {
  const [tail, { ports, hide }] = [fakeTail(), page()];
  leave(tail, ports);
  hide(true);
  vi.advanceTimersByTime(hiddenStayMs - 1);
  hide(false);
  vi.advanceTimersByTime(hiddenStayMs);
  expect(tail.closed).toBe(0);
  hide(true);
  vi.advanceTimersByTime(hiddenStayMs);
  expect(tail.closed).toBe(1);
  vi.advanceTimersByTime(stayMs);
  expect(tail.closed).toBe(1);
});
