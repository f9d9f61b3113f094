// What stands at the wildcards of a line: for "group by" suggestions, and to see what a template hides.
import { decodeUtf8 } from '../base/index.ts';
import { wild } from './form/byte-class.ts';
import type { NormalForm } from './form/normal-form.ts';

/**
 * The texts of a line at the wildcards of its template, in order. `form` has just read the line; `template` is the template's form.
 * A list that became one wildcard is given whole. Null when the line is not one of the template's.
 */
export function parametersOf(bytes: Uint8Array, form: NormalForm, template: string): readonly string[] | null {
  const found: string[] = [];
  let at = 0;
  for (let i = 0; i < template.length; i++) {
    const byte = template.charCodeAt(i);
    if (byte !== wild) {
      if (at >= form.length || form.out[at] !== byte) return null;
      at++;
      continue;
    }
    const end = endOfValue(form, at, i + 1 < template.length ? template.charCodeAt(i + 1) : -1);
    if (end <= at) return null;
    found.push(textOf(bytes, form, at, end));
    at = end;
  }
  return at === form.length ? found : null;
}

/** A wildcard stands for one word of the form, or for one wildcard of it. */
function endOfValue(form: NormalForm, at: number, next: number): number {
  let end = at;
  while (end < form.length && (end === at || form.out[end] !== next) && form.out[end] !== 0x20) end++;
  if (next === -1) return form.length;
  return end;
}

function textOf(bytes: Uint8Array, form: NormalForm, from: number, to: number): string {
  const last = to - 1;
  return decodeUtf8(bytes, form.from[from]!, form.out[last] === wild ? form.to[last]! : form.from[last]! + 1);
}
