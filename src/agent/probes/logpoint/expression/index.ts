export { type Checked, checkExpression, type Scope, unknownScope } from './check.ts';
