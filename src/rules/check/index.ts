// Public face of check/.
export { checkKqlRule, checkRule } from './check-rule.ts';
