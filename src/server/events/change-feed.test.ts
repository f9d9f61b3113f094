import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { ChangeFeed } from './change-feed.ts';

class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  readonly sent: string[] = [];
  send(text: string): void { this.sent.push(text); }
}

it('tells a browser at once and whenever something changed, much of it together, and no more when it has left', () => {
  vi.useFakeTimers();
  let change = (): void => { /* nobody listens */ };
  const feed = new ChangeFeed({ onChange: (listener) => { change = listener; return () => true; } });
  const socket = new FakeSocket();
  feed.accept(socket as unknown as WebSocket);
  expect(socket.sent).toEqual(['{"type":"drift"}']);
  for (let i = 0; i < 5; i++) change();
  vi.advanceTimersByTime(250);
  expect(socket.sent).toHaveLength(2);
  socket.emit('close');
  change();
  vi.advanceTimersByTime(250);
  expect(socket.sent).toHaveLength(2);
  vi.useRealTimers();
});
