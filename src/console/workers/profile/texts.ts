// The profile's strings on their way to the page: one buffer of UTF-8 and where each begins, moved without a copy. The page
// decodes a text when it first shows it.
export interface TextTable { readonly bytes: Uint8Array<ArrayBuffer>; /** Text r is `bytes[at[r] .. at[r + 1])`. */ readonly at: Uint32Array<ArrayBuffer> }

/** Units of UTF-16 take up to three bytes each. */
const maxBytesAUnit = 3;

export function packTexts(texts: readonly string[]): TextTable {
  const encoder = new TextEncoder();
  let bytes = new Uint8Array(Math.max(64, texts.reduce((sum, text) => sum + text.length, 0) + 64));
  const at = new Uint32Array(texts.length + 1);
  let end = 0;
  texts.forEach((text, row) => {
    if (end + text.length * maxBytesAUnit > bytes.length) bytes = grown(bytes, end + text.length * maxBytesAUnit);
    end += encoder.encodeInto(text, bytes.subarray(end)).written;
    at[row + 1] = end;
  });
  return { bytes: bytes.slice(0, end), at };
}

function grown(bytes: Uint8Array<ArrayBuffer>, wanted: number): Uint8Array<ArrayBuffer> {
  const more = new Uint8Array(Math.max(wanted, bytes.length * 2));
  more.set(bytes);
  return more;
}

/** Row to text; what was decoded is kept. A row below 0 is the empty text. */
export function textReader({ bytes, at }: TextTable): (row: number) => string {
  const decoder = new TextDecoder();
  const known = new Map<number, string>();
  return row => {
    if (row < 0) return '';
    let text = known.get(row);
    if (text === undefined) { text = decoder.decode(bytes.subarray(at[row] ?? 0, at[row + 1] ?? 0)); known.set(row, text); }
    return text;
  };
}
