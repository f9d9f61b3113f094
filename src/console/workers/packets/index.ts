// Public face of the packets worker.
export { openPackets, type PacketsEnd } from './client.ts';
export { servePackets } from './serve.ts';
export type { PacketClient, PacketRow, PacketRows, PacketSummary } from './types.ts';
