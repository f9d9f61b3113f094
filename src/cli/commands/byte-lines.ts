// Lines of a byte stream, cut at LF only: readline also cuts at U+2028, which JSON allows within a string. Held at a time: one
// chunk and one unfinished line, whose length is bounded.

export interface ByteLine { readonly number: number; /** Null: longer than the bound, and passed over. */ readonly text: string | null }

const lineFeed = 0x0a;

/** One batch a chunk, so that what was read can be written before more is. Bytes that are no UTF-8 become U+FFFD. */
export async function* byteLines(chunks: AsyncIterable<Uint8Array>, maxLineBytes: number): AsyncGenerator<readonly ByteLine[]> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let number = 0;
  const hold = (part: Uint8Array): void => {
    heldBytes += part.length;
    if (heldBytes > maxLineBytes) held = [];
    else if (part.length > 0) held.push(part);
  };
  const finish = (): ByteLine => {
    const text = heldBytes > maxLineBytes ? null : Buffer.concat(held).toString('utf8').replace(/\r$/, '');
    held = [];
    heldBytes = 0;
    number++;
    return { number, text: number === 1 && text !== null ? text.replace(/^\uFEFF/, '') : text };
  };
  for await (const chunk of chunks) {
    const lines: ByteLine[] = [];
    let from = 0;
    for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, from)) {
      hold(chunk.subarray(from, at));
      lines.push(finish());
      from = at + 1;
    }
    hold(chunk.subarray(from));
    if (lines.length > 0) yield lines;
  }
  if (heldBytes > 0) yield [finish()];
}
