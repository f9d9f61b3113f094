export { readOtlpProfiles } from './read-otlp-profiles.ts';
export { isOtlpProfiles } from './sniff-otlp.ts';
