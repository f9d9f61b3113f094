export { LanguageHost } from './host.ts';
export { LanguageRunner, type LanguageRunnerOptions } from './language-runner.ts';
export { defaultHostLimits, type HostLimits, type HostOptions, type HostRule, type LanguageStats, type Want } from './types.ts';
