// The largest few of many, without sorting all of them: a heap of as many as are wanted, the smallest of them on top.

/** The largest by `size`, largest first, `limit` at most. */
export function largest<Item>(items: Iterable<Item>, limit: number, size: (item: Item) => number): Item[] {
  const heap: Item[] = [];
  if (limit <= 0) return heap;
  for (const item of items) {
    if (heap.length < limit) { heap.push(item); up(heap, size); }
    else if (size(item) > size(heap[0]!)) { heap[0] = item; down(heap, size); }
  }
  return heap.sort((a, b) => size(b) - size(a));
}

function up<Item>(heap: Item[], size: (item: Item) => number): void {
  for (let at = heap.length - 1; at > 0;) {
    const over = (at - 1) >> 1;
    if (size(heap[over]!) <= size(heap[at]!)) return;
    [heap[over], heap[at]] = [heap[at]!, heap[over]!];
    at = over;
  }
}

function down<Item>(heap: Item[], size: (item: Item) => number): void {
  for (let at = 0; ;) {
    let least = at;
    for (const under of [2 * at + 1, 2 * at + 2]) if (under < heap.length && size(heap[under]!) < size(heap[least]!)) least = under;
    if (least === at) return;
    [heap[least], heap[at]] = [heap[at]!, heap[least]!];
    at = least;
  }
}
