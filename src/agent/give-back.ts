// The memory of large bytes, given back at once. Else it stays until the collector comes by, and V8 collects the whole heap for every few
// dozen megabytes of buffers: under load that took a third of the agent's time over HTTP, and half over gRPC. Whoever reads such bytes later finds none.

/** Smaller bytes may share Node's pool of memory with others, and are not worth it. */
const leastBytes = 64 * 1024;

/** For bytes that nobody else reads any more, and whose memory holds nothing but them. */
export function giveBack({ buffer, length }: Uint8Array): void {
  if (length >= leastBytes) (buffer as ArrayBuffer).transfer(0);
}

/** A chunk that was copied; one that shares its memory keeps it. Chunks come in sizes of up to 64 KiB. */
export function giveBackChunk({ buffer, length }: Uint8Array): void {
  if (buffer.byteLength === length && length >= leastChunkBytes) (buffer as ArrayBuffer).transfer(0);
}

/** Below this a collection of the young generation is cheaper. */
const leastChunkBytes = 8 * 1024;
