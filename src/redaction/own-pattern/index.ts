export { checkOwnPattern, compilePattern, type CompiledPattern } from './own-pattern.ts';
export { PatternScan } from './pattern-scan.ts';
