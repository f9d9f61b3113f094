export { compileParse, parsedColumns } from './parse.ts';
export { conform, expandSideBySide, expandValue } from './expand.ts';
