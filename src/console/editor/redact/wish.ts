// What a person asks for with one click, as a policy: what is hidden, where, and how. Pure; the text it makes is a rule document
// of kind redaction-policy that means the same wherever it is read.
import type { PolicyDocument, PolicyEntry, RedactionAction, RedactionPlace, Signal } from '../../../model/index.ts';
import { printRule } from '../../../rules/index.ts';

/** Where the text that was pointed at stands. `key`: the name of the value or its dotted path; empty where it has none (a span's name). */
export interface SecretPlace { readonly service: string; readonly place: RedactionPlace; readonly key: string; readonly signal: Signal }

export type WishWhat =
  /** `also`: further detectors, for the other secrets of the record. */
  | { readonly kind: 'detector'; readonly detector: string; readonly also?: readonly string[] }
  | { readonly kind: 'pattern'; readonly name: string; readonly pattern: string; readonly also?: readonly string[] }
  /** The whole value under the key, whatever it says. */
  | { readonly kind: 'value' };
export const wishWheres = ['key-in-service', 'key', 'service', 'everywhere'] as const;
export type WishWhere = (typeof wishWheres)[number];
export type WishAction = Exclude<RedactionAction, 'ignore'>;

export interface RedactWish { readonly what: WishWhat; readonly where: WishWhere; readonly action: WishAction; /** Characters that `partial` leaves. */ readonly keep: number }

/** The detectors that find what is asked for; null where the key alone says so. */
const detectorsOf = ({ what }: RedactWish): readonly string[] | null => (what.kind === 'value' ? null : [what.kind === 'detector' ? what.detector : what.name, ...(what.also ?? [])]);

/** The entry that does it; in a policy, the first that fits decides. */
export function entryOf(wish: RedactWish, { service, place, key }: SecretPlace): PolicyEntry {
  const detectors = detectorsOf(wish);
  const byKey = wish.where === 'key-in-service' || wish.where === 'key' || wish.what.kind === 'value';
  const inService = wish.where === 'key-in-service' || wish.where === 'service';
  return {
    ...(byKey && key !== '' && { key: glob(key) }), ...(byKey && { in: [place] }), ...(inService && service !== '' && { service: glob(service) }), ...(detectors !== null && { detectors: [...detectors] }),
    do: wish.action, ...keepOf(wish),
  };
}

/** A document takes no longer ones. */
const longestGlob = 200;
const glob = (name: string): string => (name.length <= longestGlob ? name : `${name.slice(0, longestGlob - 1)}*`);

const keepOf = ({ action, keep }: RedactWish) => action === 'partial' ? { keep } : {};

/** Of a policy that is about its entries only: what they do not name is left alone, and nothing else is looked for. */
export const nothingBeyond: Pick<PolicyDocument, 'detectors' | 'except'> = { detectors: ['*'], except: ['*'] };

/** The whole document; nothing but what the wish names is touched by it. */
export function policyOf(wish: RedactWish, at: SecretPlace, name: string, description: string): PolicyDocument {
  const detectors = detectorsOf(wish);
  return {
    weir: 1, kind: 'redaction-policy', name, description, location: 'on-box', targets: '', order: 100,
    ...(wish.where === 'everywhere' && detectors !== null ? { mode: wish.action, ...keepOf(wish), detectors: [...detectors], entries: [] } : { mode: 'mask' as const, ...nothingBeyond, entries: [entryOf(wish, at)] }),
    ...(wish.what.kind === 'pattern' && { patterns: [{ name: wish.what.name, pattern: wish.what.pattern }] }),
    sensitiveKeys: false, annotate: 'silent', ...signalsOf(wish, at),
  };
}

/** A secret is one in every signal. Only a whole text that has no key (a body, a span's name) is meant as it was seen: other signals have
 *  others of that place. */
const signalsOf = ({ what }: RedactWish, { key, signal }: SecretPlace): Pick<PolicyDocument, 'signals'> => (what.kind === 'value' && key === '' ? { signals: [signal] } : {});

/** As YAML. */
export const policyTextOf = (wish: RedactWish, at: SecretPlace, name: string, description: string): string => printRule(policyOf(wish, at, name, description));

/** `redact-github-token-cart`: 63 characters of lower-case letters, digits and dashes at most. */
export function suggestedName({ what, where }: Pick<RedactWish, 'what' | 'where'>, { service, key }: SecretPlace): string {
  const hidden = what.kind !== 'value' && (what.also ?? []).length > 0 ? 'secrets' : what.kind === 'detector' ? what.detector : what.kind === 'pattern' ? what.name : key;
  const place = where === 'everywhere' ? '' : where === 'key' ? key : service;
  return ['redact', hidden, place === hidden ? '' : place].map(slug).filter((word) => word !== '').join('-').slice(0, 63).replace(/-+$/, '');
}

/** A name that none of `taken` has. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let i = 1; ; i++) {
    const end = i === 1 ? '' : `-${i}`;
    const name = `${wanted.slice(0, 63 - end.length)}${end}`;
    if (!taken.has(name)) return name;
  }
}

/** For a pattern of one's own: by the key that it was seen under. */
export const patternName = ({ key, service }: SecretPlace): string => slug(key) || `${slug(service) || 'own'}-pattern`;

const slug = (text: string): string => text.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40).replace(/-+$/, '');
