// One value of the file's outermost object, fed with bytes as they come. Sections keep their state between chunks, which
// may be split anywhere, inside a number or an escape, too.

export interface Section {
  /** Reads from `at` on and gives the position behind what was read; the chunk's length when more is needed. Throws HeapFileError. */
  feed(chunk: Uint8Array, at: number): number;
  /** The value's last byte has been read. */
  readonly done: boolean;
}

export const code = {
  quote: 0x22, comma: 0x2c, minus: 0x2d, zero: 0x30, nine: 0x39, colon: 0x3a,
  openBracket: 0x5b, backslash: 0x5c, closeBracket: 0x5d, openBrace: 0x7b, closeBrace: 0x7d,
} as const;

/** Space, tab, line feed, carriage return. */
export const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** The byte as a person would write it. */
export const shown = (byte: number): string => (byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `byte ${byte}`);
