export { alwaysLook, Dispatch, type Indexed } from './dispatch.ts';
export { gateOf } from './gates.ts';
export { spread } from './hash-table.ts';
export { disjoint, nameColumn, ruleKeys, type Condition, type RuleKeys } from './rule-keys.ts';
