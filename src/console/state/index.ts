// State that outlives a view: preferences, theme, messages, and what the URL holds.
export { currentKey, firstKey, isEdited, newDraftKey, useDrafts, type StoredDraft } from './drafts.ts';
export { usePreferences, type Theme, type ThemeChoice } from './preferences.ts';
export { useRecordInHand, type RecordInHand } from './record-in-hand.ts';
export { followTheme, resolveTheme, useTheme } from './theme.ts';
export { dismissToast, toast, useToasts, type ToastMessage } from './toasts.ts';
export { fleetSearch, overviewSearch, redactionRanges, redactionSearch, ruleEditorSearch, rulesSearch, tailSearch, useUrlState, type FleetSearch, type OverviewSearch, type RedactionSearch, type RuleEditorSearch, type RulesSearch, type TailSearch } from './url.ts';
