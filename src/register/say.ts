// What Weir tells the person who runs the app: one line on stderr, never more than a few in the life of a process. The rest is
// for NODE_DEBUG=weir.
import { debuglog } from 'node:util';

/** Lines that one thread may write. */
const most = 20;
let said = 0;

/** Each reason once is the caller's matter. */
export function say(message: string): void {
  if (said++ < most) process.stderr.write(`weir: ${message}\n`);
}

export const debug: (message: string) => void = debuglog('weir');
