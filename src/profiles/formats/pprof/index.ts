export { readPprof } from './read-pprof.ts';
export { isPprof } from './sniff-pprof.ts';
