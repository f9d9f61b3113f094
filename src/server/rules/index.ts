export { configText } from './agent-config.ts';
export { sha256 } from './canonical.ts';
export { planScope, scopeCovers, type PlanScope } from './plan-scope.ts';
export { ruleRoutes } from './routes.ts';
export { RuleService } from './rule-service.ts';
export type { RuleMeasurement } from './rule-views.ts';
