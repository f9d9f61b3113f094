// What the page sees of a packet capture.
export interface PacketRow {
  /** From 0, in the order of the file. */
  readonly index: number;
  /** Unix milliseconds with fractions; null in a block that has no time. */
  readonly timeMs: number | null;
  readonly source: string; readonly destination: string; readonly protocol: string; readonly info: string;
  /** Bytes on the wire, and those that were kept. */
  readonly length: number; readonly captured: number;
}
export interface PacketSummary {
  readonly format: 'pcap' | 'pcapng'; readonly packets: number; /** Of the first and the last packet, Unix milliseconds. */ readonly fromMs: number | null; readonly toMs: number | null;
  /** Packets beyond the bound, that are not listed. */
  readonly beyond: number;
  /** Why reading stopped before the end; null when it did not. */
  readonly problem: string | null;
}
export interface PacketRows { readonly rows: readonly PacketRow[]; readonly matched: number }
export interface PacketClient {
  readonly summary: PacketSummary;
  /** Packets that have all words of `filter` in their line, from the `from`th on. */
  rows(from: number, count: number, filter: string): Promise<PacketRows>;
  bytes(index: number): Promise<Uint8Array>;
  close(): void;
}
