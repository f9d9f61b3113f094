export { ProbeLedger, type LedgerEntry } from './ledger.ts';
export { removeLeftovers } from './leftovers.ts';
export { otlpOutput, probeScope, type ProbeOutput } from './otlp-output.ts';
export { problemOf } from './place.ts';
export { GovernedProbe, measureOf, mostPlaces, type ProbePorts } from './probe.ts';
export { valueRedactor, type Json, type ValueRedactor } from './redact-values.ts';
export type { HitSource } from './hit-record.ts';
export type { ProbePoint } from './measures.ts';
export { cleanTerminals, openTerminalLedger, terminalFolder, type TerminalLedger } from './terminals.ts';
