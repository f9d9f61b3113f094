// Metrics that rules make, and their exports: YAML for git, a dashboard for Grafana, rules for Prometheus.
import { stringify } from 'yaml';
import { z } from 'zod';
import { ok } from '../../../base/index.ts';
import { metricExports, metricList, type MetricDefinition } from '../../../model/index.ts';
import { route, type FileAnswer, type Route } from '../../http/route.ts';
import type { StoreParts } from '../../store/index.ts';
import type { Names } from '../follows.ts';
import { metricsOf } from './definitions.ts';
import { grafanaDashboard } from './grafana.ts';
import { prometheusRules } from './prometheus-rules.ts';
import type { KnownEvent } from './unseen-fields.ts';

export interface MetricOptions { readonly store: Pick<StoreParts, 'rules'>; readonly names: () => Names; /** The catalogue as it is, by durable id. */ readonly knownEvents: () => (durableId: string) => readonly KnownEvent[]; /** Of this server: dashboards of several may be in one Grafana. */ readonly environment: string }

const exportQuery = z.object({ format: z.enum(metricExports).default('yaml'), /** `running`: of rules that run; `all`: of drafts and disabled ones, too. */ rules: z.enum(['all', 'running']).default('all') });

/** By name. Of a rule that runs what runs, of others their latest version. */
async function metricDefinitions({ store, names, knownEvents }: Pick<MetricOptions, 'store' | 'names' | 'knownEvents'>): Promise<MetricDefinition[]> {
  const [rules, deployed, latest] = [await store.rules.list(), await store.rules.deployedVersions(), await store.rules.latestVersions()];
  const eventsCalled = knownEvents();
  const all = rules.flatMap(({ id, name, state, deployedAt }) => {
    const version = deployed.get(id) ?? latest.get(id);
    const plan = version?.compiled?.kind === 'query' ? version.compiled.plan : null;
    return plan === null || version?.document.kind !== 'query' ? [] : metricsOf({ id, name, state, deployedAt, description: version.document.description, kql: version.document.kql, plan }, names(), eventsCalled);
  });
  return all.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.ruleName < b.ruleName ? -1 : 1));
}

export const metricRoutes = (options: MetricOptions): Route[] => [
  route({ method: 'GET', path: '/metrics', tag: 'durability', summary: 'Metrics that rules make of records, with the renames that they follow now', needs: 'event.read', status: 200, response: metricList, problems: [],
    handle: async () => ok({ metrics: await metricDefinitions(options) }) }),
  route({ method: 'GET', path: '/metrics/export', tag: 'durability', summary: 'The same as files: yaml for git, a Grafana dashboard, Prometheus rules', query: exportQuery, needs: 'event.read', status: 200, response: null, file: ['application/yaml', 'application/json'], problems: [],
    handle: async ({ query }) => {
      const metrics = await metricDefinitions(options);
      return ok(fileOf(query.format, query.rules === 'all' ? metrics : metrics.filter(({ state }) => state === 'deployed'), options.environment));
    } }),
];

function fileOf(format: (typeof metricExports)[number], metrics: readonly MetricDefinition[], environment: string): FileAnswer {
  const yaml = 'application/yaml; charset=utf-8';
  switch (format) {
    case 'yaml': return { contentType: yaml, name: 'metrics.yaml', pieces: pieceOf(metrics.map(printMetric).join('---\n')) };
    case 'prometheus': return { contentType: yaml, name: 'weir-rules.yaml', pieces: pieceOf(prometheusRules(metrics)) };
    case 'grafana': return { contentType: 'application/json; charset=utf-8', name: 'weir-dashboard.json', pieces: pieceOf(`${JSON.stringify(grafanaDashboard(metrics, { title: `Weir: metrics of ${environment}`, uid: uidOf(environment) }), null, 2)}\n`) };
  }
}

/** At most 40 signs of these. */
const uidOf = (environment: string): string => `weir-${environment.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '-')}`.slice(0, 40);

/** What a rule's text says already, and nothing that changes by itself, so that git sees changes of meaning only. */
const printMetric = ({ name, unit, description, kind, monotonic, groupBy, ruleName, kql }: MetricDefinition): string =>
  stringify({ weir: 1, kind: 'metric', name, ...(unit !== '' && { unit }), ...(description !== '' && { description }), type: kind, monotonic, groupBy, rule: ruleName, kql }, { lineWidth: 0, version: '1.2' });

async function* pieceOf(text: string): AsyncGenerator<string> { yield await Promise.resolve(text); }
