export { type Checked, checkExpression, type Scope } from './check.ts';
