// What travels between the console's main thread and the KQL worker: one reply per call, in order.
import type { Blocks, KqlHover, KqlSignature, LiveField } from '../../../kql/index.ts';
import type { CheckedRule } from '../../../rules/index.ts';
import type { KqlAnalysis, KqlCompletion, KqlMode, KqlToken } from './types.ts';

export interface KqlCalls {
  analyze: { args: [text: string, mode: KqlMode]; result: KqlAnalysis };
  complete: { args: [text: string, offset: number, mode: KqlMode]; result: readonly KqlCompletion[] };
  hover: { args: [text: string, offset: number, mode: KqlMode]; result: KqlHover | null };
  signature: { args: [text: string, offset: number, mode: KqlMode]; result: KqlSignature | null };
  format: { args: [text: string]; result: string };
  tokens: { args: [text: string, mode: KqlMode]; result: readonly KqlToken[] };
  check: { args: [text: string]; result: CheckedRule };
  blocks: { args: [text: string, mode: KqlMode]; result: Blocks };
}
export type KqlMethod = keyof KqlCalls;

export type KqlRequest =
  | { readonly type: 'call'; readonly id: number; readonly method: KqlMethod; readonly args: readonly unknown[] }
  | { readonly type: 'fields'; readonly fields: readonly LiveField[] };

export type KqlReply =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string };

/** `failed`: the worker is of no more use, and why. */
export type FromKqlWorker = KqlReply | { readonly failed: string };

/** The worker as the client sees it; a fake stands in for it in tests. */
export interface KqlPort {
  post(request: KqlRequest): void;
  close(): void;
}
export type OpenKqlPort = (onReply: (reply: KqlReply) => void, onFailure: (message: string) => void) => KqlPort;
