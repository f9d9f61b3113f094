// State that outlives a view: preferences, theme, messages, and what the URL holds.
export { askToCapture, endCapture, useCapture, type CaptureWish } from './capture.ts';
export { costRowOf, costSearch, costTabs, type CostSearch, type CostTab } from './cost-url.ts';
export { currentKey, firstKey, isEdited, newDraftKey, useDrafts, type StoredDraft } from './drafts.ts';
export { eventPanes, eventsSearch, eventTabs, type EventPane, type EventsSearch, type EventTab } from './events-url.ts';
export { heapSearch, heapViews, type HeapSearch, type HeapView } from './heap-url.ts';
export { keepLocalFile, useLocalFiles, type LocalFileKind } from './local-files.ts';
export { askForRipCord, endRipCordWish, useRipCordWish } from './rip-cord.ts';
export { newProbeSearch, probeLink, probesSearch, type NewProbeSearch, type ProbesSearch } from './probes-url.ts';
export { profileColours, profilesSearch, profileViews, type ProfileColour, type ProfilesSearch, type ProfileView } from './profiles-url.ts';
export { usePreferences, type Theme, type ThemeChoice } from './preferences.ts';
export { useRecordInHand, type RecordInHand } from './record-in-hand.ts';
export { useCompared, type Compared, type ComparedWork } from './use-compared.ts';
export { followTheme, resolveTheme, useTheme } from './theme.ts';
export { dismissToast, toast, useToasts, type ToastMessage } from './toasts.ts';
export { dumpsSearch, fleetSearch, incidentSearch, incidentsSearch, overviewSearch, redactionRanges, recordersSearch, redactionSearch, ruleEditorSearch, rulesSearch, tailSearch, useUrlState, type DumpsSearch, type FleetSearch, type IncidentSearch, type IncidentsSearch, type OverviewSearch, type RecordersSearch, type RedactionSearch, type RuleEditorSearch, type RulesSearch, type TailSearch } from './url.ts';
