// Which rule is meant to hide a canary's secret, by what the rules say and not by what they did: a leak in spite of one is a fault,
// a leak without one is a gap.
import { ok, type Clock, type Result } from '../../base/index.ts';
import { createPipeline } from '../../engine/index.ts';
import { redactionPolicy, signals, type AgentRuleInput, type CanaryNotTested, type RedactionPolicy, type Signal } from '../../model/index.ts';
import type { Codec } from '../../otlp/index.ts';
import { allowPlaces, compileGlob } from '../../redaction/index.ts';
import { unixMs } from '../ports/index.ts';
import { whyNotTested } from './not-tested.ts';
import type { CanaryDocument, CanaryPlan, Probe } from './probes.ts';

interface Parts { readonly codec: Pick<Codec, 'jsonToProtobuf'>; readonly clock: Clock }

export interface Meant {
  /** Of each probe, by its index, the first rule in order that is meant for it, as `name vN`; null when none is. */
  readonly by: readonly (string | null)[];
  /** Rules in force that are meant for none. */
  readonly notTested: readonly CanaryNotTested[];
}

/** Between two rules everything else has its turn. */
export async function meantBy({ probes, documents }: CanaryPlan, rules: readonly AgentRuleInput[], { codec, clock }: Parts): Promise<Meant> {
  const by: (string | null)[] = probes.map(() => null);
  const notTested: CanaryNotTested[] = [];
  const requests = documents.map(({ signal, document }) => requestOf({ signal, document }, codec));
  for (const rule of rules.filter((one) => mayHide(one, unixMs(clock))).toSorted((a, b) => a.order - b.order)) {
    await new Promise((resolve) => { setImmediate(resolve); });
    const isAbout = aboutOf(rule);
    const passed = passedBy(rule, requests, clock);
    const name = `${rule.name} v${rule.version}`;
    let isTested = false;
    probes.forEach((probe, i) => {
      if (!isAbout(probe) || !passed.ok || passed.value.includes(probe.marker)) return;
      isTested = true;
      by[i] ??= name;
    });
    if (!isTested) notTested.push({ id: rule.id, name, why: whyNotTested(rule, passed.ok ? null : passed.error.message) });
  }
  return { by, notTested };
}

interface Request { readonly signal: Signal; readonly bytes: Uint8Array }

function requestOf({ signal, document }: Pick<CanaryDocument, 'signal' | 'document'>, codec: Parts['codec']): Request {
  const bytes = codec.jsonToProtobuf(signal, Buffer.from(JSON.stringify(document)));
  if (!bytes.ok) throw new Error(bytes.error.message);
  return { signal, bytes: bytes.value };
}

const sinkOf = ({ plan }: AgentRuleInput): { readonly sink?: unknown; readonly detectors?: unknown } => ((plan as { readonly sink?: object } | null)?.sink ?? {});

const mayHide = (rule: AgentRuleInput, nowMs: number): boolean =>
  rule.mode !== 'shadow' && (rule.expiresAtUnixMs ?? Infinity) > nowMs && ((rule.policy !== null && rule.policy !== undefined) || sinkOf(rule).sink === 'redact');

/** All that came past the rule, were it to drop what it is for: its query and its targets tell, by their own means. Fails when it cannot run. */
function passedBy(rule: AgentRuleInput, requests: readonly Request[], clock: Clock): Result<string> {
  const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1, maxGroups: 1, budgets: { measure: false } });
  const plan = rule.policy === null || rule.policy === undefined ? { ...rule.plan as object, sink: { sink: 'drop' } } : { version: 1, table: 'source', operators: [], sink: { sink: 'drop' } };
  const replaced = pipeline.replaceRules([{ ...rule, plan, policy: null, expiresAtUnixMs: null }]);
  if (!replaced.ok) return replaced;
  return ok(requests.map(({ signal, bytes }) => {
    const result = pipeline.process(signal, bytes, { in: false, out: false });
    return result.ok ? result.value.out.map((one) => Buffer.from(one.bytes).toString('latin1')).join('') : '';
  }).join('\n'));
}

type About = (probe: Probe) => boolean;

function aboutOf(rule: AgentRuleInput): About {
  if (rule.policy !== null && rule.policy !== undefined) {
    const policy = redactionPolicy.safeParse(rule.policy);
    return policy.success ? (probe) => policyMeans(policy.data, probe) : () => false;
  }
  const { detectors } = sinkOf(rule);
  return Array.isArray(detectors) ? (probe) => namesOne(detectors, probe) : () => false;
}

const namesOne = (detectors: readonly unknown[], { names }: Probe): boolean => detectors.includes('*') || names.some((name) => detectors.includes(name));

/** In the order in which a policy decides: by the first entry about whole values, by its allow-lists, by what finds something. */
function policyMeans(policy: RedactionPolicy, probe: Probe): boolean {
  const { signals: about = signals, entries, allow = [], detectors, except = [] } = policy;
  if (!about.includes(probe.signal)) return false;
  const fitting = entries.filter((one) => isAt(one, probe) && (one.key === undefined || fitsKey(one.key, probe)));
  const whole = fitting.find((one) => one.detectors === undefined);
  if (whole !== undefined) return whole.do !== 'ignore';
  const lists = allow.filter((list) => isAt({ ...list, in: list.in ?? allowPlaces }, probe));
  if (lists.length > 0 && !lists.some(({ keys }) => keys.some((key) => fitsKey(key, probe)))) return true;
  const entry = fitting.find((one) => namesOne(one.detectors!, probe));
  if (entry !== undefined) return entry.do !== 'ignore';
  return !namesOne(except, { ...probe, names: [probe.detector] }) && namesOne(detectors, probe);
}

const isAt = ({ service, in: places }: { readonly service?: string | undefined; readonly in?: readonly string[] | undefined }, probe: Probe): boolean =>
  (service === undefined || compileGlob(service)(probe.service.toLowerCase())) && (places === undefined || places.includes(probe.place));

const fitsKey = (glob: string, { key, place }: Probe): boolean => compileGlob(glob)((place === 'body' ? 'body' : key).toLowerCase());
