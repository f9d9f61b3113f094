// The JSON paths of extract_json and bag_has_key.
import type { Value } from '../../otlp/index.ts';
import { memberOf } from './member.ts';

const step = /\.([^.[\]]+)|\[(-?\d+)\]|\['([^']*)'\]|\["([^"]*)"\]/gy;

/** The value at a JSON path such as `$.a[0]['b c']`; null when the path is malformed or leads nowhere. */
export function atJsonPath(value: Value, path: string): Value {
  const rest = path.startsWith('$') ? path.slice(1) : `.${path}`;
  let at = value;
  step.lastIndex = 0;
  while (step.lastIndex < rest.length) {
    const match = step.exec(rest);
    if (match === null) return null;
    at = memberOf(at, match[2] === undefined ? match[1] ?? match[3] ?? match[4] ?? '' : Number(match[2]));
  }
  return at;
}
