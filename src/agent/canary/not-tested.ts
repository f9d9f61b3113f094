// Why a canary run says nothing of a rule: none of its secrets was one that the rule is for. Its services are its own, so a rule for
// some services is for none of them; who reads the result has to know, or a rule that works seems to be missing.
import { redactionPolicy, type AgentRuleInput } from '../../model/index.ts';

const mostNames = 3;
/** Deeper conditions are passed over. */
const deepest = 64;

/** `cannotRun`: what keeps the rule from running, where something does. */
export function whyNotTested(rule: AgentRuleInput, cannotRun: string | null): string {
  if (cannotRun !== null) return `it cannot run: ${cannotRun}`;
  const services = [...new Set([...servicesIn(rule.targets, 0), ...servicesIn(rule.plan, 0), ...policyServices(rule)])];
  if (services.length === 0) return 'none of the canary’s secrets is one that it looks for';
  const more = services.length > mostNames ? ` and ${services.length - mostNames} more` : '';
  return `it is for ServiceName ${services.slice(0, mostNames).join(', ')}${more} only`;
}

/** What ServiceName is compared with, anywhere in a plan. */
function servicesIn(part: unknown, depth: number): readonly string[] {
  if (typeof part !== 'object' || part === null || depth > deepest) return [];
  const { k, fn, args } = part as { readonly k?: unknown; readonly fn?: unknown; readonly args?: unknown };
  if (k === 'call' && Array.isArray(args) && args.some(isServiceName)) return String(fn).startsWith('!') ? [] : args.flatMap(literalTexts);
  return Object.values(part).flatMap((inner) => servicesIn(inner, depth + 1));
}

const isServiceName = (expr: unknown): boolean => isKind(expr, 'column') && (expr as { readonly name?: unknown }).name === 'ServiceName';
const isKind = (expr: unknown, kind: string): boolean => typeof expr === 'object' && expr !== null && (expr as { readonly k?: unknown }).k === kind;

function literalTexts(expr: unknown): readonly string[] {
  const value = isKind(expr, 'literal') ? (expr as { readonly value?: unknown }).value : null;
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}

/** Globs over service.name in a policy's entries and lists. */
function policyServices({ policy }: AgentRuleInput): readonly string[] {
  const parsed = redactionPolicy.safeParse(policy);
  return parsed.success ? [...parsed.data.entries, ...parsed.data.allow ?? []].flatMap(({ service }) => (service === undefined ? [] : [service])) : [];
}
