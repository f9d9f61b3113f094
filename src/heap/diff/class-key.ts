// A class by a key that means the same in two snapshots: rows and string numbers differ from one to the next. Plain objects of
// both are named by the interfaces of the later one, as Chrome DevTools does, or the same shape would be two classes.
import type { HeapAnalysis } from '../graph/analysis.ts';
import { InterfaceMatcher, type Interface } from '../graph/interfaces.ts';
import { plainObjects } from '../graph/plain-objects.ts';
import { locationOf } from '../parse/location-columns.ts';
import { stringAt, byteLengthAt } from '../parse/string-table.ts';
import { encodeUtf8 } from '../../base/index.ts';

export interface ClassKey { readonly key: string; readonly name: string }

/** Keys of an analysis's own classes, made once per class. */
export function ownKeys({ classes, heap, classOf }: HeapAnalysis): (row: number) => ClassKey {
  const keys = classes.name.map((name, row) => keyOf(heap, name, classes.location[row]!));
  return (row) => keys[classOf[row]!]!;
}

/** Keys of the earlier snapshot's nodes in the words of the later one. */
export function translatedKeys(before: HeapAnalysis, after: HeapAnalysis): (row: number) => ClassKey {
  const own = ownKeys(before);
  const plain = plainObjects(before.heap);
  const interfaces = translated(before, after);
  const matcher = new InterfaceMatcher(before.heap, interfaces);
  return (row) => {
    if (!plain.is(row)) return own(row);
    const match = matcher.match(row);
    return keyOf(before.heap, match < 0 ? 'Object' : interfaces[match]!.name, locationOf(before.heap.locations, row));
  };
}

function keyOf({ locations: { scriptId, line, column } }: HeapAnalysis['heap'], name: string, location: number): ClassKey {
  return { key: location < 0 ? `,${name}` : `${scriptId[location]},${line[location]},${column[location]},${name}`, name };
}

/** The later snapshot's interfaces in string rows of the earlier one; what that has no name for, no object there has. */
function translated(before: HeapAnalysis, after: HeapAnalysis): readonly Interface[] {
  const textOf = (property: number): string => stringAt(after.heap.strings, property);
  const rows = rowsOfTexts(before, new Set(after.interfaces.flatMap(({ properties }) => properties.map(textOf))));
  return after.interfaces.map(({ name, properties }) => ({ name, properties: properties.map((property) => rows.get(textOf(property)) ?? -1) }));
}

/** One pass over the strings; only those of a wanted length are decoded. */
function rowsOfTexts({ heap: { strings } }: HeapAnalysis, texts: ReadonlySet<string>): Map<string, number> {
  const lengths = new Set([...texts].map((text) => encodeUtf8(text).length));
  const rows = new Map<string, number>();
  for (let row = 0; row < strings.count; row++) {
    if (!lengths.has(byteLengthAt(strings, row))) continue;
    const text = stringAt(strings, row);
    if (texts.has(text) && !rows.has(text)) rows.set(text, row);
  }
  return rows;
}
