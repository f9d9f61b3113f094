export { readPerfScript } from './read-perf-script.ts';
export { looksLikePerfScript } from './sniff-perf-script.ts';
