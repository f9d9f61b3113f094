// Which packets of a capture lie in a time. Captures are in order of time, so the ends are found by halving.
import type { PacketClient } from '../../../workers/packets/index.ts';
import type { Span } from '../timeline/axis.ts';

/** Half open, by index. @param client of a capture of `packets` packets */
export async function packetsIn(client: Pick<PacketClient, 'rows'>, packets: number, part: Span | null): Promise<{ readonly from: number; readonly to: number }> {
  if (part === null) return { from: 0, to: packets };
  const timeAt = async (index: number) => (await client.rows(index, 1, '')).rows[0]?.timeMs ?? null;
  const first = async (after: (at: number) => boolean) => {
    let [low, high] = [0, packets];
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = await timeAt(middle);
      if (at !== null && after(at)) high = middle; else low = middle + 1;
    }
    return low;
  };
  const from = await first(at => at >= part.fromMs);
  return { from, to: Math.max(from, await first(at => at > part.toMs)) };
}
