export { readCpuProfile } from './read-cpuprofile.ts';
