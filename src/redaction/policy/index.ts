// Public face of policy/.
export { compilePolicy, sinkPolicy, type PolicyOptions } from './compile-policy.ts';
export { allowPlaces, alwaysAllowed } from './allow.ts';
export { compileGlob, foldKey, globCovers, type Glob } from './glob.ts';
export { sensitiveKeys, type SensitiveKey, type SensitiveTreatment } from './sensitive-keys.ts';
export { allowListName, keyRuleName, sensitiveKeyName } from './verdicts.ts';
export type { CompiledPolicy, Decided, Decision, ServicePolicy, TextPlace } from './types.ts';
