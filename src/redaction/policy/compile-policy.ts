// A policy document's fields to what the engine asks at each text. The KQL sink is the smallest policy: one default, no more.
import { failure, ok, type Failure, type Result } from '../../base/index.ts';
import type { PolicyAllow, PolicyEntry, RedactionPlace, RedactionPolicy } from '../../model/index.ts';
import { detectors as builtIn } from '../detectors/index.ts';
import type { KeyRing } from '../key-ring.ts';
import { namesBesideDetectors } from '../names-beside-detectors.ts';
import { createScanner } from '../scanner.ts';
import type { MaskMode, Scanner } from '../types.ts';
import { AllowLists } from './allow.ts';
import { compileGlob, foldKey, type Glob } from './glob.ts';
import { sensitiveKeys, type SensitiveTreatment } from './sensitive-keys.ts';
import { CompiledServicePolicy, type ServiceParts } from './service-policy.ts';
import type { CompiledPolicy, ServicePolicy } from './types.ts';
import { sensitiveKeyName, type CompiledEntry, type Verdict } from './verdicts.ts';

/** Shared with everything on the agent that hashes. */
export interface PolicyOptions { readonly keys: KeyRing }

/** Codes of failures: `unknown-detector`, `redaction.pattern-name`, `redaction.no-reason`, and those of the scanner for own patterns. */
export function compilePolicy(policy: RedactionPolicy, { keys }: PolicyOptions): Result<CompiledPolicy, Failure> {
  const wrong = refusal(policy);
  if (wrong !== null) return wrong;
  const enabled = enabledOf(policy);
  const scanned = [...new Set([...enabled, ...policy.entries.flatMap(({ detectors = [] }) => detectors.filter((name) => name !== '*' && name !== sensitiveKeyName))])];
  const scanner = createScanner(scanned.length === 0 ? ['*'] : scanned, { keys, ...(policy.patterns !== undefined && { patterns: policy.patterns }) });
  if (!scanner.ok) return scanner;
  const fallback: Verdict = { action: policy.mode, last: policy.keep };
  const isSensitive = policy.sensitiveKeys && !(policy.except ?? []).includes(sensitiveKeyName);
  return ok(new Policy(policy, {
    scanner: scanned.length === 0 ? null : scanner.value, rewrite: rewriteOf(scanner.value), removesAttributes: true, hasKey: () => keys.hasKey,
    sensitive: isSensitive ? sensitiveTreatment : () => null,
    isSecretKey: secretKeys((name) => enabled.has(name)),
    fallback: (detector) => (enabled.has(detector) || detector === sensitiveKeyName ? fallback : null),
    isName: (name) => hashNames.has(name) || (policy.patterns ?? []).some((pattern) => pattern.name === name),
  }, isSensitive));
}

/** The KQL sink `redact(detectors, mode)`: findings only; an attribute goes with a removed finding when nothing is left of it. */
export function sinkPolicy(detectors: readonly string[], mode: MaskMode, { keys }: PolicyOptions): Result<CompiledPolicy, Failure> {
  const scanner = createScanner(detectors, { keys });
  if (!scanner.ok) return scanner;
  const verdict: Verdict = { action: mode, last: undefined };
  const service = new CompiledServicePolicy({
    scanner: scanner.value, rewrite: rewriteOf(scanner.value), entries: [], allow: null, sensitive: () => null, fallback: () => verdict,
    usesKeys: false, usesPaths: false, removesAttributes: false, hasKey: () => keys.hasKey, isName: (name) => hashNames.has(name),
    isSecretKey: secretKeys((name) => scanner.value.detectors.includes(name)),
  });
  return ok({ annotate: 'silent', forService: () => service });
}

/** Longer names are judged by their end, where a dotted name says what it is. */
const mostNameCharacters = 256;

/** A `user` or an `address` is no secret's name: what is in such a map is told apart by its own names. */
function secretKeys(isLooking: (detector: string) => boolean): (key: string) => boolean {
  const looking = builtIn.filter(({ name, family, keys }) => keys !== undefined && family !== 'personal' && family !== 'network' && isLooking(name));
  return (key) => { const name = key.slice(-mostNameCharacters); return looking.some(({ keys, notKeys }) => keys!.test(name) && notKeys?.test(name) !== true); };
}

/** What stands before a hash. */
const hashNames: ReadonlySet<string> = new Set([...builtIn.map(({ name }) => name), ...namesBesideDetectors]);

const rewriteOf = (scanner: Scanner): Scanner['rewrite'] => (bytes, start, end, edits) => scanner.rewrite(bytes, start, end, edits);

function refusal({ detectors, except = [], patterns = [], entries }: RedactionPolicy): Result<never, Failure> | null {
  const known = new Set(['*', sensitiveKeyName, ...builtIn.map(({ name }) => name), ...patterns.map(({ name }) => name)]);
  const unknown = [...detectors, ...except, ...entries.flatMap((entry) => entry.detectors ?? [])].find((name) => !known.has(name));
  if (unknown !== undefined) return failure('unknown-detector', `There is no detector "${unknown}".`, 'Name a detector, or a pattern of this policy, or use "*" for all.');
  const taken = patterns.find(({ name }, i) => name === sensitiveKeyName || builtIn.some((one) => one.name === name) || patterns.findIndex((one) => one.name === name) < i);
  if (taken !== undefined) return failure('redaction.pattern-name', `The pattern's name "${taken.name}" is taken.`, 'Give it a name that no detector and no other pattern has.');
  const bare = entries.findIndex((entry) => entry.do === 'ignore' && (entry.reason ?? '').trim() === '');
  return bare < 0 ? null : failure('redaction.no-reason', `Entry ${bare + 1} ignores without a reason.`, 'Say in reason: why this may stay in clear: an auditor will ask.');
}

function enabledOf({ detectors, except = [], patterns = [] }: RedactionPolicy): ReadonlySet<string> {
  const all = detectors.includes('*') ? [...builtIn.map(({ name }) => name), ...patterns.map(({ name }) => name)] : detectors;
  return new Set(all.filter((name) => name !== sensitiveKeyName && !except.includes(name) && !except.includes('*')));
}

/** By whole name, and by glob for the few that have one. */
const sensitiveNames = new Map(sensitiveKeys.filter(({ key }) => !key.includes('*')).map(({ key, treatment }) => [key, treatment]));
const sensitiveGlobs = sensitiveKeys.filter(({ key }) => key.includes('*')).map(({ key, treatment }) => ({ glob: compileGlob(key), treatment }));

function sensitiveTreatment(key: string, path: string): SensitiveTreatment | null {
  return sensitiveNames.get(key) ?? sensitiveNames.get(path) ?? sensitiveGlobs.find(({ glob }) => glob(key) || glob(path))?.treatment ?? null;
}

type SharedParts = Omit<ServiceParts, 'entries' | 'allow' | 'usesKeys' | 'usesPaths'>;
/** Whether it is for all, some or none of the names. */
type Fits = 'all' | 'some' | 'none';
interface ForService { readonly service: Glob | null }
interface ServiceEntry extends CompiledEntry, ForService { readonly hasKey: boolean }

/** Names of services are the senders' to choose: past the bounds what is remembered is worked out anew. */
const mostServices = 1024;
const mostVariants = 64;

class Policy implements CompiledPolicy {
  readonly annotate: CompiledPolicy['annotate'];
  readonly #shared: SharedParts;
  readonly #usesSensitive: boolean;
  readonly #entries: readonly ServiceEntry[];
  readonly #allow: readonly (ForService & { readonly list: PolicyAllow })[];
  readonly #finds: boolean;
  readonly #services = new Map<string, ServicePolicy | null>();
  /** Services for which the same entries and lists are share one. */
  readonly #variants = new Map<string, ServicePolicy | null>();

  constructor({ annotate, entries, allow = [] }: RedactionPolicy, shared: SharedParts, usesSensitive: boolean) {
    this.annotate = annotate;
    this.#shared = shared;
    this.#usesSensitive = usesSensitive;
    this.#entries = entries.map(compileEntry);
    this.#allow = allow.map((list) => ({ list, service: serviceGlob(list.service) }));
    this.#finds = shared.scanner !== null && shared.scanner.detectors.some((name) => shared.fallback(name) !== null);
  }

  forService(service: string, also: readonly string[] = []): ServicePolicy | null {
    const name = also.length === 0 ? service : JSON.stringify([service, ...also]);
    const known = this.#services.get(name);
    if (known !== undefined) return known;
    const made = this.#variant([service, ...also].map(foldKey));
    if (this.#services.size >= mostServices) this.#services.clear();
    if (name.length <= 256) this.#services.set(name, made);
    return made;
  }

  #variant(services: readonly string[]): ServicePolicy | null {
    const fits = ({ service }: ForService): Fits => (service === null || services.every(service) ? 'all' : services.some(service) ? 'some' : 'none');
    const all = [...this.#entries, ...this.#allow].map(fits);
    const name = all.join();
    const known = this.#variants.get(name);
    if (known !== undefined) return known;
    const entries = this.#entries.filter((entry) => fits(entry) === 'all' || (fits(entry) === 'some' && entry.verdict.action !== 'ignore'));
    // A list that is for one of the names only forbids and allows nothing.
    const allow = this.#allow.flatMap((one) => (fits(one) === 'none' ? [] : fits(one) === 'all' ? [one.list] : [{ ...one.list, keys: [] }]));
    const made = this.#make(entries, allow);
    if (this.#variants.size >= mostVariants) this.#variants.clear();
    this.#variants.set(name, made);
    return made;
  }

  #make(entries: readonly ServiceEntry[], allow: readonly PolicyAllow[]): ServicePolicy | null {
    if (entries.length === 0 && allow.length === 0 && !this.#usesSensitive && !this.#finds) return null;
    // Whether an entry about whole values fits depends on whether there is a key, which the path tells.
    const usesPaths = allow.length > 0 || entries.some(({ hasKey, detectors }) => hasKey || detectors === null);
    const usesKeys = usesPaths || this.#usesSensitive;
    return new CompiledServicePolicy({ ...this.#shared, entries, allow: allow.length === 0 ? null : new AllowLists(allow), usesKeys, usesPaths });
  }
}

const serviceGlob = (glob: string | undefined): Glob | null => (glob === undefined ? null : compileGlob(glob));

function compileEntry(entry: PolicyEntry): ServiceEntry {
  const places: ReadonlySet<RedactionPlace> | null = entry.in === undefined ? null : new Set(entry.in);
  const glob = entry.key === undefined ? null : compileGlob(entry.key);
  const isWhole = entry.detectors === undefined;
  return {
    service: serviceGlob(entry.service), hasKey: glob !== null,
    detectors: isWhole ? null : new Set(entry.detectors), verdict: { action: entry.do, last: entry.keep },
    fits: (place, key, path) => {
      if (places !== null && !places.has(place)) return false;
      // Names, units and trace states have no key: they go whole only where an entry names the place.
      if (isWhole && places === null && key === '' && path !== '' && place !== 'body') return false;
      return glob === null || glob(key) || (path !== key && glob(path));
    },
  };
}
