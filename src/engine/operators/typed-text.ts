// How much of a text a type reads where nothing delimits it, and what it makes of it.
import type { KqlType } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { castTo } from '../expr/index.ts';

/** Forms by type, as regular expression source that both JavaScript and RE2 take; other types read anything. */
export const typeForms: Partial<Readonly<Record<KqlType, string>>> = {
  int: '[+-]?[0-9]+',
  long: '[+-]?[0-9]+',
  real: '[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?',
  decimal: '[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?',
  bool: '(?:[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]|[01])',
  datetime: '[0-9]{1,4}[-/][0-9]{1,2}[-/][0-9]{1,4}(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?',
  timespan: '(?:-?(?:[0-9]+\\.)?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]+)?)?|-?[0-9]+(?:\\.[0-9]+)?[a-z]+)',
  guid: '[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}',
};

/** A whole text as a value of the type, null when it is none. A long is digits only: `1.5` is no long here. */
export function readTyped(type: KqlType): (text: string) => Value {
  const whole = type === 'int' || type === 'long' ? new RegExp(`^\\s*${typeForms[type]}\\s*$`) : null;
  return (text) => (whole !== null && !whole.test(text) ? null : castTo(text, type));
}

/** Where the type's form ends when read from `at` on; -1 when it does not start there. Null for types without a form. */
export function formEnd(type: KqlType): ((text: string, at: number) => number) | null {
  const form = typeForms[type];
  if (form === undefined) return null;
  const sticky = new RegExp(form, 'y');
  return (text, at) => { sticky.lastIndex = at; return sticky.test(text) ? sticky.lastIndex : -1; };
}
