// The KQL language service as the console's main thread sees it; the parser itself lives in a worker.
import type { Compiled, KqlCompletion, KqlHover, KqlToken, LiveField } from '../../../kql/index.ts';

export type { KqlCompletion, KqlHover, KqlToken, LiveField };
export type KqlAnalysis = Compiled;

/** What the text is for: a rule needs a sink; a tail filter needs a where-only pipeline and may be a bare predicate. */
export type KqlMode = 'rule' | 'filter';

/** Calls fail only when the worker cannot be started or does not answer; the next call starts a new one. */
export interface KqlClient {
  analyze(text: string, mode: KqlMode): Promise<KqlAnalysis>;
  complete(text: string, offset: number, mode: KqlMode): Promise<readonly KqlCompletion[]>;
  hover(text: string, offset: number, mode: KqlMode): Promise<KqlHover | null>;
  format(text: string): Promise<string>;
  tokens(text: string, mode: KqlMode): Promise<readonly KqlToken[]>;
  setLiveFields(fields: readonly LiveField[]): void;
  /** Ends the worker; a later call starts it again. */
  close(): void;
}
