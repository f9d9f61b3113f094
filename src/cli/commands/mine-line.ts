// The text of one JSON line that is mined, by a dotted path.

/** Why a line has none. */
export type Problem = 'not-json' | 'not-object' | 'too-long' | 'blank' | 'no-text';

/** Numbers and booleans as they are written; an object or list as JSON, which templates know how to read. */
export function textOfLine(line: string, path: string): { readonly text: string } | { readonly problem: Problem } {
  if (line.trim() === '') return { problem: 'blank' };
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { problem: 'not-json' };
  }
  if (!isObject(value)) return { problem: 'not-object' };
  const found = fieldOf(value, path);
  if (found === undefined || found === null) return { problem: 'no-text' };
  return { text: typeof found === 'string' ? found : JSON.stringify(found) };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A key may hold dots itself (`{"http.url": …}`); the longest key that fits goes first. */
function fieldOf(value: Record<string, unknown>, path: string): unknown {
  if (Object.hasOwn(value, path)) return value[path];
  for (let at = path.lastIndexOf('.'); at > 0; at = path.lastIndexOf('.', at - 1)) {
    const inner = Object.hasOwn(value, path.slice(0, at)) ? value[path.slice(0, at)] : undefined;
    const found = isObject(inner) ? fieldOf(inner, path.slice(at + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
