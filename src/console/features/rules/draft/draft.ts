// What a person is writing: the document as typed, before it is valid, beside what was last saved.
import { ruleDocument, type RuleDocument } from '../../../../model/index.ts';

export interface Draft {
  readonly name: string;
  readonly description: string;
  /** As typed; a number only once it parses. */
  readonly order: string;
  readonly kql: string;
}
export type DraftField = keyof Draft;

export const emptyDraft: Draft = { name: '', description: '', order: '100', kql: '' };

export const draftOf = (document: RuleDocument): Draft =>
  ({ name: document.name, description: document.description, order: String(document.order), kql: document.kql });

export interface DraftCheck {
  /** Null while a field is wrong. */
  readonly document: RuleDocument | null;
  /** One sentence per wrong field. */
  readonly problems: Readonly<Partial<Record<DraftField, string>>>;
}

/** Checks with the very schema that the BFF uses; words of our own where the schema speaks of types. */
export function checkDraft(draft: Draft): DraftCheck {
  const order = /^\d{1,5}$/.test(draft.order.trim()) ? Number(draft.order) : NaN;
  const parsed = ruleDocument.safeParse({ name: draft.name, description: draft.description, kind: 'query', order, kql: draft.kql });
  if (parsed.success) return { document: parsed.data, problems: {} };
  const problems: Partial<Record<DraftField, string>> = {};
  for (const issue of parsed.error.issues) {
    const field = issue.path[0] as DraftField;
    problems[field] ??= words(field, draft, issue.message);
  }
  return { document: null, problems };
}

function words(field: DraftField, draft: Draft, message: string): string {
  if (field === 'order') return 'Order is a whole number from 0 to 10,000; lower runs first.';
  if (field === 'name' && draft.name === '') return 'A rule needs a name: lower-case letters, digits and dashes.';
  if (field === 'kql') return draft.kql === '' ? 'Write the rule: a table, some operators, and a sink such as | invoke drop().' : 'The text is longer than 64,000 characters. Split it into several rules.';
  return field === 'description' ? 'The description is longer than 2,000 characters.' : message;
}

export const sameDraft = (a: Draft, b: Draft): boolean => a.name === b.name && a.description === b.description && a.order === b.order && a.kql === b.kql;
