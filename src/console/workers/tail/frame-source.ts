// Where frames come from, behind a port of three methods: the BFF's WebSocket, or a MessagePort with mock traffic.
import { tailNotice, type TailNotice, type TailRequest } from '../../../model/index.ts';

export interface FrameSourceEvents {
  opened(): void;
  /** A binary frame as it came. */
  frame(bytes: Uint8Array): void;
  notice(notice: TailNotice): void;
  closed(): void;
}

export interface FrameSource {
  /** Starts; events follow. A source is connected at most once. */
  connect(events: FrameSourceEvents): void;
  send(request: TailRequest): void;
  close(): void;
}

export type OpenFrameSource = (url: string) => FrameSource;

export function webSocketSource(url: string): FrameSource {
  let socket: WebSocket | null = null;
  return {
    connect(events) {
      socket = new WebSocket(url);
      socket.binaryType = 'arraybuffer';
      socket.onopen = () => events.opened();
      socket.onclose = () => events.closed();
      socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => deliver(event.data, events);
    },
    send(request) { if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(request)); },
    close() { socket?.close(); },
  };
}

/** The far end posts ArrayBuffers (frames) and JSON strings (notices) and receives JSON strings (requests). */
export function portSource(port: MessagePort): FrameSource {
  return {
    connect(events) {
      port.onmessage = (event: MessageEvent<string | ArrayBuffer>) => deliver(event.data, events);
      events.opened();
    },
    send(request) { port.postMessage(JSON.stringify(request)); },
    close() { port.postMessage(JSON.stringify({ type: 'unsubscribe' } satisfies TailRequest)); },
  };
}

function deliver(data: string | ArrayBuffer, events: FrameSourceEvents): void {
  if (typeof data !== 'string') { events.frame(new Uint8Array(data)); return; }
  const notice = tailNotice.safeParse(parse(data));
  if (notice.success) events.notice(notice.data);
}

function parse(text: string): unknown {
  try { return JSON.parse(text); } catch { return null; }
}
