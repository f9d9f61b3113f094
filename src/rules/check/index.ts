// Public face of check/.
export { checkKqlRule, checkRule, checkRuleAndScript } from './check-rule.ts';
