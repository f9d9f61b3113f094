// Messages between the page and the packets worker.
import type { PacketRows, PacketSummary } from './types.ts';

export type ToPacketsWorker =
  | { readonly type: 'open'; readonly id: number; readonly file: Blob }
  | { readonly type: 'rows'; readonly id: number; readonly from: number; readonly count: number; readonly filter: string }
  | { readonly type: 'bytes'; readonly id: number; readonly index: number };
export type FromPacketsWorker = { readonly id: number } & ({ readonly value: PacketSummary | PacketRows | Uint8Array } | { readonly problem: string });
