export { matchFile } from './match.ts';
export { type Place, Places } from './places.ts';
export { codeReader, type ReadCode } from './process-files.ts';
export { type CodeFile, filesIn, isStripped, ScriptBook } from './script-book.ts';
export { type Around, around, offsetOf } from './syntax.ts';
export { mayBeInWith } from './with-statement.ts';
