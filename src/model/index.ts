export { signals, signalSchema, type AgentId, type DurableId, type RuleId, type Signal, type SubscriptionId } from './ids.ts';
export { decodeTailFrame, encodeTailFrame, stampTailFrame, tailFrameHeaderBytes, tailFrameVersion, type TailFrame, type TailFrameHeader, type TailStage } from './tail-frame.ts';
export * from './rule-document.ts';
export * from './rule.ts';
export * from './control.ts';
export * from './redaction.ts';
export * from './redaction-api.ts';
export * from './api.ts';
