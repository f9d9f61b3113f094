// The console's way to the BFF: hooks over /api/v1, typed errors, connection state.
export { isUnderWay, useAction, useActions, useCancelAction, usePreview, useProcesses, useStartAction, type ActionFilter } from './actions.ts';
export { contentUrl, readArtifact, useArtifact, useArtifacts, useArtifactText, useDeleteArtifact, usePinArtifact, useRevealArtifact, useVerifyArtifact, type ArtifactFilter } from './artifacts.ts';
export { bringFile, type BringAs, type BringOptions } from './bring-file.ts';
export { useBringFiles, useFilesOnTheirWay, type FileOnItsWay } from './bring-files.ts';
export { apiBase, request } from './client.ts';
export { dismissOutage, useConnection, type ConnectionState } from './connection.ts';
export { ApiFailure, explainFailure, type FailureDiagnostic, type FailureIssue, type FailureKind } from './errors.ts';
export { leftByRules, liveFigures, recentFigures, removedAt, type Figures } from './figures.ts';
export { bundleAddress, useAddNote, useChangeIncident, useCollectMore, useIncident, useIncidentRates, useIncidents, useOpenIncident, useOpenIncidents, type IncidentFilter } from './incidents.ts';
export { useBulkRules, useCompile, useCreateRule, useDeleteRule, useDeployRule, useDisableRule, useReorderRules, useSaveCostSettings, useSaveRule, useSetDemoFault, type RuleDraft } from './mutations.ts';
export { useNet, useNets } from './nets.ts';
export { createQueryClient } from './query-client.ts';
export { deployedCounts, isOffEverywhere, offOnAgents } from './rule-runs.ts';
export { runningRules, useRunningRules, type OffRule, type RunningRules } from './running-rules.ts';
export { exportFormats, readRedactionExport, useCanary, useFullScanUntil, useLeakingSources, useRedactionOverview, useRedactionSeries, useRedactionSource, useRedactionSources, useRunCanary, useStartResidualScan, type ExportFormat } from './redaction.ts';
export { keys, readRule, useAgents, useAudit, useCostSettings, useDemoFaults, useOverview, useRule, useRuleDetails, useRuleHistory, useRules, useRuleTexts, useSession } from './queries.ts';
export { useDeleteRecorder, useRecorderKeys, useRecorders, useSaveRecorder } from './recorders.ts';
