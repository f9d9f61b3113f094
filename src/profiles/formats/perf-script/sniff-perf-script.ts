// Told from folded stacks and other text by its first sample.
import { decodeUtf8 } from '../../../base/index.ts';
import { eachLine } from '../text/index.ts';
import { beginsWithAddress, isFrameLine, perfFrame } from './frame-line.ts';
import { perfHeader } from './header-line.ts';

const lookedAt = 64 * 1024;

/** Whether a sample's header stands among the first lines, with a place in a stack below it or beside it, or with a time and an event. */
export function looksLikePerfScript(bytes: Uint8Array): boolean {
  let [header, found] = [false, false];
  eachLine(bytes.subarray(0, lookedAt), (from, to) => {
    if (found) return;
    const line = decodeUtf8(bytes, from, Math.min(to, from + 4096));
    if (line.trim() === '' || line.startsWith('#')) return;
    if (header && /^\s/.test(line) && isFrameLine(line) && perfFrame(line) !== null) { found = true; return; }
    const read = perfHeader(line);
    header = read !== null;
    found = read !== null && (read.rest === '' ? read.event !== '' && !Number.isNaN(read.seconds) : beginsWithAddress(read.rest) && perfFrame(read.rest) !== null);
  });
  return found;
}
