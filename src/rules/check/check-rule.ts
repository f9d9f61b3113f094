// Text or document to a compiled rule, with everything that is wrong with it placed in the text. What is valid here is
// accepted by agents: the engine compiles it, too.
import type { Failure } from '../../base/index.ts';
import { createPipeline } from '../../engine/index.ts';
import type { KqlLanguage, Plan } from '../../kql/index.ts';
import { maxRuleText, redactionPolicy, type AgentRuleInput, type LanguageDocument, type MachineDocument, type PolicyDocument, type QueryDocument, type RuleDocument } from '../../model/index.ts';
import { boundsOf, expiresAfterMs, looseFields, parseKqlRule, parseRule, placesOf, printRule, tidyCode, type RulePlaces } from '../document/index.ts';
import { compileLanguage, scriptProblem, withScriptProblem, type NewVm } from '../language/index.ts';
import { compileMachine } from '../machine/index.ts';
import { policyProblems } from './check-policy.ts';
import { timeOfRedaction } from './redact-time.ts';
import type { CheckedRule, CompiledRule, ParsedRule, RulePath, RuleProblem } from '../types.ts';

/** Nothing runs here, so the time does not matter. */
const noTime = { nowUnixNano: () => 0n, monotonicMs: () => 0 };

/** A rule as YAML text, or as a document: then places are those in its printed text (`printRule`). `compiled` is null exactly when a problem is an error.
 *  The script of a language rule is taken as it is: `checkRuleAndScript` loads it. */
export function checkRule(input: string | RuleDocument, language: KqlLanguage): CheckedRule {
  const text = typeof input === 'string' ? input : printRule(input);
  const parsed = parseRule(text);
  return parsed.document === null ? { document: null, compiled: null, problems: alsoInKql(text, parsed.problems, language) } : checkParsed(parsed, placesOf(text), language);
}

/** The same, and the script of a language rule is loaded in the sandbox. See NewVm. */
export async function checkRuleAndScript(text: string, language: KqlLanguage, newVm: NewVm): Promise<CheckedRule> {
  const checked = checkRule(text, language);
  return checked.compiled?.kind === 'language' ? withScriptProblem(text, checked, scriptProblem(checked.compiled, await newVm())) : checked;
}

/** A name or a budget that is wrong hides no mistake in the KQL: one check tells all. A text that is no YAML, or of any size, is not read a second time. */
function alsoInKql(text: string, problems: readonly RuleProblem[], language: KqlLanguage): readonly RuleProblem[] {
  const fields = text.length > maxRuleText ? null : looseFields(text);
  if (fields === null) return problems;
  const wrong = new Set(problems.map(({ path }) => path[0]));
  const checker = new Checker(placesOf(text), language);
  const { kind = 'query', kql, targets } = fields;
  if (kind === 'query' && typeof kql === 'string' && kql.trim() !== '' && !wrong.has('kql')) checker.compile(['kql'], tidyCode(kql), 'rule');
  if (typeof targets === 'string' && targets.trim() !== '' && !wrong.has('targets')) checker.compile(['targets'], targets, 'targets');
  return [...problems, ...checker.problems].toSorted((a, b) => a.start - b.start);
}

/** Bare KQL as a query rule of that name; places are those in the KQL. */
export function checkKqlRule(kql: string, name: string, language: KqlLanguage): CheckedRule {
  const asIs: RulePlaces = { offsetOf: (_path, offset) => offset, valueAt: (offset) => ({ path: ['kql'], offset }), range: () => [0, kql.length], keyRange: () => [0, kql.length], place: (path, diagnostic) => ({ ...diagnostic, path }) };
  return checkParsed(parseKqlRule(kql, name), asIs, language);
}

function checkParsed({ document, problems }: ParsedRule, places: RulePlaces, language: KqlLanguage): CheckedRule {
  if (document === null) return { document, compiled: null, problems };
  const checker = new Checker(places, language);
  const made = checker.compiled(document);
  const all = [...problems, ...checker.problems].toSorted((a, b) => a.start - b.start);
  return { document, compiled: all.some(({ severity }) => severity === 'error') ? null : made, problems: all };
}

class Checker {
  readonly problems: RuleProblem[] = [];
  readonly #places: RulePlaces;
  readonly #language: KqlLanguage;

  constructor(places: RulePlaces, language: KqlLanguage) {
    this.#places = places;
    this.#language = language;
  }

  /** Null when it does not compile; problems that are errors count, too. */
  compiled(document: RuleDocument): CompiledRule | null {
    switch (document.kind) {
      case 'query': return this.query(document);
      case 'state-machine': return this.machine(document);
      case 'redaction-policy': return this.policy(document);
      case 'language': return this.language(document);
    }
  }

  policy(document: PolicyDocument): CompiledRule | null {
    const problems = policyProblems(document, this.#places);
    this.problems.push(...problems);
    const targets = this.#targets(document);
    if (targets === undefined || problems.some(({ severity }) => severity === 'error')) return null;
    const policy = redactionPolicy.parse(Object.fromEntries(Object.keys(redactionPolicy.shape).map((name) => [name, document[name as keyof PolicyDocument]])));
    const refusal = engineRefusal({ name: document.name, order: document.order, plan: null, policy, targets: null });
    if (refusal !== null) this.#refused([], '', refusal);
    this.#tryTargets(document, targets, { plan: null, policy });
    this.#warnOfEnd(document);
    return { ...commonOf(document, targets), kind: 'redaction-policy', policy };
  }

  query(document: QueryDocument): CompiledRule | null {
    const plan = this.compile(['kql'], document.kql, 'rule');
    const targets = this.#targets(document);
    if (plan === null || targets === undefined) return null;
    this.#tryEngine(document, plan, targets);
    if (plan.sink?.sink === 'redact') this.#warnOfEnd(document);
    const ofTime = timeOfRedaction(plan, document.kql);
    if (ofTime !== null) this.problems.push(this.#places.place(['kql'], ofTime));
    return { ...commonOf(document, targets), kind: 'query', plan };
  }

  machine(document: MachineDocument): CompiledRule | null {
    const { machine, problems } = compileMachine(document, this.#language);
    for (const { path, diagnostic } of problems) this.problems.push(this.#places.place(path, diagnostic));
    const targets = this.#targets(document);
    return machine === null || targets === undefined ? null : { ...commonOf(document, targets), kind: 'state-machine', machine };
  }

  language(document: LanguageDocument): CompiledRule | null {
    const { language, problems } = compileLanguage(document, this.#language);
    for (const { path, diagnostic } of problems) this.problems.push(this.#places.place(path, diagnostic));
    const targets = this.#targets(document);
    return language === null || targets === undefined ? null : { ...commonOf(document, targets), kind: 'language', language };
  }

  /** Undefined when they do not compile; null when the rule is for every record. */
  #targets({ targets }: RuleDocument): Plan | null | undefined {
    return targets.trim() === '' ? null : this.compile(['targets'], targets, 'targets') ?? undefined;
  }

  /** Problems of one text, and its Plan when it has none that is an error. */
  compile(path: RulePath, text: string, mode: 'rule' | 'targets'): Plan | null {
    const { plan, diagnostics } = this.#language.compile(text, { mode });
    for (const diagnostic of diagnostics) this.problems.push(this.#places.place(path, diagnostic));
    return plan;
  }

  /** The parser knows neither RE2 nor the engine's bounds. */
  #tryEngine(document: QueryDocument, plan: Plan, targets: Plan | null): void {
    const { name, order, kql } = document;
    const refusal = engineRefusal({ name, order, plan, targets: null });
    if (refusal !== null) this.#refused(['kql'], kql, refusal); else this.#tryTargets(document, targets, { plan });
  }

  #tryTargets({ name, order, targets: text }: RuleDocument, targets: Plan | null, what: Pick<AgentRuleInput, 'plan' | 'policy'>): void {
    const refusal = targets === null ? null : engineRefusal({ name, order, ...what, targets });
    if (refusal !== null) this.#refused(['targets'], text, refusal);
  }

  /** Other rules that end give back what they took; this one gives away what it hid. */
  #warnOfEnd({ expires }: RuleDocument): void {
    if (expires === undefined) return;
    this.problems.push(this.#places.place(['expires'], { severity: 'warning', code: 'weir/redaction-ends', start: 0, end: expires.length, message: `${expires} after its deployment this rule ends by itself, and what it hides leaves in clear again.`, help: 'Leave expires out, and take the rule off when the line of code is mended.' }));
  }

  #refused(path: RulePath, text: string, { message, help }: Failure): void {
    this.problems.push(this.#places.place(path, { severity: 'error', code: 'weir/engine', message, start: 0, end: text.trimEnd().length, ...(help !== undefined && { help }) }));
  }
}

const commonOf = (document: RuleDocument, targets: Plan | null) => ({ name: document.name, location: document.location, order: document.order, targets, bounds: boundsOf(document), expiresAfterMs: expiresAfterMs(document) });

/** Why an agent would refuse the rule; null when it takes it. */
function engineRefusal(rule: Omit<AgentRuleInput, 'id' | 'version'>): Failure | null {
  const taken = createPipeline({ clock: noTime, resource: {}, recorderBytes: 1, maxGroups: 1 }).replaceRules([{ ...rule, id: 'rule', version: 1 }]);
  if (taken.ok) return null;
  return { ...taken.error, message: taken.error.message.replace(`Rule ${rule.name}: `, '') };
}
