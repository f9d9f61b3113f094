// A recording in place of the live tail, through client and service over message channels.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { encodeFrames, type RecorderFrame } from '../../../engine/index.ts';
import { codec, encodeLogs } from '../../../otlp/index.ts';
import { failure, ok } from '../../../base/index.ts';
import type { ReadFile } from './recording.ts';
import { TailService } from './tail-service.ts';
import { log } from './testing/frames.ts';

const frame = (atUnixMs: number, signal: RecorderFrame['signal'], body: string): RecorderFrame => ({ signal, key: '', atUnixMs, records: 1, epoch: -1, bytes: encodeLogs({ 'service.name': 'cart' }, 'test', [log(body)]) });
const services: TailService[] = [];
afterEach(() => { for (const service of services.splice(0)) service.do({ type: 'close' }); });

function serviceOf(readFile: ReadFile) {
  const opened: string[] = [];
  const service = new TailService(codec, {
    readFile, openSource: url => { opened.push(url); return { connect: () => undefined, send: () => undefined, close: () => undefined }; },
    nowMs: () => 1_800_000_000_000, random: () => 0.5, later: run => { const timer = setTimeout(run, 0); return () => clearTimeout(timer); }, monotonicMs: () => performance.now(), soon: run => { setTimeout(run, 0); },
  }, () => undefined, { maxRows: 1000, maxBytes: 1e8 });
  services.push(service);
  const open = (recording: string | null, signals: readonly ('logs' | 'spans' | 'metrics')[] = ['logs']) => service.do({ type: 'open', url: 'ws://live', options: { signals, stage: 'out', maxRecordsPerSecond: 10, recording: recording === null ? null : { url: recording, agent: 'cart-1' } } });
  return { service, open, opened };
}

const file = encodeFrames([frame(2000, 'logs', 'later'), frame(1000, 'logs', 'earlier')]);

describe('a recording', () => {
  it('fills the buffer oldest first, and is not connected to anything', async () => {
    const { service, open, opened } = serviceOf(async (_, progress) => { progress(file.length, file.length); return ok(file); });
    open('http://x/content');
    expect(service.state().recording?.status).toBe('reading');
    await vi.waitFor(() => expect(service.state().matched).toBe(2));
    expect(service.state().recording).toMatchObject({ status: 'read', records: { logs: 2, spans: 0, metrics: 0 }, leftBytes: 0, problem: null, receivedBytes: file.length });
    expect(service.store.agentName(1)).toBe('cart-1');
    expect(opened).toEqual([]);
    service.do({ type: 'filter', kql: '', plan: null });
    expect(opened).toEqual([]);
  });

  it('is left for what is live, with an empty buffer', async () => {
    const { service, open, opened } = serviceOf(async () => ok(file));
    open('http://x/content');
    await vi.waitFor(() => expect(service.state().buffered).toBe(2));
    open(null);
    expect(service.state()).toMatchObject({ buffered: 0, recording: null });
    expect(opened).toEqual(['ws://live']);
  });

  it('is filled anew when other signals are chosen, without reading the file again', async () => {
    const read = vi.fn<ReadFile>(async () => ok(file));
    const { service, open } = serviceOf(read);
    open('http://x/content', ['spans']);
    await vi.waitFor(() => expect(service.state().recording?.status).toBe('read'));
    expect(service.state().buffered).toBe(0);
    open('http://x/content', ['logs']);
    await vi.waitFor(() => expect(service.state().buffered).toBe(2));
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('with a damaged end shows what comes before it, and says how much is lost', async () => {
    const { service, open } = serviceOf(async () => ok(file.slice(0, -3)));
    open('http://x/content');
    await vi.waitFor(() => expect(service.state().buffered).toBe(1));
    expect(service.state().recording).toMatchObject({ status: 'read', problem: 'It ends within a frame.' });
    expect(service.state().recording?.leftBytes).toBeGreaterThan(0);
  });

  it('that cannot be read says why; one that was left while it was read changes nothing', async () => {
    const { service, open } = serviceOf(async () => failure('recording.refused', 'No artifact has this id', 'It may have been deleted.'));
    open('http://x/content');
    await vi.waitFor(() => expect(service.state().recording).toMatchObject({ status: 'failed', problem: 'No artifact has this id It may have been deleted.' }));
    let finish: () => void = () => undefined;
    const slow = serviceOf(async () => { await new Promise<void>(resolve => { finish = resolve; }); return ok(file); });
    slow.open('http://x/content');
    slow.open(null);
    finish();
    await new Promise(resolve => { setTimeout(resolve, 20); });
    expect(slow.service.state()).toMatchObject({ buffered: 0, recording: null });
  });
});
