export { compileParse, parsedColumns, type Parser } from './parse.ts';
export { conform, expandSideBySide, expandValue } from './expand.ts';
