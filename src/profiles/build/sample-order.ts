// Times within a thread ascend in a profile; some files hold samples in another order (several writers, corrected clocks).

/** Rows in the order of their times, equal times as they came; null when each thread's times ascend already. */
export function orderByTime(time: Float64Array, thread: Int32Array): Uint32Array | null {
  if (ascending(time, thread)) return null;
  const order = Uint32Array.from(time, (_, row) => row);
  return order.sort((left, right) => time[left]! - time[right]! || left - right);
}

function ascending(time: Float64Array, thread: Int32Array): boolean {
  const latest = new Map<number, number>();
  let current = -1;
  let last = -Infinity;
  for (let row = 0; row < time.length; row++) {
    if (thread[row] !== current) {
      latest.set(current, last);
      current = thread[row]!;
      last = latest.get(current) ?? -Infinity;
    }
    if (time[row]! < last) return false;
    last = time[row]!;
  }
  return true;
}

/** The values in the given order; as they are without one. */
export function reordered<T extends Int32Array | Float64Array>(values: T, order: Uint32Array | null): T {
  if (order === null) return values;
  const moved = values.slice() as T;
  for (let row = 0; row < order.length; row++) moved[row] = values[order[row]!]!;
  return moved;
}
