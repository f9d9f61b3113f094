// The KQL language service as the console's main thread sees it; the parser itself lives in a worker.
import type { KqlDiagnostic } from '../../../model/index.ts';
import type { Plan } from '../../../kql/index.ts';

export interface KqlCompletion { readonly label: string; readonly insertText: string; readonly kind: 'table' | 'column' | 'attribute' | 'function' | 'aggregate' | 'sink' | 'operator' | 'keyword' | 'value'; readonly detail: string; readonly documentation: string; readonly start: number; readonly end: number }
export interface KqlAnalysis { readonly diagnostics: readonly KqlDiagnostic[]; readonly plan: Plan | null }
export interface KqlToken { readonly start: number; readonly end: number; readonly kind: 'table' | 'keyword' | 'operator' | 'function' | 'sink' | 'column' | 'string' | 'number' | 'comment' | 'punctuation' | 'plain' }

/** An attribute seen in live records; completion offers it with its type, presence and example values. */
export interface LiveField { readonly name: string; readonly column: 'Attributes' | 'Resource'; readonly type: string; readonly presence: number; readonly distinct: number; readonly examples: readonly string[] }

/** What the text is for: a rule needs a sink; a tail filter needs a where-only pipeline and may be a bare predicate. */
export type KqlMode = 'rule' | 'filter';

export interface KqlClient {
  analyze(text: string, mode: KqlMode): Promise<KqlAnalysis>;
  complete(text: string, offset: number, mode: KqlMode): Promise<readonly KqlCompletion[]>;
  hover(text: string, offset: number, mode: KqlMode): Promise<{ readonly text: string; readonly start: number; readonly end: number } | null>;
  format(text: string): Promise<string>;
  tokens(text: string, mode: KqlMode): Promise<readonly KqlToken[]>;
  setLiveFields(fields: readonly LiveField[]): void;
}
