// Command lines and environments without their secrets: what a value is, the name before it often says better than the value.

import { isPlainSetting, isSecretName } from './secret-names.ts';

/** `key` is the name under which a text stands. */
export type RedactNamed = (text: string, key?: string) => string;

/** A name whose value the detectors hide as a whole. */
const knownSecret = 'password';
const mostUnits = 2000;
/** Of one word so much is looked at, far beyond what is shown: what is cut through was hidden as a whole before. */
const lookedUnits = 32_000;

/** The value of a variable or an option. */
export const redactedByName = (value: string, name: string | undefined, redact: RedactNamed): string => redact(value, name !== undefined && isSecretName(name) && !isPlainSetting(value) ? knownSecret : name);

/** `--token x`, `-pass x` and `--token=x`: the name before a value says what it is. What follows the name of a secret is its value, also with a dash
 *  before it or a sign in it, unless it is an option in words, `--verbose`. */
export function redactedArguments(words: readonly string[], redact: RedactNamed): string[] {
  return words.map((word, index) => {
    const asValue = /^--[A-Za-z]/.test(word) ? null : valueOfSecret(word, words[index - 1] ?? '', redact);
    if (asValue !== null) return asValue;
    const [, option, value] = /^--?([A-Za-z][\w.-]*)=(.*)$/s.exec(word) ?? /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
    if (option !== undefined && value !== undefined) return `${word.slice(0, word.length - value.length)}${redactedByName(value, option, redact)}`;
    return redact(word);
  });
}

/** Null when the word before is no option whose name says more about the value than the value itself. */
function valueOfSecret(word: string, before: string, redact: RedactNamed): string | null {
  const name = /^--?([A-Za-z][\w.-]+)$/.exec(before)?.[1];
  if (name === undefined) return null;
  const hidden = redactedByName(word, name, redact);
  return hidden === redact(word) ? null : hidden;
}

/** In one line, cut: a list of processes shows no more of it. Looked at once more as a whole, for what several words make together. */
export function commandLine(words: readonly string[], redact: RedactNamed): string {
  let units = 0;
  const first = words.filter((word) => { units += word.length + 1; return units - word.length <= mostUnits; }).map((word) => word.slice(0, lookedUnits));
  return redact(redactedArguments(first, redact).join(' ')).slice(0, mostUnits);
}
