export { foldedLine, readFolded } from './read-folded.ts';
