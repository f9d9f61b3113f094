// Memory maps summed by what they map, and threads with what they wait for.
import type { Proc } from '../../processes/index.ts';

const [mostMaps, mostThreads] = [200, 2000];

/** Bytes of address space by file or kind, the largest first. */
export function mapsOf(text: string) {
  const sizes = new Map<string, { bytes: number; regions: number }>();
  for (const line of text.split('\n')) {
    const [, from, to, name = ''] = /^([0-9a-f]+)-([0-9a-f]+) \S+ \S+ \S+ \d+\s*(.*)$/.exec(line) ?? [];
    if (from === undefined || to === undefined) continue;
    const sum = sizes.get(name || '[anonymous]') ?? { bytes: 0, regions: 0 };
    sizes.set(name || '[anonymous]', { bytes: sum.bytes + Number.parseInt(to, 16) - Number.parseInt(from, 16), regions: sum.regions + 1 });
  }
  const all = [...sizes].map(([name, sum]) => ({ name, ...sum })).toSorted((a, b) => b.bytes - a.bytes);
  return { count: all.length, largest: all.slice(0, mostMaps) };
}

export async function threadsOf(proc: Proc, pid: number) {
  const ids = await proc.list(pid, 'task') ?? [];
  const threads: object[] = [];
  for (const id of ids.slice(0, mostThreads)) {
    const [stat, waitsIn] = [await threadStat(proc, pid, id), await proc.text(pid, `task/${id}/wchan`)];
    if (stat !== null) threads.push({ id: Number(id), ...stat, waitsIn: waitsIn === '0' || waitsIn === '' ? null : waitsIn });
  }
  return { count: ids.length, threads };
}

async function threadStat(proc: Proc, pid: number, id: string): Promise<{ name: string; state: string; cpuTicks: number } | null> {
  const text = await proc.text(pid, `task/${id}/stat`) ?? '';
  const close = text.lastIndexOf(')');
  const fields = text.slice(close + 2).split(' ');
  return close < 0 ? null : { name: text.slice(text.indexOf('(') + 1, close), state: fields[0] ?? '', cpuTicks: Number(fields[11]) + Number(fields[12]) };
}
