// The cord of this machine's agent as somebody beside it sees it, such as `weir probe` in a terminal: how it stood last, and an order that no agent
// has carried out yet, which counts at once.
import type { Failure } from '../../base/index.ts';
import type { Files } from '../ports/index.ts';
import { orderFile, readOrder, watchFiles } from './local-order.ts';
import { refusalOf } from './rip-cord.ts';
import { readState, stateFile } from './state.ts';

/** Why nothing dynamic may run here; null when it may. */
export async function cordHere(files: Pick<Files, 'read'>, nowUnixMs: number): Promise<Failure | null> {
  const [state, order] = [await readState(files, nowUnixMs), await readOrder(files)];
  if (order === null || order.id === state.handled) return refusalOf(state);
  const { pulled, by, atUnixMs, reason } = order;
  return refusalOf({ server: state.server, machine: pulled ? { from: 'machine', by, atUnixMs, reason } : null });
}

/** Looks at once and from then on; calls `pulled` the first time that it is. Ends with what it gives. */
export function watchCordHere(directory: string, files: Pick<Files, 'read'>, nowUnixMs: () => number, pulled: (why: Failure) => void): () => void {
  let isOver = false;
  const stop = (): void => { isOver = true; stopWatching(); };
  const look = (): void => {
    void cordHere(files, nowUnixMs()).then((why) => {
      if (isOver || why === null) return;
      stop();
      pulled(why);
    });
  };
  const stopWatching = watchFiles(directory, [orderFile, stateFile], look);
  look();
  return stop;
}
