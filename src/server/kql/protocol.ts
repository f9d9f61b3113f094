// What travels between the compile service and its worker thread; plain data for structured clone.
import type { Compiled, CompileOptions } from '../../kql/index.ts';

export interface CompileCall { readonly id: number; readonly text: string; readonly options: CompileOptions }
export type CompileReply =
  | { readonly id: number; readonly ok: true; readonly compiled: Compiled }
  | { readonly id: number; readonly ok: false; readonly message: string };
