// Profiles written for other tools.
export { toFolded } from './to-folded.ts';
export { toPprof } from './to-pprof.ts';
export { toSpeedscope } from './to-speedscope.ts';
