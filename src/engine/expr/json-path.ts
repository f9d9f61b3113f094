// The JSON paths of extract_json, bag_has_key and bag_remove_keys.
import type { Value } from '../../otlp/index.ts';
import { memberOf } from './member.ts';

const step = /\.([^.[\]]+)|\[(-?\d+)\]|\['([^']*)'\]|\["([^"]*)"\]/gy;

/** The value at a JSON path such as `$.a[0]['b c']`; null when the path is malformed or leads nowhere. */
export function atJsonPath(value: Value, path: string): Value {
  return stepsOf(path)?.reduce<Value>(memberOf, value) ?? null;
}

/** Names of members and places in arrays, from the outside in; null when the path is malformed. */
export function stepsOf(path: string): readonly (string | number)[] | null {
  const rest = path.startsWith('$') ? path.slice(1) : `.${path}`;
  const steps: (string | number)[] = [];
  step.lastIndex = 0;
  while (step.lastIndex < rest.length) {
    const match = step.exec(rest);
    if (match === null) return null;
    steps.push(match[2] === undefined ? match[1] ?? match[3] ?? match[4] ?? '' : Number(match[2]));
  }
  return steps;
}
