// The worker's side: answers calls. What is found and hidden is decided by src/redaction, as on an agent.
import { decodeUtf8, encodeUtf8, type Failure } from '../../../base/index.ts';
import { redactionPolicy, type RedactionPlace, type RedactionPolicy } from '../../../model/index.ts';
import { compileGlob, compilePolicy, detectorList, foldKey, KeyRing, sensitiveKeys, type Decision, type ServicePolicy, type TextPlace } from '../../../redaction/index.ts';
import type { FoundSpan, RedactClient, Span } from './types.ts';

/** So many spans of one text are told; more cannot be looked at. */
export const spansPerText = 500;

type Answers = { readonly [N in keyof Omit<RedactClient, 'close'>]: (...args: Parameters<RedactClient[N]>) => Awaited<ReturnType<RedactClient[N]>> };

export function answerRedact(hmacKey: Uint8Array): Answers {
  const keys = new KeyRing(hmacKey);
  const all = servicePolicy(redactionPolicy.parse({ sensitiveKeys: false }), '', keys);
  return {
    facts: () => ({ detectors: detectorList, sensitiveKeys }),
    scan: (texts) => texts.map(({ text, key }) => decide(all, { place: 'attribute', key }, text).spans),
    match: (pattern, texts) => {
      const policy = compilePolicy(redactionPolicy.parse({ detectors: [patternName], sensitiveKeys: false, patterns: [{ ...pattern, name: patternName }] }), { keys });
      if (!policy.ok) return { ok: false, message: told(policy.error).replaceAll(` "${patternName}"`, '') };
      const service = policy.value.forService('');
      const found = texts.map((text) => decide(service, { place: 'attribute', key: '' }, text).spans);
      return { ok: true, spans: found.map((spans) => spans.slice(0, spansPerText).map(({ start, end }): Span => ({ start, end }))), matches: found.reduce((sum, { length }) => sum + length, 0) };
    },
    fitting: (glob, names) => { const fits = compileGlob(glob); return names.filter((name) => fits(foldKey(name))); },
    example: (policy, { service, ...at }, text) => {
      const { decision, spans } = decide(servicePolicy(policy, service, keys), at, text);
      if (decision === null) return { text, whole: 'keep', hidden: [] };
      const hidden = spans.filter((_, index) => decision.decided[index]?.action !== 'ignore');
      return { text: decision.whole === 'keep' ? decision.bytes === null ? text : decodeUtf8(decision.bytes) : null, whole: decision.whole, hidden };
    },
  };
}

/** The name that a pattern in the test box goes by. */
const patternName = 'pattern-in-hand';

function servicePolicy(policy: RedactionPolicy, service: string, keys: KeyRing): ServicePolicy | null {
  const compiled = compilePolicy(policy, { keys });
  if (!compiled.ok) throw new Error(told(compiled.error));
  return compiled.value.forService(service);
}

function decide(policy: ServicePolicy | null, at: { readonly place: RedactionPlace; readonly key: string }, text: string): { readonly decision: Decision | null; readonly spans: readonly FoundSpan[] } {
  const bytes = encodeUtf8(text);
  const decision = policy?.text(textPlace(at), bytes, 0, bytes.length) ?? null;
  return { decision, spans: decision === null ? [] : inText(bytes, decision.decided) };
}

function textPlace({ place, key }: { readonly place: RedactionPlace; readonly key: string }): TextPlace {
  // An attribute goes by its last name, a nested value by its path.
  const keyBytes = encodeUtf8(key);
  return { place, keyBytes, keyStart: 0, keyEnd: keyBytes.length, path: () => key };
}

/** Byte offsets as UTF-16 offsets; each byte is decoded once. @param found in order, none overlapping */
function inText(bytes: Uint8Array, found: Decision['decided']): readonly FoundSpan[] {
  let [at, units] = [0, 0];
  const unitsAt = (offset: number) => { units += decodeUtf8(bytes.subarray(at, offset)).length; at = offset; return units; };
  return found.map(({ start, end, detector, confidence }) => ({ start: unitsAt(start), end: unitsAt(end), detector, confidence }));
}

const told = ({ message, help }: Failure): string => (help === undefined ? message : `${message} ${help}`);
