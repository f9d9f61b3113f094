// Text files, line by line.
export { ByteIndex } from './byte-index.ts';
export { eachLine } from './lines.ts';
