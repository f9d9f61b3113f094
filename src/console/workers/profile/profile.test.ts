// @vitest-environment node
// The profile worker over real files: what it answers, what it says when it cannot, and that nothing of what it keeps is moved away.
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { foldedStacks, madeCpuProfile } from '../../../../mocks/index.ts';
import { wholeProfile } from '../../../profiles/index.ts';
import { CallFailure } from '../calls/index.ts';
import { packTexts, textReader } from './texts.ts';
import { profileInProcess } from './testing/in-process.ts';
import type { OpenedProfile, ProfileProgress } from './types.ts';

const made = madeCpuProfile({ hot: true, seconds: 4, startUnixMs: 0, seed: 4 });
const fileOf = (bytes: Uint8Array, name: string) => new File([bytes.slice()], name);
const client = profileInProcess;
const open = async (bytes = made, name = 'checkout.cpuprofile') => { const held = client(); return { held, profile: await held.ask({}, 'open', { kind: 'file', file: fileOf(bytes, name) }, 0) }; };
const rowOf = (profile: OpenedProfile, name: string) => { const text = textReader(profile.texts); return profile.functions.name.findIndex(row => text(row) === name); };
const time = (profile: OpenedProfile, idle = false) => ({ ...wholeProfile, weight: profile.defaultWeight, idle });

afterEach(() => vi.unstubAllGlobals());

describe('a profile that is open', () => {
  it('tells its facts, and names its functions once', async () => {
    const { profile } = await open();
    expect(profile).toMatchObject({ format: 'cpuprofile', fileName: 'checkout.cpuprofile', fileBytes: made.length, hasTimes: true, part: 0 });
    expect(profile.durationNanos).toBeGreaterThan(3.9e9);
    expect(rowOf(profile, 'hanoi')).toBeGreaterThanOrEqual(0);
    expect(profile.stackFunction).toHaveLength(profile.stackParent.length);
  });
  it('answers the same twice: what is moved to the page is a copy', async () => {
    const { held, profile } = await open();
    const first = await held.ask({}, 'merged', time(profile));
    const second = await held.ask({}, 'merged', time(profile));
    expect(second.tree.total).toEqual(first.tree.total);
    const top = await held.ask({}, 'top', time(profile));
    expect(top.self.reduce((sum, self) => sum + self, 0)).toBeCloseTo(first.tree.total[0] ?? 0, -3);
    const row = rowOf(profile, 'hanoi');
    const { callees } = await held.ask({}, 'sandwich', time(profile), row);
    expect(callees.tree.total[0]).toBeGreaterThan(0);
    expect((await held.ask({}, 'lines', time(profile), row)).rows.length).toBeGreaterThan(0);
    expect((await held.ask({}, 'heat', { columns: 10, fromNanos: 0, toNanos: profile.durationNanos ?? 1 })).cells).toHaveLength(10);
    expect((await held.ask({}, 'timeOrder', time(profile))).node.length).toBeGreaterThan(10);
  });
  it('leaves out the time in which nothing ran, and says how much that was', async () => {
    const { held, profile } = await open();
    const weight = profile.weights[profile.defaultWeight]!;
    const totalOf = async (idle: boolean) => (await held.ask({}, 'merged', time(profile, idle))).tree;
    const [busy, all] = [await totalOf(false), await totalOf(true)];
    expect(weight.idle).toBeGreaterThan(0);
    expect(all.total[0]).toBeCloseTo(weight.total, -3);
    expect((busy.total[0] ?? 0) + weight.idle).toBeCloseTo(weight.total, -3);
    expect([busy, all].map(tree => tree.function.includes(rowOf(profile, '(idle)')))).toEqual([false, true]);
    expect((await held.ask({}, 'timeOrder', time(profile))).function).toContain(rowOf(profile, '(idle)'));
  });
  it('finds functions by a pattern, and says when it is none', async () => {
    const { held, profile } = await open();
    const found = await held.ask({}, 'match', 'HANOI|^move$', false);
    expect([...found.keys()].filter(row => found[row] === 1)).toEqual([rowOf(profile, 'hanoi'), rowOf(profile, 'move')].toSorted((a, b) => a - b));
    await expect(held.ask({}, 'match', '(', false)).rejects.toThrow(/pattern cannot be read/);
  });
  it('is compared with another, by names', async () => {
    const { held, profile } = await open();
    await expect(held.ask({}, 'diff', time(profile))).rejects.toThrow(/nothing to compare with/);
    await held.ask({}, 'openBase', { kind: 'file', file: fileOf(madeCpuProfile({ hot: false, seconds: 4, startUnixMs: 0, seed: 5 }), 'before.cpuprofile') });
    const { tree, functions } = await held.ask({}, 'diff', time(profile));
    expect(functions.count).toBeGreaterThanOrEqual(profile.functions.count);
    const hanoi = tree.function.indexOf(rowOf(profile, 'hanoi'));
    expect(tree.before.totalSamples[hanoi]).toBe(0);
    expect(tree.change[hanoi]).toBeGreaterThan(5);
  });
  it('is written for other tools, and read again', async () => {
    const { held, profile } = await open();
    for (const format of ['pprof', 'folded', 'speedscope'] as const) {
      const written = await held.ask({}, 'save', format, time(profile));
      const again = await open(new Uint8Array(await written.arrayBuffer()), `again.${format === 'pprof' ? 'pb.gz' : format === 'folded' ? 'folded' : 'json'}`);
      expect(rowOf(again.profile, 'hanoi')).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('a file that cannot be read', () => {
  it('is said with cause and next step', async () => {
    const failure = await open(made.slice(0, 2000)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CallFailure);
    expect((failure as CallFailure).message).toContain('checkout.cpuprofile');
    expect((failure as CallFailure).help.length).toBeGreaterThan(10);
    await expect(open(new TextEncoder().encode('%PDF-1.7'), 'x.pdf')).rejects.toBeInstanceOf(CallFailure);
    await expect(open(Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3), 'cut.pb.gz')).rejects.toThrow(/gzip, but cannot be unpacked/);
  });
});

describe('an artifact', () => {
  const ask = (held = client(), progress: ProfileProgress[] = []) => held.ask({ progress: step => progress.push(step) }, 'open', { kind: 'artifact', url: 'http://127.0.0.1/content', name: 'a.folded', bytes: 0 }, 0);
  it('streams in with its share, with or without a length', async () => {
    const bytes = foldedStacks();
    const half = bytes.length >> 1;
    const body = () => new ReadableStream<Uint8Array>({ start: out => { out.enqueue(bytes.slice(0, half)); out.enqueue(bytes.slice(half)); out.close(); } });
    const progress: ProfileProgress[] = [];
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(body(), { headers: { 'content-length': String(bytes.length) } })));
    expect((await ask(undefined, progress)).fileBytes).toBe(bytes.length);
    expect(progress.filter(({ stage }) => stage === 'fetching').map(({ share }) => share)).toEqual([half / bytes.length, 1]);
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(body())));
    expect((await ask()).fileBytes).toBe(bytes.length);
  });
  it('says the server\'s own words when it is refused, and when nobody answers', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ error: { message: 'No artifact has this id', help: 'It may have been deleted.' } }, { status: 404 })));
    await expect(ask()).rejects.toMatchObject({ message: 'No artifact has this id', help: 'It may have been deleted.' });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    await expect(ask()).rejects.toMatchObject({ message: 'The server does not answer.' });
  });
  it('too large for a page is not begun', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('x', { headers: { 'content-length': String(3 * 2 ** 30) } })));
    await expect(ask()).rejects.toThrow(/larger than 1 GiB/);
  });
  it('ends with the client: who waits is told', async () => {
    vi.stubGlobal('fetch', () => new Promise(() => undefined));
    const held = client();
    const waiting = ask(held);
    held.close();
    await expect(waiting).rejects.toThrow(/closed/);
  });
});

it('texts come out as they went in', () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: 'grapheme' })), texts => {
    const read = textReader(packTexts(texts));
    expect(texts.map((_, row) => read(row))).toEqual(texts);
    expect(read(-1)).toBe('');
  }));
});
