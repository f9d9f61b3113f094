// The keeper against a clock that stands still: rules that cost what the test says, in steps of a millisecond.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import { BudgetKeeper, sliceMs } from './keeper.ts';
import { RuleMeter } from './rule-meter.ts';
import type { Held, RuleFacts } from './types.ts';

const startUnixNano = 1_767_225_600_000_000_000n;
const startUnixMs = Number(startUnixNano / 1_000_000n);
type Options = ConstructorParameters<typeof BudgetKeeper>[0];

function setUp(rules: readonly (Partial<RuleFacts> & { readonly cpuShare?: number; readonly memoryBytes?: number; readonly outputPerSecond?: number; readonly held?: () => Held })[], options: Partial<Options> = {}) {
  const clock = new ManualClock(startUnixNano);
  const keeper = new BudgetKeeper({ clock, ceiling: { cpuShare: 1, rssBytes: 1e12 }, ...options });
  const meters = rules.map(({ cpuShare = 0.05, memoryBytes = 1 << 25, outputPerSecond = null, held, ...facts }, i) =>
    new RuleMeter({ id: `r${i}`, version: 1, deployment: 3, expiresAtUnixMs: null, protects: false, bounds: { cpuShare, memoryBytes, outputPerSecond }, ...facts }, held));
  keeper.watch(meters);

  /** One request of one record every `everyMs`, in which each rule takes what `costMs` says. */
  function run(forMs: number, everyMs: number, costMs: (rule: number, request: number) => number): void {
    const end = clock.monotonicMs() + forMs;
    for (let request = 0; clock.monotonicMs() < end; request++) {
      const startMs = clock.monotonicMs();
      keeper.begin();
      keeper.chunkStarts();
      meters.forEach((meter, i) => {
        if (meter.isOff) return;
        const visitMs = keeper.start();
        clock.advanceMs(costMs(i, request));
        if (meter.attention > 0) keeper.exact(meter, visitMs); else keeper.sampled(meter, visitMs, 1);
      });
      keeper.chunkEnds(meters.map((meter) => ({ meter })));
      clock.advanceMs(Math.max(0.1, everyMs - (clock.monotonicMs() - startMs)));
    }
  }
  return { clock, keeper, meters, run, off: () => meters.map((meter) => meter.disabled?.kind ?? null) };
}

describe('CPU share', () => {
  it.each([0.02, 0.1, 0.4, 0.9])('%d of a core against a budget of 1 percent ends a rule within 2 s, with the figures', (share) => {
    const { run, meters, keeper } = setUp([{ cpuShare: 0.01 }]);
    run(2000, 10, () => 10 * share);
    expect(meters[0]!.disabled).toMatchObject({ kind: 'cpu', reason: expect.stringMatching(/^Used [\d.]+ % of a core over the last [\d.]+ s; its budget is 1 %\.$/) });
    expect(meters[0]!.disabled!.atUnixMs - startUnixMs).toBeLessThan(2000);
    expect(keeper.takeNewlyOff()).toEqual([{ id: 'r0', version: 1, deployment: 3, disabled: meters[0]!.disabled }]);
    expect(keeper.takeNewlyOff()).toEqual([]);
  });
  it('names the share that was measured', () => {
    const { run, meters } = setUp([{ cpuShare: 0.05 }]);
    run(2000, 10, () => 4);
    const share = Number(/Used ([\d.]+) %/.exec(meters[0]!.disabled!.reason)![1]);
    expect(share).toBeGreaterThan(32);
    expect(share).toBeLessThan(48);
  });
  it('within its budget a rule runs on, at any rate of requests', () => {
    fc.assert(fc.property(fc.constantFrom(5, 10, 50, 200, 2000), fc.double({ min: 0, max: 0.045, noNaN: true }), (everyMs, share) => {
      const { run, off } = setUp([{ cpuShare: 0.05 }]);
      run(20_000, everyMs, () => everyMs * share);
      expect(off()).toEqual([null]);
    }), { numRuns: 40 });
  });
  it('one long pause, be it of garbage collection or a cold start, ends no rule', () => {
    const { run, off } = setUp([{ cpuShare: 0.01 }]);
    run(10_000, 10, (_, request) => (request === 0 ? 180 : request === 500 ? 150 : 0.05));
    expect(off()).toEqual([null]);
  });
  it('a rule of one expensive request every two seconds is found over the longer span', () => {
    const { run, off } = setUp([{ cpuShare: 0.05 }]);
    run(12_000, 2000, () => 240);
    expect(off()).toEqual(['cpu']);
  });
  it('time in which the thread waited for a core is held against no rule', () => {
    const clock = new ManualClock(startUnixNano);
    const threadCpuMs = (): number => clock.monotonicMs() * 0.004;
    const keeper = new BudgetKeeper({ clock, threadCpuMs, ceiling: { cpuShare: 1, rssBytes: 1e12 } });
    const meter = new RuleMeter({ id: 'r', version: 1, deployment: 0, expiresAtUnixMs: null, protects: false, bounds: { cpuShare: 0.05, memoryBytes: 1, outputPerSecond: null } });
    keeper.watch([meter]);
    for (let i = 0; i < 400; i++) {
      const start = keeper.start();
      clock.advanceMs(5);
      keeper.exact(meter, start);
      clock.advanceMs(5);
      keeper.judge();
    }
    expect(meter.isOff).toBe(false);
  });
  it('the others go on', () => {
    const { run, off } = setUp([{ cpuShare: 0.05 }, { cpuShare: 0.05 }, { cpuShare: 0.05 }]);
    run(3000, 10, (rule) => (rule === 1 ? 3 : 0.1));
    expect(off()).toEqual([null, 'cpu', null]);
  });
});

describe('one request', () => {
  it('cannot be held up: past its slice a rule is cut off at once', () => {
    const { clock, keeper, meters } = setUp([{ cpuShare: 1 }]);
    keeper.begin();
    let visits = 0;
    while (!meters[0]!.isOff) {
      const start = keeper.start();
      clock.advanceMs(10);
      keeper.exact(meters[0]!, start);
      visits++;
    }
    expect(visits * 10).toBeGreaterThan(sliceMs);
    expect(visits * 10).toBeLessThan(sliceMs + 50);
    expect(meters[0]!.disabled).toMatchObject({ kind: 'cpu', reason: `Took ${visits * 10} ms of one request; a rule may take 250 ms of one.` });
  });
  it('is not lost for one stall in it, nor for a thread that was stopped', () => {
    const { clock, keeper, meters } = setUp([{ cpuShare: 1 }, { cpuShare: 1 }], { threadCpuMs: () => 0 });
    keeper.begin();
    for (const cost of [1, 900, 1, 1, 30, 30]) {
      const start = keeper.start();
      clock.advanceMs(cost);
      keeper.exact(meters[0]!, start);
    }
    for (let i = 0; i < 100; i++) {
      const start = keeper.start();
      clock.advanceMs(10);
      keeper.exact(meters[1]!, start);
    }
    expect(meters.map((meter) => meter.isOff)).toEqual([false, false]);
  });
  it('a slow chunk has the rules of its stage timed visit by visit, until they are fast again', () => {
    const { clock, keeper, meters } = setUp([{}, {}]);
    const visit = (ms: number): void => { const start = keeper.start(); clock.advanceMs(ms); keeper.exact(meters[0]!, start); };
    keeper.begin();
    while (meters[0]!.attention > 0) visit(0.001);
    keeper.chunkStarts();
    clock.advanceMs(20);
    keeper.chunkEnds(meters.map((meter) => ({ meter })));
    expect(meters[0]!.attention).toBeGreaterThan(100);
    for (let i = 0; i < 1000; i++) visit(0.001);
    expect(meters[0]!.attention).toBe(0);
  });
});

describe('memory and output', () => {
  it('a rule that holds more than its memory ends at the next judgement', () => {
    let bytes = 1 << 20;
    const { keeper, off, meters } = setUp([{ memoryBytes: 1 << 21, held: () => ({ bytes, groups: 12_345 }) }]);
    keeper.judge();
    expect(off()).toEqual([null]);
    bytes = 3 << 20;
    keeper.judge();
    expect(meters[0]!.disabled).toMatchObject({ kind: 'memory', reason: 'Held 3 MiB in 12,345 groups; its budget is 2 MiB.' });
  });
  it('a rule that makes more than its rate ends within 2 s; one batch that waited is no rate', () => {
    const { keeper, meters, clock, off } = setUp([{ outputPerSecond: 200 }, { outputPerSecond: 200 }]);
    meters[1]!.made(5000);
    for (let i = 0; i < 20; i++) {
      meters[0]!.made(50);
      clock.advanceMs(100);
      keeper.judge();
    }
    expect(off()).toEqual(['output', null]);
    expect(meters[0]!.disabled!.reason).toMatch(/^Made \d+ records and points a second over the last [\d.]+ s; its budget is 200 a second\.$/);
    expect(meters[0]!.disabled!.atUnixMs - startUnixMs).toBeLessThanOrEqual(2000);
  });
  it('points are judged by the length of their window', () => {
    const { keeper, meters, off } = setUp([{ outputPerSecond: 200 }, { outputPerSecond: 200 }]);
    keeper.closedWindow(meters[0]!, keeper.start(), 2000, 10_000);
    keeper.closedWindow(meters[1]!, keeper.start(), 2001, 10_000);
    expect(off()).toEqual([null, 'output']);
  });
});

describe('dates', () => {
  it('a rule ends at its date, and one whose date has passed never starts', () => {
    const { keeper, clock, off, meters } = setUp([{ expiresAtUnixMs: startUnixMs + 5000 }, { expiresAtUnixMs: startUnixMs - 1 }, {}]);
    expect(off()).toEqual([null, 'expired', null]);
    clock.advanceMs(4999);
    keeper.judge();
    expect(off()[0]).toBe(null);
    clock.advanceMs(1);
    keeper.judge();
    expect(meters[0]!.disabled).toMatchObject({ kind: 'expired', reason: 'Reached its end, 2026-01-01 00:00:05 UTC.', atUnixMs: startUnixMs + 5000 });
  });
  it('a date that was moved holds from then on', () => {
    const { keeper, clock, off, meters } = setUp([{ expiresAtUnixMs: startUnixMs + 5000 }]);
    meters[0]!.facts = { ...meters[0]!.facts, expiresAtUnixMs: startUnixMs + 60_000 };
    keeper.watch(meters);
    clock.advanceMs(6000);
    keeper.judge();
    expect(off()).toEqual([null]);
  });
});

describe('rules that cover secrets', () => {
  it('stay on past their budget and say so, until they are within it again', () => {
    const { run, meters, keeper } = setUp([{ cpuShare: 0.01, protects: true }]);
    run(2000, 10, () => 3);
    expect([meters[0]!.isOff, meters[0]!.overBudget?.kind, keeper.takeNewlyOff()]).toEqual([false, 'cpu', []]);
    run(14_000, 10, () => 0.001);
    expect(meters[0]!.overBudget).toBe(null);
  });
  it('past a slice of a second are closed for the rest of the request, and open in the next', () => {
    const { clock, keeper, meters } = setUp([{ cpuShare: 1, protects: true }]);
    keeper.begin();
    while (meters[0]!.attention > 0) { const start = keeper.start(); clock.advanceMs(10); keeper.exact(meters[0]!, start); }
    expect([meters[0]!.attention, meters[0]!.isOff]).toEqual([-2, false]);
    keeper.begin();
    expect(meters[0]!.attention).toBeGreaterThan(0);
  });
  it('end at their date', () => {
    const { off } = setUp([{ expiresAtUnixMs: startUnixMs, protects: true }]);
    expect(off()).toEqual(['expired']);
  });
});

describe('the agent as a whole', () => {
  const shares = [0.05, 0.2, 0.1];
  it('past its ceiling turns the costliest rules off, one that covers secrets never', () => {
    const { run, off, meters } = setUp(shares.map((_, i) => ({ cpuShare: 0.9, protects: i === 1 })), { ceiling: { cpuShare: 0.28, rssBytes: 1e12 } });
    run(4000, 10, (rule) => shares[rule]! * 10);
    expect(off()).toEqual([null, null, 'agent']);
    expect(meters[2]!.disabled!.reason).toMatch(/^All rules together used 3\d % of a core over the last [\d.]+ s; the agent's ceiling is 28 %\. This rule cost the most, [\d.]+ %\.$/);
  });
  it('spares small rules when it is redaction that costs', () => {
    const { run, off } = setUp([{ cpuShare: 0.9, protects: true }, { cpuShare: 0.9 }], { ceiling: { cpuShare: 0.25, rssBytes: 1e12 } });
    run(4000, 10, (rule) => (rule === 0 ? 5 : 0.05));
    expect(off()).toEqual([null, null]);
  });
  it('with too much memory ends the rule that holds the most, then waits before it takes another', () => {
    let rss = 2e9;
    const held = (bytes: number) => ({ held: () => ({ bytes, groups: 1 }) });
    const { keeper, clock, off, meters } = setUp([held(5 << 20), held(9 << 20), held(10)], { rssBytes: () => rss, ceiling: { cpuShare: 1, rssBytes: 1e9 } });
    expect(off()).toEqual([null, 'agent', null]);
    expect(meters[1]!.disabled!.reason).toBe("The agent's process held 1.9 GiB; its ceiling is 954 MiB. This rule held the most, 9 MiB.");
    clock.advanceMs(1000);
    keeper.judge();
    expect(off()).toEqual([null, 'agent', null]);
    clock.advanceMs(5000);
    keeper.judge();
    expect(off()).toEqual(['agent', 'agent', null]);
    rss = 0.9e9;
    clock.advanceMs(6000);
    keeper.judge();
    expect(off()).toEqual(['agent', 'agent', null]);
  });
});

it('without measuring nothing is judged but dates', () => {
  const { run, off } = setUp([{ cpuShare: 0.01 }, { expiresAtUnixMs: startUnixMs + 1000 }], { measure: false });
  run(3000, 10, () => 5);
  expect(off()).toEqual([null, 'expired']);
});
