export { asComparable } from './compare-ops.ts';
export { compileExpr } from './compile.ts';
export { castTo } from './convert.ts';
export { CompileError, constantOf, newFrame, type CompileContext, type Compiled, type Fn, type Frame, type Row, type Scope } from './frame.ts';
export { functionNames } from './functions.ts';
export { literalValue } from './literal.ts';
export { textTests } from './string-ops.ts';
export { noClock } from './no-clock.ts';
export { regexOrFail } from './regex.ts';
