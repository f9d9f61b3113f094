export { checkOwnPattern, compilePattern, type CompiledPattern } from './own-pattern.ts';
