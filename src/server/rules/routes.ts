import { z } from 'zod';
import { ok, type Result } from '../../base/index.ts';
import { bulkResult, bulkRules, compileRequest, compileResponse, deployRule, reorderRules, ruleDetail, ruleList, ruleTexts, saveRule, type RuleDetail } from '../../model/index.ts';
import type { Problem } from '../http/problem.ts';
import { apiProblem } from '../http/problem.ts';
import { idParams, route, type Route } from '../http/route.ts';
import type { Store, StoredRule } from '../store/index.ts';
import { unknownRule } from './refusals.ts';
import type { RuleService } from './rule-service.ts';
import type { RuleShows } from './rule-shows.ts';

export interface RuleRouteOptions { readonly store: Store; readonly rules: RuleService; readonly shows: RuleShows }

const removal = z.object({ force: z.enum(['true', 'false']).default('false') });
const costs = ['rule.too-costly', 'compiler.unavailable'] as const;
const refusals = ['rule.does-not-compile', 'rule.location-not-armed', 'rule.changed-meanwhile', 'rule.fleet-too-large', ...costs] as const;

export const ruleRoutes = (options: RuleRouteOptions): Route[] => [...writingRoutes(options), ...runningRoutes(options), ...manyRoutes(options), compileRoute(options)];

const common = { tag: 'rules', status: 200, response: ruleDetail } as const;

async function shown({ shows }: RuleRouteOptions, done: Promise<Result<StoredRule, Problem>>): Promise<Result<RuleDetail, Problem>> {
  const result = await done;
  return result.ok ? ok(await shows.detail(result.value, 'known')) : result;
}

function writingRoutes(options: RuleRouteOptions): Route[] {
  const { rules, store, shows } = options;
  return [
    route({ ...common, method: 'GET', path: '/rules', summary: 'All rules with what they do now', response: ruleList, problems: [],
      handle: async () => ok({ rules: await shows.summaries() }) }),
    route({ ...common, method: 'GET', path: '/rules/texts', summary: 'The latest text of every rule, to search in', response: ruleTexts, problems: [],
      handle: async () => ok({ texts: await shows.texts() }) }),
    route({ ...common, method: 'POST', path: '/rules', summary: 'Make a rule, as a draft', body: saveRule, status: 201, problems: ['rule.unreadable', 'rule.name-taken', ...costs],
      handle: ({ body, principal }) => shown(options, rules.create(body, principal)) }),
    route({ ...common, method: 'GET', path: '/rules/{id}', summary: 'One rule with its versions, newest first', params: idParams, problems: ['rule.unknown'],
      handle: async ({ params }) => {
        const rule = await store.rules.get(params.id);
        return rule === null ? unknownRule(params.id) : ok(await shows.detail(rule));
      } }),
    route({ ...common, method: 'POST', path: '/rules/{id}/versions', summary: 'Save a new version; equal text makes none', params: idParams, body: saveRule, status: 201, problems: ['rule.unknown', 'rule.unreadable', 'rule.name-taken', 'rule.changed-meanwhile', ...costs],
      handle: ({ params, body, principal }) => shown(options, rules.save(params.id, body, principal)) }),
    route({ tag: 'rules', method: 'DELETE', path: '/rules/{id}', summary: 'Delete a rule; a deployed one only with force, which disables it first', params: idParams, query: removal, status: 204, response: null, problems: ['rule.unknown', 'rule.deployed'],
      handle: ({ params, query, principal }) => rules.remove(params.id, query.force === 'true', principal) }),
  ];
}

const runningRoutes = (options: RuleRouteOptions): Route[] => [
  route({ ...common, method: 'POST', path: '/rules/{id}/deploy', summary: 'Run a version on the whole fleet, at once; in shadow it only counts what it would do', params: idParams, body: deployRule, problems: ['rule.unknown', 'rule.version-unknown', 'rule.over', ...refusals],
    handle: ({ params, body, principal }) => shown(options, options.rules.deploy(params.id, body, principal)) }),
  route({ ...common, method: 'POST', path: '/rules/{id}/disable', summary: 'Take a rule off the whole fleet, at once', params: idParams, problems: ['rule.unknown', 'rule.not-deployed'],
    handle: ({ params, principal }) => shown(options, options.rules.disable(params.id, principal)) }),
];

function manyRoutes({ rules, shows }: RuleRouteOptions): Route[] {
  return [
    route({ method: 'POST', path: '/rules/order', tag: 'rules', summary: 'New places for rules, all or none: new versions, deployed at once where the rule runs', body: reorderRules, status: 200, response: ruleList, problems: ['rule.unknown', 'rule.undeployed-edits', ...refusals],
      handle: async ({ body, principal }) => {
        const done = await rules.reorder(body.rules, principal);
        return done.ok ? ok({ rules: await shows.summaries() }) : done;
      } }),
    route({ method: 'POST', path: '/rules/bulk', tag: 'rules', summary: 'Deploy the latest versions of many rules, disable or delete them; one result each', body: bulkRules, status: 200, response: bulkResult, problems: ['rule.changed-meanwhile', 'rule.fleet-too-large', ...costs],
      handle: async ({ body, principal }) => {
        const done = await rules.bulk(body, principal);
        return done.ok ? ok({ results: done.value.map(({ id, result }) => (result.ok ? { id, ok: true } : { id, ok: false, error: apiProblem(result.error) })) }) : done;
      } }),
  ];
}

const compileRoute = ({ rules }: RuleRouteOptions): Route =>
  route({ tag: 'kql', method: 'POST', path: '/kql/compile', summary: 'Compile the KQL of a rule or of a tail filter: diagnostics and plan', body: compileRequest, status: 200, response: compileResponse, problems: [...costs],
    handle: async ({ body }) => {
      const compiled = await rules.compile(body.kql, body.mode);
      return compiled.ok ? ok({ ok: compiled.value.plan !== null, diagnostics: [...compiled.value.diagnostics], plan: compiled.value.plan }) : compiled;
    } });
