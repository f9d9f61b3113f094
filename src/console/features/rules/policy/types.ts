// What every form of a policy gets.
import type { PolicyDocument } from '../../../../model/index.ts';
import type { RuleEdit } from '../../../../rules/index.ts';

export interface PolicyFormProps {
  /** Index of the entry that is open when the forms are first shown. */
  readonly opens?: number | undefined;
  readonly document: PolicyDocument;
  readonly onEdit: (edits: readonly RuleEdit[]) => void;
  /** Another order of a list, by the old index of each new place. */
  readonly onReorder: (list: 'entries' | 'patterns' | 'allow', order: readonly number[]) => void;
  /** Sentences about what stands at a place such as `entries/0`, and below it. */
  readonly problemsAt: (place: string) => readonly string[];
  /** Names that live records have: of attributes, and of services. Empty while nothing was seen. */
  readonly liveKeys: readonly string[];
  readonly services: readonly string[];
  /** Texts of live records for the test box; null where there is no tail. */
  readonly takeLive: (() => Promise<readonly string[]>) | null;
}
