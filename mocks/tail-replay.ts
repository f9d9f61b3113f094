// Replays the recorded OTLP traffic as tail frames, over and over, with times shifted to now. It plays the far end of the
// tail: requests in (subscribe, unsubscribe), frames and notices out. Filters are not pushed down here: the page filters again anyway.
import { encodeTailFrame, tailRequest } from '../src/model/index.ts';
import type { Signal, SubscriptionId, TailNotice, TailRequest } from '../src/model/index.ts';
import { objectToProtobuf } from '../src/otlp/index.ts';

/** One recorded export request: OTLP/JSON, `atMs` after the start of the recording. */
export interface RecordedRequest { readonly atMs: number; readonly signal: Signal; readonly body: unknown }
export interface TailReplay { receive(request: string): void; stop(): void }

const tickMs = 200;
const agentOrdinal = 1;

/** `post` gets an ArrayBuffer (a tail frame) or a JSON text (a notice). */
export function replayTail(traffic: readonly RecordedRequest[], post: (data: ArrayBuffer | string) => void): TailReplay {
  let timer: ReturnType<typeof setInterval> | null = null;
  let subscription = 0;
  const stop = () => { if (timer !== null) clearInterval(timer); timer = null; };
  const notice = (body: TailNotice) => post(JSON.stringify(body));
  const start = (request: Extract<TailRequest, { type: 'subscribe' }>) => {
    stop();
    subscription += 1;
    const player = createPlayer(traffic.filter(each => request.signals.includes(each.signal)));
    notice({ type: 'subscribed', subscription, agents: 2, agentsTotal: 3, names: { 1: 'shop-1', 2: 'shop-2' } });
    timer = setInterval(() => {
      for (const recorded of player.due(Date.now())) {
        const frame = toFrame(recorded, request.stage, subscription);
        if (frame) post(frame);
      }
    }, tickMs);
  };
  return {
    receive(text) {
      const request = tailRequest.safeParse(JSON.parse(text));
      if (request.success && request.data.type === 'subscribe') start(request.data); else stop();
    },
    stop,
  };
}

interface Shifted { readonly request: RecordedRequest; readonly shiftMs: number }

/** Loops over the recording; each call gives what became due since the last. */
function createPlayer(traffic: readonly RecordedRequest[]): { due(nowMs: number): readonly Shifted[] } {
  const lengthMs = Math.max(1000, ...traffic.map(each => each.atMs)) + tickMs;
  let startedMs: number | null = null;
  let doneMs = -1;
  const base = recordedStartMs(traffic);
  return {
    due(nowMs) {
      startedMs ??= nowMs;
      const toMs = nowMs - startedMs;
      const due: Shifted[] = [];
      for (let loop = Math.floor(Math.max(0, doneMs) / lengthMs); loop * lengthMs <= toMs; loop++) {
        for (const request of traffic) {
          const atMs = loop * lengthMs + request.atMs;
          if (atMs > doneMs && atMs <= toMs) due.push({ request, shiftMs: startedMs + loop * lengthMs - base });
        }
      }
      doneMs = toMs;
      return due;
    },
  };
}

const timeKeys = new Set(['timeUnixNano', 'observedTimeUnixNano', 'startTimeUnixNano', 'endTimeUnixNano']);

/** Unix milliseconds of the recording's start: its newest time in the first requests, near enough for a replay. */
export function recordedStartMs(traffic: readonly RecordedRequest[]): number {
  const first = traffic[0];
  let newest = 0n;
  JSON.stringify(first?.body ?? null, (key, value: unknown) => { if (timeKeys.has(key)) { const nanos = BigInt(String(value)); if (nanos > newest) newest = nanos; } return value; });
  return Number(newest / 1_000_000n) - (first?.atMs ?? 0);
}

function toFrame({ request, shiftMs }: Shifted, stage: 'in' | 'out', subscription: number): ArrayBuffer | null {
  const shifted = shiftRequest(request, shiftMs);
  if (shifted === null) return null;
  const bytes = encodeTailFrame({ signal: request.signal, stage, subscription: subscription as SubscriptionId, records: shifted.records, shedByAgent: 0, shedByServer: 0, agentOrdinal, ratio: 1, sentUnixMs: Date.now(), payload: shifted.payload });
  return bytes.slice().buffer;
}

/** The request as OTLP protobuf with its times moved by so many milliseconds; null when it is not OTLP. */
export function shiftRequest(request: RecordedRequest, shiftMs: number): { readonly records: number; readonly payload: Uint8Array } | null {
  const shiftNanos = BigInt(Math.round(shiftMs)) * 1_000_000n;
  let records = 0;
  const body: unknown = JSON.parse(JSON.stringify(request.body), (key, value: unknown) => {
    if (Array.isArray(value) && (key === 'logRecords' || key === 'spans' || key === 'dataPoints')) records += value.length;
    return timeKeys.has(key) && (typeof value === 'string' || typeof value === 'number') && BigInt(value) > 0n ? String(BigInt(value) + shiftNanos) : value;
  });
  const payload = objectToProtobuf(request.signal, body);
  return payload.ok ? { records, payload: payload.value } : null;
}
