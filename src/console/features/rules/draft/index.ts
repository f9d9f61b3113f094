export { edited, fieldsOf, newMachineText, newQueryText, type DraftFields } from './rule-draft.ts';
export { exampleDurableId, templates, type RuleTemplate } from './templates.ts';
