// Tells browsers that there is something else to read about changes of events: a word, not the changes, which they ask for as anybody may who may read them.
import type { WebSocket } from 'ws';
import type { DriftNotice } from '../../model/index.ts';
import type { DriftLog } from './drift-log.ts';

const mostWatchers = 1000;
/** However much changes, a browser hears of it four times a second at most. */
const quietMs = 250;
/** WebSocket close code of RFC 6455, section 7.4.1. */
const tryAgainLater = 1013;

export class ChangeFeed {
  readonly #watchers = new Set<WebSocket>();
  #isWaiting = false;

  constructor(drift: Pick<DriftLog, 'onChange'>) { drift.onChange(() => { this.#soon(); }); }

  accept(socket: WebSocket): void {
    if (this.#watchers.size >= mostWatchers) return socket.close(tryAgainLater, 'Too many browsers watch.');
    this.#watchers.add(socket);
    socket.on('close', () => { this.#watchers.delete(socket); });
    // What changed while nobody was told is read, too.
    tell(socket);
  }

  #soon(): void {
    if (this.#watchers.size === 0 || this.#isWaiting) return;
    this.#isWaiting = true;
    setTimeout(() => {
      this.#isWaiting = false;
      for (const socket of this.#watchers) tell(socket);
    }, quietMs).unref();
  }
}

const notice: DriftNotice = { type: 'drift' };
const tell = (socket: WebSocket): void => { if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(notice)); };
