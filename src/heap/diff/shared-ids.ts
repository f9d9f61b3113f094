// The nodes of two snapshots that have the same id, by sorting both: linear, however a file numbers its nodes.

const digitBits = 11;
const digitMask = 2 ** digitBits - 1;

/** Rows by ascending id, equal ids in the file's order: a radix sort in three passes, 8 bytes a node. */
export function rowsById(ids: Uint32Array): Uint32Array {
  let rows = Uint32Array.from(ids, (_, row) => row);
  let sorted = new Uint32Array(ids.length);
  for (let shift = 0; shift < 32; shift += digitBits) {
    const next = startsOf(ids, shift);
    for (const row of rows) sorted[next[(ids[row]! >>> shift) & digitMask]!++] = row;
    [rows, sorted] = [sorted, rows];
  }
  return rows;
}

/** By digit: how many ids have a lower one. */
function startsOf(ids: Uint32Array, shift: number): Uint32Array {
  const counts = new Uint32Array(digitMask + 2);
  for (const id of ids) counts[((id >>> shift) & digitMask) + 1]!++;
  for (let digit = 1; digit < counts.length; digit++) counts[digit]! += counts[digit - 1]!;
  return counts;
}

/** Each node of one with its counterpart in the other; where an id is there more than once, the first with the first and so on. */
export function eachShared(before: Uint32Array, after: Uint32Array, visit: (rowBefore: number, rowAfter: number) => void): void {
  const [earlier, later] = [rowsById(before), rowsById(after)];
  for (let at = 0, to = 0; at < earlier.length && to < later.length;) {
    const [id, other] = [before[earlier[at]!]!, after[later[to]!]!];
    if (id === other) visit(earlier[at++]!, later[to++]!);
    else if (id < other) at++;
    else to++;
  }
}
