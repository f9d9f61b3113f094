/** Bytes of their own. Not `slice()`: that of a Node Buffer shares the memory, and what is then transferred or kept is somebody else's. */
export const copyOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
