import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { progressPlaces } from './protocol.ts';
import { Watchdog } from './watchdog.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

function watched() {
  const progress = new Int32Array(progressPlaces.length);
  const onStuck = vi.fn();
  let ahead = 0;
  const dog = new Watchdog({ progress, callMs: 250, loadMs: 1000, monotonicMs: () => Date.now() + ahead, onStuck });
  dog.start();
  return { progress, onStuck, jump: (ms: number) => { ahead += ms; } };
}
const begin = (progress: Int32Array, rule: number) => { progress[progressPlaces.rule] = rule; progress[progressPlaces.call]!++; };

it('one call that does not return is stuck; many short ones are not', () => {
  const { progress, onStuck } = watched();
  for (let i = 0; i < 20; i++) { begin(progress, 7); vi.advanceTimersByTime(100); }
  expect(onStuck).not.toHaveBeenCalled();
  vi.advanceTimersByTime(400);
  expect(onStuck.mock.calls).toEqual([[7, 250, false]]);
});

it('loading has a longer time', () => {
  const { progress, onStuck } = watched();
  progress[progressPlaces.loading] = 1;
  begin(progress, 3);
  vi.advanceTimersByTime(900);
  expect(onStuck).not.toHaveBeenCalled();
  vi.advanceTimersByTime(400);
  expect(onStuck).toHaveBeenCalledWith(3, 1000, true);
});

it('a machine that stood still for a while is no reason', () => {
  const { progress, onStuck, jump } = watched();
  begin(progress, 3);
  vi.advanceTimersByTime(60);
  jump(60_000);
  vi.advanceTimersByTime(100);
  expect(onStuck).not.toHaveBeenCalled();
});
