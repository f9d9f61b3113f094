// The entries of a list in a document, put in another order as they stand in the text: comments, quotes and layout move along
// with their entry. A list that is not written one entry a line and below is written anew.
import { editRule, looseFields, placesOf, type RulePath } from '../../../rules/index.ts';

interface Block { readonly start: number; readonly end: number }

/** @param order the old index of each new place. Null when the text is no valid YAML or `path` is no list of that length. */
export function reordered(text: string, path: RulePath, order: readonly number[]): string | null {
  const list = listAt(text, path);
  if (list === null || list.length !== order.length) return null;
  const wanted = order.map((index) => list[index]);
  const moved = byLines(text, path, order);
  if (moved !== null && JSON.stringify(listAt(moved, path)) === JSON.stringify(wanted)) return moved;
  const written = editRule(text, [{ path, value: wanted }]);
  return written.ok ? written.value : null;
}

/** The text with `value` put in front of entry `at` of the list at `path`; null as with `reordered`. */
export function inserted(text: string, path: RulePath, at: number, value: unknown): string | null {
  const length = listAt(text, path)?.length ?? 0;
  const added = editRule(text, [length === 0 ? { path, value: [value] } : { path: [...path, length], value }]);
  if (!added.ok || at >= length) return added.ok ? added.value : null;
  const rest = Array.from({ length: length - at }, (_, i) => at + i);
  return reordered(added.value, path, [...Array.from({ length: at }, (_, i) => i), length, ...rest]);
}

/** `length` places in which the one at `from` has gone to `to`. */
export function movedOrder(length: number, from: number, to: number): readonly number[] {
  const order = Array.from({ length }, (_, i) => i);
  return order.toSpliced(from, 1).toSpliced(to, 0, from);
}

function listAt(text: string, path: RulePath): readonly unknown[] | null {
  let value: unknown = looseFields(text);
  for (const step of path) value = (value as Record<string | number, unknown> | null | undefined)?.[step];
  return Array.isArray(value) ? value : null;
}

function byLines(text: string, path: RulePath, order: readonly number[]): string | null {
  const places = placesOf(text);
  const blocks = order.map((_, index) => blockOf(text, places.range([...path, index])));
  const first = blocks[0];
  if (first === undefined || first === null) return null;
  let out = text.slice(0, first.start);
  for (const [at, index] of order.entries()) {
    const [block, here, before] = [blocks[index], blocks[at], blocks[at - 1]];
    if (block === null || block === undefined || here === null || here === undefined || before === null) return null;
    if (before !== undefined && here.start < before.end) return null;
    out += (before === undefined ? '' : text.slice(before.end, here.start)) + text.slice(block.start, block.end);
  }
  return out + text.slice(blocks.at(-1)!.end);
}

/** Whole lines, from the comments right above the dash to the end of the last line; null when the entry does not begin its line. */
function blockOf(text: string, [start, end]: readonly [number, number]): Block | null {
  let from = text.lastIndexOf('\n', start - 1) + 1;
  const indent = /^(\s*)-\s*$/.exec(text.slice(from, start))?.[1];
  if (indent === undefined) return null;
  while (from > 0) {
    const above = text.lastIndexOf('\n', from - 2) + 1;
    if (!text.slice(above, from).startsWith(`${indent}#`)) break;
    from = above;
  }
  const lineEnd = text.indexOf('\n', Math.max(start, end - 1));
  return { start: from, end: lineEnd < 0 ? text.length : lineEnd };
}
