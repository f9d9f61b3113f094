// The signal file: `echo 60 > FILE` lets everything through for 60 seconds from then on. Empty: a minute. Never longer than an hour.
import { readFileSync, statSync } from 'node:fs';

const usualSeconds = 60;
const mostSeconds = 3600;
const mostBytes = 64;

/** Until when everything may leave, Unix milliseconds; 0 when there is no file or it says nothing that can be read. */
export function verboseUntil(path: string): number {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined || stats.size > mostBytes) return 0;
    const text = stats.size === 0 ? '' : readFileSync(path, 'utf8').trim();
    const seconds = text === '' ? usualSeconds : Number(text);
    return seconds > 0 ? stats.mtimeMs + Math.min(seconds, mostSeconds) * 1000 : 0;
  } catch {
    return 0;
  }
}
