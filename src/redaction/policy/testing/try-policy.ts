// A policy put to one value, as the engine puts it: for tests.
import { decodeUtf8, encodeUtf8 } from '../../../base/index.ts';
import { redactionPolicy, type RedactionPlace, type RedactionPolicyInput } from '../../../model/index.ts';
import { KeyRing } from '../../key-ring.ts';
import { compilePolicy } from '../compile-policy.ts';
import type { CompiledPolicy, Decision, TextPlace } from '../types.ts';

export const testKeys = new KeyRing(Uint8Array.from({ length: 32 }, (_, i) => i), 'test');

export function policyOf(input: RedactionPolicyInput, keys: KeyRing = testKeys): CompiledPolicy {
  const compiled = compilePolicy(redactionPolicy.parse(input), { keys });
  if (!compiled.ok) throw new Error(`${compiled.error.code}: ${compiled.error.message}`);
  return compiled.value;
}

export function placeOf(place: RedactionPlace, key: string, path = key): TextPlace {
  const keyBytes = encodeUtf8(key);
  return { place, keyBytes, keyStart: 0, keyEnd: keyBytes.length, path: () => path };
}

export interface Value { readonly text: string; readonly key?: string; readonly path?: string; readonly place?: RedactionPlace; readonly service?: string }

/** What is decided about the value; the text lies within other bytes. */
export function decide(policy: CompiledPolicy, { text, key = '', place = key === '' ? 'body' : 'attribute', path = key === '' ? place : key, service = 'shop' }: Value): Decision | null {
  const bytes = encodeUtf8(`<<${text}>>`);
  return policy.forService(service)?.text(placeOf(place, key, path), bytes, 2, bytes.length - 2) ?? null;
}

/** What is left of the value: its text, `removed` or `dropped`. */
export function leftOf(policy: CompiledPolicy, value: Value): string {
  const decision = decide(policy, value);
  if (decision === null) return value.text;
  if (decision.whole !== 'keep') return decision.whole === 'drop' ? 'dropped' : 'removed';
  return decision.bytes === null ? value.text : decodeUtf8(decision.bytes, 0, decision.bytes.length);
}
