import { z } from 'zod';
import { ok, type Result } from '../../base/index.ts';
import { compileRequest, compileResponse, deployRule, ruleDetail, ruleList, saveRule, type RuleDetail, type RuleSummary } from '../../model/index.ts';
import type { Problem } from '../http/problem.ts';
import { refuse } from '../http/problem.ts';
import { idParams, route, type Route } from '../http/route.ts';
import type { Store, StoredRule, StoredVersion } from '../store/index.ts';
import type { RuleService } from './rule-service.ts';
import { toDetail, toSummary, type RuleMeasurement } from './rule-views.ts';

export interface RuleRouteOptions {
  readonly store: Store; readonly rules: RuleService;
  readonly measure: (rule: StoredRule) => RuleMeasurement;
}

const removal = z.object({ force: z.enum(['true', 'false']).default('false') });

export function ruleRoutes(options: RuleRouteOptions): Route[] {
  const { rules, store } = options;
  const shown = async (done: Promise<Result<StoredRule, Problem>>): Promise<Result<RuleDetail, Problem>> => {
    const result = await done;
    return result.ok ? ok(await detail(options, result.value)) : result;
  };
  const common = { tag: 'rules', status: 200, response: ruleDetail } as const;
  return [
    route({ ...common, method: 'GET', path: '/rules', summary: 'All rules with what they do now', response: ruleList, problems: [],
      handle: async () => ok({ rules: await summaries(options, await store.rules.list()) }) }),
    route({ ...common, method: 'POST', path: '/rules', summary: 'Make a rule, as a draft', body: saveRule, status: 201, problems: ['rule.name-taken', 'compiler.unavailable'],
      handle: ({ body, principal }) => shown(rules.create(body.document, body.note, principal)) }),
    route({ ...common, method: 'GET', path: '/rules/{id}', summary: 'One rule with its versions, newest first', params: idParams, problems: ['rule.unknown'],
      handle: ({ params }) => shown(known(store, params.id)) }),
    route({ ...common, method: 'POST', path: '/rules/{id}/versions', summary: 'Save a new version; equal content makes none', params: idParams, body: saveRule, status: 201, problems: ['rule.unknown', 'rule.name-taken', 'compiler.unavailable'],
      handle: ({ params, body, principal }) => shown(rules.save(params.id, body.document, body.note, principal)) }),
    route({ ...common, method: 'POST', path: '/rules/{id}/deploy', summary: 'Run a version on the whole fleet, at once', params: idParams, body: deployRule, problems: ['rule.unknown', 'rule.version-unknown', 'rule.does-not-compile', 'compiler.unavailable'],
      handle: ({ params, body, principal }) => shown(rules.deploy(params.id, body.version, principal)) }),
    route({ ...common, method: 'POST', path: '/rules/{id}/disable', summary: 'Take a rule off the whole fleet, at once', params: idParams, problems: ['rule.unknown', 'rule.not-deployed'],
      handle: ({ params, principal }) => shown(rules.disable(params.id, principal)) }),
    route({ tag: 'rules', method: 'DELETE', path: '/rules/{id}', summary: 'Delete a rule; a deployed one only with force, which disables it first', params: idParams, query: removal, status: 204, response: null, problems: ['rule.unknown', 'rule.deployed'],
      handle: ({ params, query, principal }) => rules.remove(params.id, query.force === 'true', principal) }),
    route({ tag: 'kql', method: 'POST', path: '/kql/compile', summary: 'Compile the KQL of a rule: diagnostics and plan', body: compileRequest, status: 200, response: compileResponse, problems: ['compiler.unavailable'],
      handle: async ({ body }) => {
        const compiled = await rules.compile(body.kql, 'rule');
        return compiled.ok ? ok({ ok: compiled.value.plan !== null, diagnostics: [...compiled.value.diagnostics], plan: compiled.value.plan }) : compiled;
      } }),
  ];
}

async function known(store: Store, id: string): Promise<Result<StoredRule, Problem>> {
  const rule = await store.rules.get(id);
  return rule === null ? refuse('rule.unknown', `There is no rule with the id "${id}".`) : ok(rule);
}

async function summaries({ store, measure }: RuleRouteOptions, rules: readonly StoredRule[]): Promise<RuleSummary[]> {
  const [latest, deployments] = await Promise.all([store.rules.latestVersions(), store.rules.lastDeployments()]);
  return rules.flatMap((rule) => {
    const version = latest.get(rule.id);
    // A rule that another request deleted between the queries is not shown.
    return version === undefined ? [] : [toSummary(rule, version, deployments.get(rule.id) ?? null, measure(rule))];
  });
}

async function detail({ store, measure }: RuleRouteOptions, rule: StoredRule): Promise<RuleDetail> {
  const [versions, deployments] = await Promise.all([store.rules.versions(rule.id), store.rules.lastDeployments()]);
  // Every rule has its latest version: both are written in one transaction.
  return toDetail(toSummary(rule, versions[0] as StoredVersion, deployments.get(rule.id) ?? null, measure(rule)), versions);
}
