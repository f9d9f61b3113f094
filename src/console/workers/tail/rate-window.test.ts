import { describe, expect, it } from 'vitest';
import { RateWindow } from './rate-window.ts';
import { log, logsFrame } from './testing/frames.ts';

const frame = (records: number, more: Parameters<typeof logsFrame>[2] = {}) => logsFrame('s', [log('x')], { records, ...more });

describe('RateWindow', () => {
  it('shows the true rate of a sampled stream', () => {
    const window = new RateWindow();
    window.restart(0);
    for (let second = 1; second <= 5; second++) window.note(second * 1000, frame(100, { ratio: 0.25, shedByAgent: 300 }));
    expect(window.rates(5000)).toMatchObject({ ratio: 0.25, perSecond: 400, shed: 1500 });
  });

  it('counts what the BFF shed on top of what an agent sampled, and takes the worst agent', () => {
    const window = new RateWindow();
    window.restart(0);
    window.note(1000, frame(100, { agentOrdinal: 1 }));
    window.note(1000, frame(50, { agentOrdinal: 2, ratio: 0.5, shedByServer: 100 }));
    expect(window.rates(1000)).toMatchObject({ ratio: 0.25, perSecond: 300 });
    expect(window.shedInAll).toBe(100);
  });

  it('is complete and silent when nothing came lately', () => {
    const window = new RateWindow();
    window.restart(0);
    window.note(1000, frame(100, { ratio: 0.1 }));
    expect(window.rates(20_000)).toEqual({ ratio: 1, perSecond: 0, shed: 0 });
  });
});
