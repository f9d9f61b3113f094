// Text that is written piece by piece and handed out in chunks: no string grows as large as the file.

const chunkLength = 64 * 1024;

export function* chunked(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
