// What a rename leaves behind, for the overview and the tail.
export { BrokenLine } from './broken-line.tsx';
export { FilterNote } from './filter-note.tsx';
