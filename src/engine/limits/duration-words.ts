// Spans of time in the sentences of a machine, as a person writes them: "30 s", "3 m 20 s", "200 ms". At most two units.

const units: readonly (readonly [name: string, nanos: bigint])[] = [['d', 86_400_000_000_000n], ['h', 3_600_000_000_000n], ['m', 60_000_000_000n], ['s', 1_000_000_000n], ['ms', 1_000_000n], ['µs', 1000n], ['ns', 1n]];

export function durationWords(nanos: bigint): string {
  const at = units.findIndex(([, size]) => nanos >= size);
  if (at < 0) return '0 s';
  const [name, size] = units[at]!;
  const next = at < 3 ? units[at + 1]! : undefined;
  const rest = next === undefined ? 0n : (nanos % size) / next[1];
  // Below a minute a fraction reads better than two units.
  if (name === 's') return `${Number(nanos / 1_000_000n) / 1000} s`;
  return `${nanos / size} ${name}${rest > 0n && next !== undefined ? ` ${rest} ${next[0]}` : ''}`;
}
