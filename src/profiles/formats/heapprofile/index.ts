export { readHeapProfile } from './read-heapprofile.ts';
