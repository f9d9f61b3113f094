// How often the places of a probe were passed, by the kernel's own count: before filter and process are asked, so also calls that make no hit, and
// those of other processes that run the file. Each of them cost a trap. Format: kernel, uprobe_profile: `  FILE EVENT COUNT`, without the group.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** As the event is called in the kernel: the profile names no groups, so it must not be another probe's. */
export const eventName = (group: string, name: string): string => `${name}_${createHash('sha256').update(group).digest('hex').slice(0, 12)}`;

/** By event, of those that are defined; null when the kernel does not tell. */
export async function passesOf(root: string, events: readonly string[]): Promise<ReadonlyMap<string, number> | null> {
  const text = await readFile(join(root, 'uprobe_profile'), 'utf8').catch(() => null);
  if (text === null) return null;
  const wanted = new Set(events);
  return new Map([...text.matchAll(/ (\S+) +(\d+)$/gm)].filter(([, event]) => wanted.has(event ?? '')).map(([, event, count]) => [event ?? '', Number(count)]));
}

/** What passed beyond what was told as hits, or as lost: it has to be charged as well. */
export class UntoldPasses {
  #charged = 0;

  /** Hits and lost ones, which whoever counts them charges. */
  told(hits: number): void { this.#charged += hits; }

  /** `all`: ever. A pass whose hit is still on its way is charged now, and not again when the hit comes. */
  charge(all: number): number {
    const more = Math.max(0, all - this.#charged);
    this.#charged += more;
    return more;
  }
}
