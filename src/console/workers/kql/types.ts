// The KQL language service as the console's main thread sees it; the parser itself lives in a worker.
import type { Blocks, CompileMode, Compiled, KqlCompletion, KqlHover, KqlSignature, KqlToken, LiveField } from '../../../kql/index.ts';
import type { KqlDiagnostic } from '../../../model/index.ts';
import type { CheckedRule } from '../../../rules/index.ts';
import type { KnownNames } from './name-items.ts';

export type { KnownName, KnownNames } from './name-items.ts';
export type { KqlCompletion, KqlHover, KqlSignature, KqlToken, LiveField };
export type KqlAnalysis = Compiled;

/** What the text is for: see kql/language.ts. */
export type KqlMode = Exclude<CompileMode, 'table'>;

/** Calls fail only when the worker cannot be started or does not answer; the next call starts a new one. */
export interface KqlClient {
  analyze(text: string, mode: KqlMode): Promise<KqlAnalysis>;
  complete(text: string, offset: number, mode: KqlMode): Promise<readonly KqlCompletion[]>;
  hover(text: string, offset: number, mode: KqlMode): Promise<KqlHover | null>;
  /** Of the call that the offset is in. */
  signature(text: string, offset: number, mode: KqlMode): Promise<KqlSignature | null>;
  format(text: string): Promise<string>;
  tokens(text: string, mode: KqlMode): Promise<readonly KqlToken[]>;
  /** A whole rule document (YAML): its fields, what is wrong where, and the compiled rule. */
  check(text: string): Promise<CheckedRule>;
  /** The chain of blocks; empty for an empty text, null when it does not parse. */
  blocks(text: string, mode: KqlMode): Promise<Blocks>;
  setLiveFields(fields: readonly LiveField[]): void;
  /** The flight recorders that exist: completion offers them inside record(). */
  setRecorders?(names: readonly string[]): void;
  /** What is known of names: completion offers them inside event() and field(). */
  setNames?(names: KnownNames): void;
  /** Warnings of names in event() and field() that nothing seen bears. May ask the server, so that it takes its time. */
  unknownNames?(text: string): Promise<readonly KqlDiagnostic[]>;
  /** Ends the worker; a later call starts it again. */
  close(): void;
}
