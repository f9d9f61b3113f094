import { describe, expect, it } from 'vitest';
import { decodeTailFrame, type TailNotice, type TailSubscribe } from '../../model/index.ts';
import { tailFrame } from '../testing/fake-agent.ts';
import { maxBufferedBytes, Tail, type TailSink } from './tail.ts';

class NullSink implements TailSink {
  bufferedBytes = 0;
  readonly notices: TailNotice[] = [];
  readonly frames: Uint8Array[] = [];
  sendText(text: string): void { this.notices.push(JSON.parse(text) as TailNotice); }
  sendBytes(bytes: Uint8Array): void { this.frames.push(bytes); }
}

const subscription: TailSubscribe = { subscription: 5, signals: ['logs'], stage: 'out', plan: null, maxRecordsPerSecond: 100 };
const payload = Uint8Array.of(1, 2, 3);

function setUp() {
  const sink = new NullSink();
  const shed: number[] = [];
  const tail = new Tail(sink, (records) => shed.push(records));
  tail.start(subscription);
  return { sink, tail, shed };
}

describe('a tail', () => {
  it('passes the payload on untouched and stamps the header', () => {
    const { sink, tail } = setUp();
    tail.forward(tailFrame(5, 10, payload, 4), 3);
    expect(decodeTailFrame(sink.frames[0] as Uint8Array)).toMatchObject({ records: 10, shedByAgent: 4, shedByServer: 0, agentOrdinal: 3, payload });
  });
  it('takes no frame of another subscription, of another version, or too short', () => {
    const { sink, tail } = setUp();
    tail.forward(tailFrame(6, 10, payload), 3);
    const future = tailFrame(5, 10, payload);
    future[0] = 2;
    tail.forward(future, 3);
    tail.forward(tailFrame(5, 1, payload).subarray(0, 39), 3);
    tail.stop();
    tail.forward(tailFrame(5, 10, payload), 3);
    expect(sink.frames).toEqual([]);
  });
  it('counts whole frames that a slow browser misses, and what their agents had shed, into the next one', () => {
    const { sink, tail, shed } = setUp();
    sink.bufferedBytes = maxBufferedBytes + 1;
    tail.forward(tailFrame(5, 10, payload, 2), 1);
    tail.forward(tailFrame(5, 20, payload), 1);
    sink.bufferedBytes = 0;
    tail.forward(tailFrame(5, 1, payload), 1);
    tail.forward(tailFrame(5, 1, payload), 1);
    expect(sink.frames.map((frame) => decodeTailFrame(frame)?.shedByServer)).toEqual([32, 0]);
    expect(shed).toEqual([10, 20]);
  });
  it('tells of them once when no frame follows, but not into a full pipe', () => {
    const { sink, tail } = setUp();
    sink.bufferedBytes = maxBufferedBytes + 1;
    tail.forward(tailFrame(5, 10, payload), 1);
    tail.tellShed();
    expect(sink.notices).toEqual([]);
    sink.bufferedBytes = 0;
    tail.tellShed();
    tail.tellShed();
    tail.forward(tailFrame(5, 1, payload), 1);
    expect(sink.notices).toEqual([{ type: 'shed', records: 10 }]);
    expect(decodeTailFrame(sink.frames[0] as Uint8Array)?.shedByServer).toBe(0);
  });
});
