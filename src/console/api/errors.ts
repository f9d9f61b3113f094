// What can go wrong between browser and BFF, as one error type with words for a person.
import type { RuleDiagnostic } from '../../model/index.ts';

export type FailureKind = 'offline' | 'unauthorized' | 'refused' | 'server' | 'unreadable';

/** A place in a rule's text that a refusal names. */
export type FailureDiagnostic = RuleDiagnostic;
export interface FailureIssue { readonly path: string; readonly message: string }

export class ApiFailure extends Error {
  readonly kind: FailureKind;
  /** HTTP status, 0 when there was no answer. */
  readonly status: number;
  readonly code: string;
  /** The next step, in a sentence. */
  readonly help: string | undefined;
  readonly issues: readonly FailureIssue[];
  /** Of a refused rule: what is wrong where in its text. */
  readonly diagnostics: readonly FailureDiagnostic[];

  constructor(kind: FailureKind, message: string, more: { readonly status?: number; readonly code?: string; readonly help?: string | undefined; readonly issues?: readonly FailureIssue[] | undefined; readonly diagnostics?: readonly FailureDiagnostic[] | undefined; readonly cause?: unknown } = {}) {
    // For whoever looks for the reason, never for the message: what a validator said of an answer.
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'ApiFailure';
    this.kind = kind;
    this.status = more.status ?? 0;
    this.code = more.code ?? kind;
    this.help = more.help;
    this.issues = more.issues ?? [];
    this.diagnostics = more.diagnostics ?? [];
  }
}

/** Title, next step and details of any error, for ErrorState and toasts. Title and help are words for a person; what a machine said is in the details alone. */
export function explainFailure(error: unknown): { readonly title: string; readonly help: string; readonly details: string } {
  if (error instanceof ApiFailure) return { title: error.message, help: [error.help, ...issueWords(error)].filter(Boolean).join(' '), details: detailsOf(error) };
  const message = error instanceof Error ? error.message : String(error);
  return { title: 'The console made a mistake', help: 'Reload the page. If it happens again, report it with the details.', details: error instanceof Error ? error.stack ?? message : message };
}

/** The message of a refusal tells the first error of a rule's text itself; fields of a request are named one by one. */
const issueWords = ({ issues, diagnostics }: ApiFailure): readonly string[] => (diagnostics.length > 0 ? [] : issues.map(issue => `${issue.path}: ${issue.message}`));

const detailsOf = ({ kind, status, code, message, help, issues, diagnostics, cause }: ApiFailure): string =>
  JSON.stringify({ kind, status, code, message, help, issues, ...(diagnostics.length > 0 && { diagnostics }), ...(cause !== undefined && { cause }) }, null, 2);
