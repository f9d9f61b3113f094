// What can go wrong between browser and BFF, as one error type with words for a person.
export type FailureKind = 'offline' | 'unauthorized' | 'refused' | 'server' | 'unreadable';

export interface FailureIssue { readonly path: string; readonly message: string }

export class ApiFailure extends Error {
  readonly kind: FailureKind;
  /** HTTP status, 0 when there was no answer. */
  readonly status: number;
  readonly code: string;
  /** The next step, in a sentence. */
  readonly help: string | undefined;
  readonly issues: readonly FailureIssue[];

  constructor(kind: FailureKind, message: string, more: { readonly status?: number; readonly code?: string; readonly help?: string | undefined; readonly issues?: readonly FailureIssue[] | undefined } = {}) {
    super(message);
    this.name = 'ApiFailure';
    this.kind = kind;
    this.status = more.status ?? 0;
    this.code = more.code ?? kind;
    this.help = more.help;
    this.issues = more.issues ?? [];
  }
}

/** Title, next step and details of any error, for ErrorState and toasts. */
export function explainFailure(error: unknown): { readonly title: string; readonly help: string; readonly details: string } {
  if (error instanceof ApiFailure) {
    const issues = error.issues.map(issue => `${issue.path}: ${issue.message}`);
    return { title: error.message, help: [error.help, ...issues].filter(Boolean).join(' '), details: JSON.stringify({ kind: error.kind, status: error.status, code: error.code, message: error.message, help: error.help, issues: error.issues }, null, 2) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { title: 'The console made a mistake', help: 'Reload the page. If it happens again, report it with the details.', details: error instanceof Error ? error.stack ?? message : message };
}
