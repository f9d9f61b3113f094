// Which format a file is.
export { isGzip, sniff } from './sniff.ts';
