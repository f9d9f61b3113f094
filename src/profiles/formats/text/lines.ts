// Lines of a text file as bytes, without the line break; nothing but the line at hand is decoded.

/** Calls `visit` with [from, to) of each line and its number from 1; CR before LF is not part of it. */
export function eachLine(bytes: Uint8Array, visit: (from: number, to: number, number: number) => void): void {
  let from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (let number = 1; from < bytes.length; number++) {
    const feed = bytes.indexOf(0x0a, from);
    const end = feed < 0 ? bytes.length : feed;
    visit(from, end > from && bytes[end - 1] === 0x0d ? end - 1 : end, number);
    from = end + 1;
  }
}
