// What the console asks about secrets in texts. A worker answers; values go there and come back to nobody else.
import type { OwnPattern, RedactionPlace, RedactionPolicy } from '../../../model/index.ts';
import type { DetectorInfo, SensitiveKey } from '../../../redaction/index.ts';

export interface KeyedText { readonly text: string; /** Name of the value that holds it; empty when it has none. */ readonly key: string }
/** UTF-16 offsets into the text; `end` is exclusive. */
export interface Span { readonly start: number; readonly end: number }
export interface FoundSpan extends Span { readonly detector: string; readonly confidence: number }

export type PatternReading =
  | { readonly ok: true; /** For each text, in order; of one text at most `spansPerText`. */ readonly spans: readonly (readonly Span[])[]; /** In all texts. */ readonly matches: number }
  /** Why the pattern cannot be used, and what to do. */
  | { readonly ok: false; readonly message: string };

export interface PolicyExample {
  /** Null: the record, or the attribute, is gone. */
  readonly text: string | null;
  readonly whole: 'keep' | 'remove' | 'drop';
  /** In the text as it was. */
  readonly hidden: readonly FoundSpan[];
}

export interface RedactFacts { readonly detectors: readonly DetectorInfo[]; readonly sensitiveKeys: readonly SensitiveKey[] }

/** Every call rejects with an Error whose message is for a person. */
export interface RedactClient {
  /** What there is to choose from. */
  facts(): Promise<RedactFacts>;
  /** What all detectors find, in order of place, for each text. */
  scan(texts: readonly KeyedText[]): Promise<readonly (readonly FoundSpan[])[]>;
  /** RE2 syntax, linear in the texts. */
  match(pattern: Pick<OwnPattern, 'pattern' | 'near'>, texts: readonly string[]): Promise<PatternReading>;
  /** Which of the keys a glob of a policy means. */
  fitting(glob: string, keys: readonly string[]): Promise<readonly string[]>;
  /** What a policy makes of one value. */
  example(policy: RedactionPolicy, at: { readonly service: string; readonly place: RedactionPlace; readonly key: string }, text: string): Promise<PolicyExample>;
  /** Ends the worker; the next call starts another. */
  close(): void;
}
