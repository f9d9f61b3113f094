export { checkDraft, draftOf, emptyDraft, sameDraft, type Draft, type DraftCheck, type DraftField } from './draft.ts';
export { exampleDurableId, templates, type RuleTemplate } from './templates.ts';
