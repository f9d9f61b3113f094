export { type CodeFile, filesIn, readText, type Script, ScriptBook, scriptKind } from './script-book.ts';
export { matchFile } from './match.ts';
export { type Place, Places } from './places.ts';
export { type Around, around } from './syntax.ts';
