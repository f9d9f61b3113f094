// Public face of draft/: a rule while it is being written.
export { named, type NamedText } from './nameless.ts';
export { policyFromLink } from './policy-from-link.ts';
export { ruleNameFor } from './rule-name.ts';
export { edited, fieldsOf, kindOf, newLanguageText, newMachineText, newQueryText, type DraftFields } from './rule-draft.ts';
export { exampleDurableId, templates, type RuleTemplate } from './templates.ts';
export { useReadDocument, type ReadDocument } from './use-read-document.ts';
export { discardDraft, freshDraftId, useUnsavedDrafts, type UnsavedDraft } from './unsaved.ts';
