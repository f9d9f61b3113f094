// Whether a value can be a secret at all: shared judgement of the detectors that go by context and not by format.

/** Values that stand for a secret and hold none: masks, blanks, template variables, words for nothing. */
const placeholder = /^(?:[*xX.#\-_]+|\$\{.*|\$\(.*|\{\{.*|<.*|%[sdv({].*|\[.*\]|null|nil|none|undefined|true|false|empty|redacted|masked|hidden|filtered|changeme|your[-_ ].*)$/i;
/** What this module writes itself: `detector#` and 16 hex digits; bullets are U+2022, E2 80 A2 in UTF-8. */
const ours = /^[a-z][a-z0-9-]*#[0-9a-f]{16}$|\u00e2\u0080\u00a2/;

/** `text` is the value's bytes as Latin-1; its first 64 are enough. */
export const isPlaceholder = (text: string): boolean => text === '' || placeholder.test(text) || ours.test(text);

/** Letters with digits, or capitals among small letters past the first: not a word of prose, nor a short number. */
export function looksRandom(bytes: Uint8Array, start: number, end: number): boolean {
  let digits = 0;
  let letters = 0;
  let turns = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte >= 0x30 && byte <= 0x39) digits++;
    else if ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) {
      letters++;
      const isUpper = (byte & 0x20) === 0;
      if (isUpper && i > start && (bytes[i - 1]! & 0x20) !== 0) turns++;
    }
  }
  return (digits > 0 && letters > 0) || digits >= 16 || (letters >= 16 && turns >= 3);
}
