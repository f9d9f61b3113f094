export type { RunFilter, StoredRun } from './action-store.ts';
export type { ArtifactFilter, StoredArtifact } from './artifact-store.ts';
export { auditChainStart, auditHash } from './audit-store.ts';
export type { AgentStore, StoredAgent } from './agent-store.ts';
export type { StoredBreach } from './breach-store.ts';
export { ownRates, type RatePoint, type StoredIncident } from './incident-store.ts';
export type { RedactionChanges, StoredRedaction } from './redaction-store.ts';
export type { StoredCheck, StoredDeployment, StoredRule, StoredVersion } from './rule-store.ts';
export { openStore, type Store, type StoreParts } from './store.ts';
