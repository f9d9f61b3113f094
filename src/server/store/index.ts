export { auditChainStart, auditHash } from './audit-store.ts';
export type { AgentStore, StoredAgent } from './agent-store.ts';
export type { StoredBreach } from './breach-store.ts';
export type { RedactionChanges, StoredRedaction } from './redaction-store.ts';
export type { StoredCheck, StoredDeployment, StoredRule, StoredVersion } from './rule-store.ts';
export { openStore, type Store, type StoreParts } from './store.ts';
