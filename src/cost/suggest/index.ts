export { eventCondition } from './event-kql.ts';
export { suggestionId } from './names.ts';
export { isSafe, recordKinds, suggest, suggestSteps, totalSaving } from './suggest.ts';
export { ruleDocumentOf, toSuggestion } from './to-suggestion.ts';
export type { DeployedSaving, Effect, SuggestedRule, SuggestionDraft, SuggestOptions } from './types.ts';
