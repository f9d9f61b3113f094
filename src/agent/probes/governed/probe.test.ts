import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import fc from 'fast-check';
import { probeReport } from '../../../model/index.ts';
import { generators, seededRandom } from '../../../redaction/index.ts';
import { stillIn } from '../not-undone.ts';
import { FakeMechanism, hit, hits } from './testing/fake-mechanism.ts';
import { logpoint, probeHere, processOf } from './testing/probe-here.ts';

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] }); });
afterEach(() => { vi.useRealTimers(); });

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const wide = { maxPerSecond: 100_000, maxCpuShare: 0.5 };

describe('a quota', () => {
  it('ends the probe at exactly so many records, over all its processes', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 50 }), fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 20 })), { minLength: 1, maxLength: 20 }), async (maxHits, batches) => {
      const { probe, mechanism, records } = probeHere({ limits: { ...wide, maxHits } });
      await Promise.all([7, 8, 9].map((pid) => probe.insert(processOf(pid))));
      for (const [place, count] of batches) mechanism.places[place]!.sink.take(hits(count));
      await pass(10);
      const seen = batches.reduce((sum, [, count]) => sum + count, 0);
      const report = probe.report();
      expect(records).toHaveLength(Math.min(maxHits, seen));
      expect(report).toMatchObject({ hits: seen, emitted: records.length, suppressed: seen - records.length, state: seen >= maxHits ? 'ended' : 'active', end: seen >= maxHits ? 'quota' : null });
      expect(mechanism.places.every(({ state }) => state === (seen >= maxHits ? 'out' : 'in'))).toBe(true);
      await probe.end('removed');
    }), { numRuns: 40 });
  });
});

it('ends at its date, and says so', async () => {
  const { probe, mechanism, news } = probeHere({ limits: { expiresAfterMs: 5000 } });
  await probe.insert(processOf());
  await pass(4999);
  expect(probe.report().state).toBe('active');
  await pass(2);
  expect(probe.report()).toMatchObject({ state: 'ended', end: 'expired', why: null });
  expect(probe.report().endedUnixMs).not.toBeNull();
  expect([mechanism.last.state, news.at(-1)]).toEqual(['out', 'ended']);
});

describe('a rate', () => {
  it('lets so many through a second, counts the rest, leaves for a moment and comes back', async () => {
    const { probe, mechanism, records } = probeHere({ limits: { maxPerSecond: 10 } });
    await probe.insert(processOf());
    mechanism.last.sink.take(hits(15));
    expect([records.length, probe.report().state]).toEqual([10, 'active']);
    mechanism.last.sink.take(hits(10));
    await pass(0);
    expect(probe.report()).toMatchObject({ state: 'paused', hits: 25, emitted: 10, suppressed: 15, places: [{ pauses: 1, pausedUntilUnixMs: expect.any(Number) }] });
    expect(mechanism.last.state).toBe('paused');
    await pass(1001);
    expect(probe.report()).toMatchObject({ state: 'active', places: [{ pausedUntilUnixMs: null }] });
    mechanism.last.sink.take(hits(5));
    expect([mechanism.last.state, records.length]).toEqual(['in', 15]);
    await probe.end('removed');
  });

  it('does not thin out a counter', async () => {
    const { probe, mechanism, points, records } = probeHere({ limits: { maxPerSecond: 10 }, what: logpoint({ does: 'count' }) });
    await probe.insert(processOf());
    mechanism.last.sink.take(hits(500).map((one) => ({ ...one, measure: 1 })));
    await pass(5001);
    expect(points).toMatchObject([{ kind: 'sum', sum: 500, name: 'probe.moves' }]);
    expect([records.length, probe.report().emitted]).toEqual([0, 500]);
    await probe.end('removed');
  });
});

describe('a counter', () => {
  const endless = { maxHits: 3, maxPerSecond: 100_000, maxCpuShare: 0.5 };
  const counted = (count: number) => hits(count).map((one) => ({ ...one, measure: 1 }));

  it('is not ended by the quota, and says so; what was lost is in the sum, which is marked', async () => {
    const { probe, mechanism, points } = probeHere({ limits: endless, what: logpoint({ does: 'count' }) });
    await probe.insert(processOf());
    mechanism.last.sink.take(counted(10));
    await pass(5001);
    mechanism.last.sink.take(counted(10));
    mechanism.last.sink.lost(7);
    await pass(5001);
    expect(points).toMatchObject([{ sum: 10, isEstimated: false }, { sum: 17, isEstimated: true }]);
    expect(probe.report()).toMatchObject({ state: 'active', notes: [expect.stringContaining('quota')] });
    await probe.end('removed');
  });

  it('estimates what it missed while it was out, and says where it cannot', async () => {
    const count = async (costMs: number) => {
      const { probe, mechanism, points } = probeHere({ limits: { ...endless, maxCpuShare: 0.01 }, what: logpoint({ does: 'count' }) });
      await probe.insert(processOf());
      // A thousand a second, for five seconds.
      for (let at = 0; at < 5000; at += 10) { if (mechanism.last.state === 'in') mechanism.last.sink.take(counted(10), costMs); await pass(10); }
      await pass(5);
      const { notes, places } = probe.report();
      await probe.end('removed');
      return { sum: points.reduce((sum, each) => sum + each.sum, 0), marked: points.some(({ isEstimated }) => isEstimated), notes, rate: places[0]?.trueRate };
    };
    const [cheap, hot] = [await count(0.5), await count(9)];
    expect(cheap.sum).toBeGreaterThan(4500);
    expect(cheap.sum).toBeLessThan(5500);
    expect([cheap.marked, hot.marked, hot.rate]).toEqual([true, true, null]);
    expect(hot.notes.join()).toContain('cannot be estimated');
  });
});

describe('what is shown of a hit', () => {
  const bounds = { characters: 32, bytes: 1024 };
  const shown = async (values: Record<string, unknown>, more: Record<string, unknown> = {}) => {
    const { probe, mechanism, records } = probeHere({ what: logpoint({ bounds }) });
    await probe.insert(processOf());
    mechanism.last.sink.take([hit(values, more)]);
    await probe.end('removed');
    return records[0]!.attributes as Record<string, unknown>;
  };

  it('is redacted as a whole and cut then; the last token of what was cut before is left out', async () => {
    const { secret } = generators.find(({ detector }) => detector === 'jwt')!.positive(seededRandom(11));
    const half = secret.slice(0, -20);
    const seen = await shown({ whole: `${'x'.repeat(20)} ${secret}`, cut: `it is ${half}…`, key: `a -----BEGIN PRIVATE KEY-----\n${'b'.repeat(20)}\nc…`, long: 'y'.repeat(100), list: Array.from({ length: 500 }, () => 'z'.repeat(30)) }, { bytesCut: true });
    expect(JSON.stringify(seen)).not.toContain(secret.slice(0, 10));
    expect(seen).toMatchObject({ cut: 'it is …', key: 'a …', long: `${'y'.repeat(32)}…`, 'weir.probe.cut': true });
    expect(JSON.stringify(seen['list']).length).toBeLessThan(1800);
  });

  it('has no value beside a secret name, in pairs and in lists of names and values', async () => {
    const word = Array.from(seededRandom(3)().toString(36)).join('') + 'qz';
    const seen = await shown({ pair: ['authorization', `Bearer ${word}`], raw: ['Host', 'x', 'X-Api-Key', word, 'Accept', '*'], entries: [['password', word], ['a', 'b']] });
    expect(JSON.stringify(seen)).not.toContain(word);
    expect(seen).toMatchObject({ raw: ['Host', 'x', 'X-Api-Key', expect.any(String), 'Accept', '*'], entries: [['password', expect.any(String)], ['a', 'b']] });
  });

  it('nor do the words of its end hold a secret', async () => {
    const { secret } = generators.find(({ detector }) => detector === 'jwt')!.positive(seededRandom(12));
    const { probe, mechanism } = probeHere();
    await probe.insert(processOf());
    mechanism.last.sink.ended('fault', { code: 'probe.not-readable', message: `It was ${secret}.` });
    await pass(10);
    expect(JSON.stringify(probe.report())).not.toContain(secret);
  });
});

describe('the bound of the CPU', () => {
  it('keeps a share of one core on average, however often the place is passed', async () => {
    const { probe, mechanism } = probeHere({ limits: { maxPerSecond: 100_000, maxHits: 1e8, maxCpuShare: 0.01 } });
    await probe.insert(processOf());
    // A hot loop: while the probe is in, the process does nothing but hits of 0.4 ms; leaving takes 50 ms.
    const place = mechanism.last;
    let [cost, leftAtMs] = [0, -Infinity];
    const [stepMs, forMs] = [10, 120_000];
    for (let at = 0; at < forMs; at += stepMs) {
      if (place.state === 'in') leftAtMs = at;
      if (at - leftAtMs <= 50) { place.sink.take(hits(25), 10); cost += 10; }
      await pass(stepMs);
    }
    expect(cost / forMs).toBeLessThan(0.011);
    expect(cost / forMs).toBeGreaterThan(0.008);
    const [of] = probe.report().places;
    expect(of?.pauses).toBeGreaterThan(5);
    expect(of?.costUs).toBeCloseTo(400, 0);
    expect(of?.cpuShare).toBeLessThan(0.02);
    await probe.end('removed');
  });

  it('goes by what the mechanism expects where nothing was measured, and by cost without hits', async () => {
    const mechanism = new FakeMechanism();
    mechanism.expectedCostMs = 1;
    const { probe } = probeHere({ mechanism, limits: { ...wide, maxCpuShare: 0.01 } });
    await probe.insert(processOf());
    mechanism.last.sink.take(hits(11));
    expect(probe.report().state).toBe('paused');
    await pass(1200);
    expect(probe.report().state).toBe('active');
    mechanism.last.sink.take([], 20);
    expect(probe.report()).toMatchObject({ state: 'paused', hits: 11 });
    await probe.end('removed');
  });

  it('counts a stretch in which the process did little else as lost', async () => {
    const mechanism = new FakeMechanism();
    mechanism.pauseMs = 50;
    const { probe } = probeHere({ mechanism, limits: { ...wide, maxCpuShare: 0.01 } });
    await probe.insert(processOf());
    mechanism.last.sink.take(hits(20), 20);
    await pass(60);
    const [of] = probe.report().places;
    // 50 ms at a hundredth.
    expect((of?.pausedUntilUnixMs ?? 0) - Date.now()).toBeGreaterThan(4500);
    await pass(4000);
    expect(probe.report().state).toBe('paused');
    await pass(1000);
    expect(probe.report().state).toBe('active');
    await probe.end('removed');
  });

  it('estimates the true rate from the time in which it was in', async () => {
    const { probe, mechanism } = probeHere({ limits: { ...wide, maxHits: 1e8, maxPerSecond: 50 } });
    await probe.insert(processOf());
    expect(probe.report().places[0]?.trueRate).toBeNull();
    for (let ms = 0; ms < 5000; ms++) {
      // 2000 a second while it is in.
      if (mechanism.last.state === 'in') mechanism.last.sink.take(hits(2));
      await pass(1);
    }
    const rate = probe.report().places[0]?.trueRate ?? 0;
    expect(rate).toBeGreaterThan(1800);
    expect(rate).toBeLessThan(2200);
    expect(probe.report().places[0]?.pauses).toBeGreaterThan(0);
    await probe.end('removed');
  });
});

it('flushes what it measured while it is paused, and at its end', async () => {
  const { probe, mechanism, points } = probeHere({ limits: { maxCpuShare: 0.01 }, what: logpoint({ does: 'timer', until: { file: 'hanoi.ts', line: 9 } }) });
  await probe.insert(processOf());
  mechanism.last.sink.take([hit({}, { measure: 3 }), hit({}, { measure: 40 })], 100);
  expect(probe.report().state).toBe('paused');
  await pass(5001);
  expect(probe.report().state).toBe('paused');
  expect(points).toMatchObject([{ kind: 'histogram', unit: 'ms', count: 2, sum: 43, min: 3, max: 40 }]);
  mechanism.last.sink.take([hit({}, { measure: 1 })]);
  await probe.end('removed');
  expect(points.map(({ count }) => count)).toEqual([2, 1]);
});

it('makes records with code attributes, trace and body, and counts what was lost', async () => {
  const { probe, mechanism, records } = probeHere({ what: logpoint({ message: 'moved {moves} for {who}', severityNumber: 13 }) });
  await probe.insert(processOf());
  mechanism.last.sink.take([hit({ moves: 3, disks: [1, { size: 2 }] }, { trace: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }, stack: ['move (hanoi.ts:3)'] })]);
  mechanism.last.sink.lost(4);
  expect(records).toMatchObject([{
    eventName: 'probe.moves', severityNumber: 13, severityText: 'WARN', body: 'moved 3 for {who}', traceId: 'a'.repeat(32), spanId: 'b'.repeat(16),
    attributes: { moves: 3, disks: [1, { size: 2 }], 'code.file.path': 'hanoi.ts', 'code.line.number': 3, 'code.function.name': 'move', 'process.pid': 7, 'weir.probe.id': 'p1', 'weir.probe.name': 'probe.moves', 'code.stacktrace': 'move (hanoi.ts:3)' },
  }]);
  expect(probe.report()).toMatchObject({ hits: 5, emitted: 1, suppressed: 4, places: [{ latest: [{ values: { moves: 3 }, stack: ['move (hanoi.ts:3)'] }] }] });
  await probe.end('removed');
});

it('has a short body where none was asked for: the attributes have it all, with its structure', async () => {
  const { probe, mechanism, records } = probeHere();
  await probe.insert(processOf());
  const towers = [[3, 2], [1], []];
  const sink = mechanism.last.sink;
  sink.take([hit({ user: 'ada', moves: 7, towers, state: { left: { size: 1 } } }), hit({ text: 'word '.repeat(50), more: 'x' }), hit(Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`name${at}`, at]))), hit()]);
  expect(records.slice(0, 2).map(({ body }) => body)).toEqual(['user=ada moves=7 towers=[3] state={1}', `text=${'word '.repeat(8)}… more=x`]);
  expect(records[0]?.attributes).toMatchObject({ towers, state: { left: { size: 1 } } });
  expect(String(records[2]?.body)).toMatch(/^name0=0 name1=1 .* …$/);
  expect(String(records[2]?.body).length).toBeLessThanOrEqual(122);
  expect(records[3]?.body).toBe('probe.moves');
  await probe.end('removed');
});

it('tells so much of a stack to those who look at the code', async () => {
  const { probe, mechanism } = probeHere();
  await probe.insert(processOf());
  mechanism.last.sink.take([hit({}, { stack: Array.from({ length: 50 }, (_, at) => `f${at} (${'deep/'.repeat(100)}a.ts:1)`) }), hit({ a: 1 })]);
  const [first, second] = probeReport.parse(probe.report()).places[0]!.latest;
  expect([first?.stack?.length, first?.stack?.[29]?.slice(0, 9), first?.stack?.every((frame) => frame.length <= 300), second?.stack]).toEqual([30, 'f29 (deep', true, undefined]);
  await probe.end('removed');
});

it('that went in by half is told as such, and stays noted', async () => {
  const mechanism = new FakeMechanism();
  const settled: string[] = [];
  Object.assign(mechanism, { insert: async () => stillIn('V8 did not take the change.') });
  const { probe, news } = probeHere({ mechanism, settled });
  await probe.insert(processOf());
  await pass(0);
  expect(probe.report()).toMatchObject({ state: 'failed', end: 'fault', why: { code: 'probe.not-removed', message: 'It could not be inserted: V8 did not take the change; and what had been put in could not be taken out.' }, places: [{ state: 'failed' }] });
  expect([settled, news.at(-1)]).toEqual([[], 'failed']);
  const gate = Promise.withResolvers<undefined>();
  Object.assign(mechanism, { insert: () => gate.promise.then(() => stillIn('It was too late.')) });
  const other = probeHere({ mechanism, settled });
  void other.probe.insert(processOf());
  await pass(0);
  const ended = other.probe.end('removed');
  gate.resolve(undefined);
  expect([await ended, settled, other.probe.report().places[0]?.why?.code]).toEqual([false, [], 'probe.not-removed']);
});

it('lets no secret out that it captured, wherever it stands', async () => {
  const random = seededRandom(7);
  for (const generator of generators.filter(({ detector }) => detector.startsWith('github') || detector === 'jwt' || detector === 'email').slice(0, 5)) {
    const { secret } = generator.positive(random);
    const { probe, mechanism, records } = probeHere({ what: logpoint({ message: 'saw {text} and {nested}' }) });
    await probe.insert(processOf());
    mechanism.last.sink.take([hit({ text: `it is ${secret}`, nested: { deep: [{ of: secret }] } }, { stack: [`run (${secret})`] })]);
    expect(JSON.stringify([records, probe.report()], (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(secret);
    await probe.end('removed');
  }
  const word = Array.from({ length: 12 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
  const { probe, mechanism, records } = probeHere();
  await probe.insert(processOf());
  mechanism.last.sink.take([hit({ password: word, 'user.apiKey': word, token: { inner: [word] }, pair: { name: 'password', value: word }, secret: 123_456, user: 'ann' })]);
  expect(JSON.stringify([records[0]?.attributes, records[0]?.body, probe.report().places[0]?.latest])).not.toMatch(new RegExp(`${word}|123456`));
  expect(records[0]?.attributes).toMatchObject({ user: 'ann' });
  await probe.end('removed');
});

describe('its end', () => {
  it('comes with its process; a probe of a service waits for the next', async () => {
    const [one, many] = [probeHere(), probeHere({ waits: true })];
    await one.probe.insert(processOf());
    await many.probe.insert(processOf());
    one.mechanism.last.sink.ended('process-gone', null);
    many.probe.gone(processOf());
    await pass(1);
    expect(one.probe.report()).toMatchObject({ state: 'ended', end: 'process-gone' });
    expect(many.probe.report()).toMatchObject({ state: 'inserting', end: null, places: [{ state: 'ended' }] });
    await many.probe.insert(processOf(8));
    expect(many.probe.report().state).toBe('active');
    await many.probe.end('removed');
  });

  it('is a refusal where the mechanism says no', async () => {
    const mechanism = new FakeMechanism();
    mechanism.refuses = { code: 'probe.side-effect', message: 'It changes something.' };
    const { probe } = probeHere({ mechanism });
    await probe.insert(processOf());
    await pass(1);
    expect(probe.report()).toMatchObject({ state: 'refused', end: 'refused', why: { code: 'probe.side-effect' }, places: [{ state: 'refused' }] });
  });

  it('is tried again, and told, where it does not come out', async () => {
    const mechanism = new FakeMechanism();
    const { probe } = probeHere({ mechanism });
    await probe.insert(processOf());
    mechanism.stuck = 2;
    const second = probe.end('removed');
    await pass(2000);
    expect([await second, mechanism.last.removes, probe.report().state]).toEqual([true, 3, 'ended']);
    const other = probeHere({ mechanism });
    await other.probe.insert(processOf());
    mechanism.stuck = 100;
    const ending = other.probe.end('removed');
    await pass(2000);
    expect([await ending, other.probe.report()]).toMatchObject([false, { state: 'failed', end: 'removed', why: { code: 'probe.not-removed' } }]);
  });

  it('is a fault where it cannot come back from a pause', async () => {
    const { probe, mechanism } = probeHere({ limits: { maxPerSecond: 1 } });
    await probe.insert(processOf());
    mechanism.resumeFails = true;
    mechanism.last.sink.take(hits(5));
    await pass(1100);
    expect(probe.report()).toMatchObject({ state: 'failed', end: 'fault', why: { code: 'probe.gone' } });
    expect(mechanism.last.state).toBe('out');
  });
});
