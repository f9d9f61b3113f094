// A compiler for tests: no parser, answers at once. `bad` in any KQL is an error at its place; `EventName == "x"`, `DurableId == "x"`, `event("x")`, `ServiceName == "x"` in a rule
// and `Agent["key"] == "x"` in targets pin; two rules that pin one event are in conflict.
import { machinePlanVersion, type MachinePlan } from '../../engine/index.ts';
import { planVersion, type Compiled, type Expr, type Plan, type Sink } from '../../kql/index.ts';
import { redactionPolicy, type PolicyDocument, type RedactionPolicy, type RuleDocument } from '../../model/index.ts';
import { boundsOf, editRule, expiresAfterMs, parseRule, placesOf, printRule, type CheckedRule, type CompiledRule, type ConflictRule, type RuleConflict, type RulePath } from '../../rules/index.ts';
import type { CompileMode, CompileResult, KqlCompiler, Rewording } from '../ports/compiler.ts';

export class FakeCompiler implements KqlCompiler {
  readonly calls: { readonly text: string; readonly mode: CompileMode | 'check' }[] = [];
  /** Set to make every call fail, as a dead worker does. */
  broken = false;
  #held: { readonly word: string; readonly released: Promise<void> } | null = null;
  /** How often conflicts were worked out. */
  conflictCalls = 0;
  conflictsBroken = false;

  compile(text: string, mode: CompileMode): Promise<CompileResult> {
    this.calls.push({ text, mode });
    return this.#answer(() => compiledKql(text, mode === 'rule' ? { sink: 'drop' } : null));
  }

  /** A text with a word that `hold` was called with is not answered before `release`. */
  async check(text: string): Promise<CheckedRule> {
    this.calls.push({ text, mode: 'check' });
    if (this.#held !== null && text.includes(this.#held.word)) await this.#held.released;
    return this.#answer(() => checked(text));
  }

  hold(word: string): { readonly release: () => void } {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held = { word, released: promise };
    return { release: () => { this.#held = null; resolve(); } };
  }

  reword({ document, before }: Rewording): Promise<string> {
    return this.#answer(() => {
      const edited = before === null ? null : editRule(before.text, before.edits);
      return edited?.ok === true ? edited.value : printRule(document);
    });
  }

  conflicts(rules: readonly ConflictRule[]): Promise<readonly RuleConflict[]> {
    this.conflictCalls += 1;
    if (this.conflictsBroken) return Promise.reject(new Error('the worker is gone'));
    return this.#answer(() => rules.flatMap((later) => rules.filter((first) => first.shadow !== true && first.order < later.order && whereOf(first) === whereOf(later))
      .map((first) => ({ id: later.id, withId: first.id, rule: later.name, withRule: first.name, level: 'never' as const, message: `${later.name} never sees a record: ${first.name} drops them all.` }))));
  }

  stop(): Promise<void> { return Promise.resolve(); }

  #answer<T>(answer: () => T): Promise<T> { return this.broken ? Promise.reject(new Error('the worker is gone')) : Promise.resolve(answer()); }
}

const whereOf = (rule: ConflictRule): string => (rule.kind === 'query' ? JSON.stringify(rule.plan.operators) : rule.name);

function checked(text: string): CheckedRule {
  const { document, problems } = parseRule(text);
  if (document === null) return { document, compiled: null, problems };
  const places = placesOf(text);
  const errors = kqlOf(document).flatMap(({ path, kql }) => compiledKql(kql, null).diagnostics.map((diagnostic) => places.place(path, diagnostic)));
  return { document, compiled: errors.length > 0 ? null : compiledRule(document), problems: [...problems, ...errors] };
}

const kqlOf = (document: RuleDocument): { readonly path: RulePath; readonly kql: string }[] => [
  { path: ['targets'], kql: document.targets },
  ...(document.kind === 'query' ? [{ path: ['kql'], kql: document.kql }] : document.kind === 'redaction-policy' ? []
    : document.kind === 'language' ? [{ path: ['when'], kql: document.when }]
    : Object.entries(document.states).flatMap(([state, { on = [] }]) => on.map(({ when }, i) => ({ path: ['states', state, 'on', i, 'when'], kql: when })))),
];

function compiledRule(document: RuleDocument): CompiledRule {
  const { name, location, order } = document;
  const common = { name, location, order, targets: document.targets === '' ? null : planOf(document.targets, 'source', null), bounds: boundsOf(document), expiresAfterMs: expiresAfterMs(document) };
  switch (document.kind) {
    case 'query': return { ...common, kind: 'query', plan: planOf(document.kql, 'Logs', { sink: 'drop' }) };
    case 'state-machine': return { ...common, kind: 'state-machine', machine: idle(document.initial) };
    case 'redaction-policy': return { ...common, kind: 'redaction-policy', policy: policyOf(document) };
    case 'language': return { ...common, kind: 'language', language: { javascript: document.javascript, signals: document.signals, when: null, limits: { actions: 0, perMs: 1000, cooldownMs: 0 } } };
  }
}

const policyOf = ({ mode, keep, detectors, except, patterns, entries, allow, sensitiveKeys, annotate, signals }: PolicyDocument): RedactionPolicy =>
  redactionPolicy.parse({ mode, keep, detectors, except, patterns, entries, allow, sensitiveKeys, annotate, signals });

const idle = (initial: string): MachinePlan =>
  ({ version: machinePlanVersion, key: [], initial, states: [{ name: initial, enter: [], on: [], after: [] }], limits: { actions: 1, perNanos: '1', cooldownNanos: '1', maxKeys: 1 } });

function compiledKql(text: string, sink: Sink | null): Compiled {
  const start = text.indexOf('bad');
  if (start >= 0) return { plan: null, diagnostics: [{ severity: 'error', code: 'KS1', message: 'Unknown name: bad', start, end: start + 3 }] };
  return { plan: planOf(text, 'Logs', sink), diagnostics: [] };
}

function planOf(text: string, table: Plan['table'], sink: Sink | null): Plan {
  const [, event] = /EventName == "([^"]*)"/.exec(text) ?? [];
  const [, durableId] = /DurableId == "([^"]*)"/.exec(text) ?? [];
  const [, followed] = /event\("([^"]*)"\)/.exec(text) ?? [];
  const [, service] = /ServiceName == "([^"]*)"/.exec(text) ?? [];
  const [, key, value] = /Agent\["([^"]*)"\] == "([^"]*)"/.exec(text) ?? [];
  const pins = [
    ...(event === undefined ? [] : [equals({ k: 'column', type: 'string', name: 'EventName' }, event)]),
    ...(durableId === undefined ? [] : [equals({ k: 'column', type: 'string', name: 'DurableId' }, durableId)]),
    ...(followed === undefined ? [] : [{ k: 'call', type: 'bool', fn: 'event', args: [literal(followed)] } as Expr]),
    ...(service === undefined ? [] : [equals({ k: 'column', type: 'string', name: 'ServiceName' }, service)]),
    ...(key === undefined || value === undefined ? [] : [equals({ k: 'member', type: 'dynamic', base: { k: 'column', type: 'dynamic', name: 'Agent' }, key: literal(key) }, value)]),
  ];
  return { version: planVersion, table, operators: pins.map((predicate) => ({ op: 'where', predicate })), sink };
}

const literal = (value: string): Expr => ({ k: 'literal', type: 'string', value });
const equals = (left: Expr, value: string): Expr => ({ k: 'call', type: 'bool', fn: '==', args: [left, literal(value)] });
