// Whether a value can be a secret at all: shared judgement of the detectors that go by context and not by format.

/** Values that stand for a secret and hold none: masks, blanks, words for nothing, formats. */
const nothing = /^(?:[*xX.#\-_]+|null|nil|none|undefined|true|false|empty|redacted|masked|hidden|filtered|changeme|(?:%[sdvq][:/@, ._-]?)+)$/i;
/** Variables and brackets, whole, with what is in them; and `your-…`. A value may end before the brace of a variable. */
const variable = /^(?:\$\{([^{}]*)\}?|\$\(([^()]*)\)|\{\{([^{}]*)\}\}|<([^<>]*)>|%\(([^()]*)\)[sdv]?|%\{([^{}]*)\}|\[([^[\]]*)\]|your[-_ ](.*))$/i;
/** Letters with a number behind them, as names have them. */
const namePiece = /^(?:[A-Za-z]*\d{0,2}|\d{1,3})$/;

/** `text` is the value's bytes as Latin-1; its first 64 are enough. */
export function isPlaceholder(text: string): boolean {
  if (text === '' || nothing.test(text)) return true;
  const inside = variable.exec(text)?.slice(1).find((one) => one !== undefined);
  return inside !== undefined && inside.split(/[^A-Za-z0-9]+/).every(isNamePiece);
}

const isNamePiece = (piece: string): boolean => namePiece.test(piece) && (piece.length < 16 || piece.split(/(?<=[a-z])(?=[A-Z])/).length <= 4);

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
