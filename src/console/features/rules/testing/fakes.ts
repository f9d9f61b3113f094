// Fakes for the rules views: a tail with records, a KQL service that knows a few words, a server that keeps rules.
import { planVersion, type Plan, type Sink } from '../../../../kql/index.ts';
import { ruleDocument, type AgentSummary, type RuleDetail, type RuleMode } from '../../../../model/index.ts';
import { boundsOf, editRule, parseRule, placesOf, printRule, type CompiledRule, type QueryDryRunResult } from '../../../../rules/index.ts';
import type { KqlClient } from '../../../workers/kql/index.ts';
import { idleTailState, type TailRecord, type TailState } from '../../../workers/tail/index.ts';
import type { RuleTail } from '../rule-tail.ts';
import { dryRunResult } from './dry-runs.ts';

export { dryRunResult } from './dry-runs.ts';

export function tailRecord(id: number, summary: string, more: Partial<TailRecord> = {}): TailRecord {
  return { id, signal: 'logs', timeUnixNano: 1_773_324_391_947_000_000n + BigInt(id) * 10_000_000n, severity: 9, severityText: 'INFO', service: 'cart', durableId: 'CartItemAdded', durableSource: 'event', summary, agent: 'cart-1', adjustedCount: 1, columns: { Body: summary }, attributes: {}, resource: {}, bytes: 420, ...more };
}


export interface FakeTail extends RuleTail { set(state: Partial<TailState>): void; readonly opened: Parameters<RuleTail['open']>[0][]; covered: number; closed: number; readonly ran: Plan[]; result: QueryDryRunResult | Error }

export function fakeTail(start: Partial<TailState> = { status: 'live', buffered: 2000, agents: 1, agentsTotal: 1 }): FakeTail {
  let state: TailState = { ...idleTailState, ...start };
  const listeners = new Set<(state: TailState) => void>();
  const tail: FakeTail = {
    opened: [], ran: [], result: dryRunResult(), covered: 10_000, closed: 0, coveredMs: () => tail.covered,
    set: patch => { state = { ...state, ...patch }; for (const listener of listeners) listener(state); },
    subscribe: listener => { listeners.add(listener); return () => listeners.delete(listener); },
    getState: () => state,
    open: options => { tail.opened.push(options); },
    close: () => { tail.closed += 1; }, setFilter: () => undefined, know: () => undefined, setFacetFilters: () => undefined, setTimeRange: () => undefined, setPaused: () => undefined,
    rows: async () => ({ rows: [], matched: 0 }), record: async () => null, histogram: async () => ({ startMs: 0, bucketMs: 1000, counts: [] }),
    facets: async () => [{ field: 'DurableId', other: 0, values: [{ value: 'QueueDepth', count: 3, selected: true }, { value: 'CartItemAdded', count: 900, selected: true }] }],
    liveFields: async () => [], explain: async () => null,
    requests: async () => [],
    dryRun: async ({ rule }) => { if (rule.kind === 'query') tail.ran.push(rule.plan); if (tail.result instanceof Error) throw tail.result; return tail.result; },
  };
  return tail;
}

const sinks: Readonly<Record<string, Sink>> = { drop: { sink: 'drop' }, update: { sink: 'update' }, to_metric: { sink: 'to_metric', name: 'app.count', unit: '1', keep: false } };

/** Knows `Logs | where … | invoke <sink>(…)`; the word `nope` is an error at its place, `tier` a hint. */
export function fakeKql(): KqlClient {
  const kql: KqlClient = {
    analyze: async text => {
      const wrong = text.indexOf('nope');
      const hint = text.indexOf('tier');
      const diagnostics = [
        ...(wrong < 0 ? [] : [{ severity: 'error' as const, code: 'KS204', message: 'The name nope is not known here.', start: wrong, end: wrong + 4, help: 'Did you mean EventName?', fixes: [{ title: 'Write EventName', edits: [{ start: wrong, end: wrong + 4, text: 'EventName' }] }] }]),
        ...(hint < 0 ? [] : [{ severity: 'hint' as const, code: 'attribute', message: 'reads Attributes["tier"]', start: hint, end: hint + 4 }]),
      ];
      const sink = sinks[/invoke (\w+)\(/.exec(text)?.[1] ?? ''];
      const operators: Plan['operators'] = text.includes('where') ? [{ op: 'where', predicate: { k: 'literal', type: 'bool', value: true } }] : [];
      return { diagnostics, plan: wrong < 0 && sink !== undefined ? { version: planVersion, table: 'Logs', operators, sink } : null };
    },
    check: async text => {
      const { document, problems } = parseRule(text);
      if (document?.kind !== 'query') return { document, compiled: null, problems };
      const { diagnostics, plan } = await kql.analyze(document.kql, 'rule');
      const places = placesOf(text);
      const compiled: CompiledRule | null = plan === null ? null : { kind: 'query', name: document.name, location: document.location, order: document.order, targets: null, bounds: boundsOf(document), expiresAfterMs: null, plan };
      return { document, compiled, problems: [...problems, ...diagnostics.map(diagnostic => places.place(['kql'], diagnostic))] };
    },
    complete: async () => [], hover: async () => null, signature: async () => null, format: async text => text, tokens: async () => [], blocks: async () => null, setLiveFields: () => undefined, close: () => undefined,
  };
  return kql;
}

const noEffect = { matchedPerSecond: null, removedPerSecond: null, emittedPerSecond: null, cpuShare: null, fleetInPerSecond: null, fleetOutPerSecond: null, matched: 0, removed: 0, changed: 0, emitted: 0, errors: 0, lastError: null };

export function ruleDetail(name: string, more: Partial<RuleDetail> = {}): RuleDetail {
  const document = ruleDocument.parse({ name, description: 'Nobody reads these.', kql: 'Logs\n| where EventName == "CartItemAdded"\n| invoke drop()' });
  const at = '2026-03-12T14:00:00.000Z';
  return {
    id: `id-${name}`, name, description: document.description, state: 'draft', order: 100, latestVersion: 1, deployedVersion: null, sink: 'drop', table: 'Logs', createdAt: at, updatedAt: at, deployedAt: null,
    appliedAgents: 0, targetAgents: 1, effect: noEffect, kind: 'query', location: 'on-box', targets: '', mode: null, expiresAt: null, breaches: [], conflicts: [], ended: null, document, versions: [{ version: 1, document, text: printRule(document), createdAt: at, author: 'ada', contentHash: 'a1b2c3d4e5f6', note: '' }], ...more,
  };
}

export const agent = (more: Partial<AgentSummary> = {}): AgentSummary => ({
  id: 'a1', ordinal: 0, name: 'cart-1', host: 'cart-1', version: '0.1.0', kind: 'weir', connected: true, firstSeenAt: '', lastSeenAt: '', healthy: true, healthMessage: '', effectiveConfigHash: '', intendedConfigHash: '',
  configStatus: 'applied', configError: '', configAppliedAt: null, attributes: {}, effectiveConfig: '', status: null, ...more,
});

/** Answers like the BFF; `calls` lists what was asked, as "METHOD path". `bodies` what was sent with it; `refuse` turns the next write into an error. */
export class FakeServer {
  readonly rules = new Map<string, RuleDetail>();
  agents: AgentSummary[] = [agent()];
  /** What the whole fleet does now, per second; null: the overview cannot be read. */
  fleet: FleetNow | null = null;
  readonly calls: string[] = [];
  readonly bodies: unknown[] = [];
  #held: Promise<void> = Promise.resolve();
  refuse: { status: number; message: string; help: string } | null = null;

  readonly fetch = async (input: URL | string | Request, init?: RequestInit): Promise<Response> => {
    const path = new URL(String(input)).pathname.replace('/api/v1', '');
    const method = init?.method ?? 'GET';
    if (method === 'GET') return json(this.#read(path));
    this.calls.push(`${method} ${path}${new URL(String(input)).search}`);
    const body = JSON.parse(String(init?.body ?? '{}')) as Body;
    this.bodies.push(body);
    await this.#held;
    if (this.refuse !== null) { const { status, message, help } = this.refuse; this.refuse = null; return json({ error: { code: 'refused', message, help } }, status); }
    return json(this.#write(method, path, body));
  };

  /** Writes wait for an answer until the returned function is called. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held = promise;
    return resolve;
  }

  add(...rules: RuleDetail[]): this { for (const rule of rules) this.rules.set(rule.id, rule); return this; }

  #read(path: string): unknown {
    if (path === '/rules') return { rules: [...this.rules.values()] };
    if (path === '/rules/texts') return { texts: [...this.rules.values()].map(({ id, latestVersion, versions }) => ({ id, version: latestVersion, text: versions.find(({ version }) => version === latestVersion)?.text ?? '' })) };
    if (path === '/overview' && this.fleet !== null) return overviewOf(this.fleet);
    if (path === '/agents') return { agents: this.agents };
    return this.rules.get(path.split('/')[2] ?? '') ?? { error: { code: 'not-found', message: 'not found' } };
  }

  #write(method: string, path: string, body: Body): unknown {
    const [, , id = '', action] = path.split('/');
    if (path === '/rules/order') return this.#place(body.rules ?? []);
    if (path === '/rules/bulk') return { results: (body.ids ?? []).map(one => ({ id: one, ok: true })) };
    const before = this.rules.get(id);
    if (method === 'DELETE') { this.rules.delete(id); return undefined; }
    const after = before === undefined ? saved(body.text) : this.#next(before, action, body);
    this.rules.set(after.id, after);
    return after;
  }

  /** Each gets a version that differs in its order. */
  #place(places: NonNullable<Body['rules']>): unknown {
    for (const { id, order } of places) {
      const rule = this.rules.get(id);
      const latest = rule?.versions.at(-1);
      const text = latest === undefined ? undefined : editRule(latest.text, [{ path: ['order'], value: order }]);
      if (rule === undefined || latest === undefined || text?.ok !== true) continue;
      const version = rule.latestVersion + 1;
      this.rules.set(id, { ...rule, order, latestVersion: version, versions: [...rule.versions, { ...latest, version, text: text.value }] });
    }
    return { rules: [...this.rules.values()] };
  }

  #next(rule: RuleDetail, action: string | undefined, body: Body): RuleDetail {
    if (action === 'deploy') return { ...rule, state: 'deployed', ended: null, deployedVersion: body.version, deployedAt: new Date().toISOString(), appliedAgents: 1, mode: body.mode ?? 'live' };
    if (action === 'disable') return { ...rule, state: 'disabled', mode: null, ended: { at: new Date().toISOString(), by: 'ada', reason: 'disabled', version: rule.deployedVersion ?? 1, mode: rule.mode ?? 'live' } };
    if (action !== 'versions') return rule;
    const version = rule.latestVersion + 1;
    const { document } = saved(body.text);
    return { ...rule, document, latestVersion: version, versions: [...rule.versions, { version, document, text: body.text ?? '', createdAt: new Date().toISOString(), author: 'ada', contentHash: `hash${version}`, note: '' }] };
  }
}

export interface FleetNow { readonly in: number; readonly dropped: number; readonly emitted: number; readonly out: number }

function overviewOf(fleet: FleetNow): unknown {
  const now = Date.now();
  const point = { t: now - 1000, sampled: 0, toMetric: 0, recorded: 0, lost: 0, noDownstream: 0, cpuShare: 0, rssBytes: 0, tailShed: 0, ...fleet };
  return { now, points: [point], talkers: [], otherPerSecond: 0, agents: { connected: 1, known: 1 }, cpuBudgetShare: 0.05, exporters: [], marks: [], notices: [] };
}

interface Body { readonly text?: string; readonly version: number; readonly mode?: RuleMode; readonly ids?: readonly string[]; readonly rules?: readonly { readonly id: string; readonly order: number }[] }

/** The rule that a text makes; a text that is none is a bug of the test. */
function saved(text: string | undefined): RuleDetail {
  const { document, problems } = parseRule(text ?? '');
  if (document === null) throw new Error(problems.map(({ message }) => message).join(' '));
  return ruleDetail(document.name, { document, kind: document.kind, versions: [{ version: 1, document, text: text ?? '', createdAt: '2026-03-12T14:00:00.000Z', author: 'ada', contentHash: 'a1b2c3d4e5f6', note: '' }] });
}

const json = (body: unknown, status = 200) => new Response(body === undefined ? '' : JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
