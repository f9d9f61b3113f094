// Tokens of the JOSE family: signed (RFC 7515), encrypted (RFC 7516), and those that Kubernetes gives its workloads.
// All begin with eyJ, base64url of `{"`.
import { base64url, decodeBase64, literal, runEnd } from '../../bytes.ts';
import type { Detector, Match, Window } from '../../types.ts';
import { found } from '../keyworded.ts';

const dot = 0x2e;
const about = { family: 'structural', check: 'structure', version: 1, anchors: [literal('eyJ')] } as const;

/** Ends of the parts that dots part, at most `most`; the header begins three bytes before `at`. Null when it is inside a longer word. */
function parts({ bytes, start, end }: Window, at: number, most: number): number[] | null {
  if (at - 3 > start && base64url[bytes[at - 4]!] === 1) return null;
  const ends = [runEnd(bytes, at, end, base64url)];
  while (ends.length < most && bytes[ends.at(-1)!] === dot && ends.at(-1)! < end) ends.push(runEnd(bytes, ends.at(-1)! + 1, end, base64url));
  return ends;
}

/** Three parts: header with `alg`, a payload, and a signature that may be empty. */
function signed(window: Window, at: number): number[] | null {
  const ends = parts(window, at, 3);
  if (ends?.length !== 3 || ends[1] === ends[0]! + 1) return null;
  return decodeBase64(window.bytes, at - 3, ends[0]!)?.includes('"alg"') === true ? ends : null;
}

export const jwt: Detector = {
  ...about, name: 'jwt', title: 'JSON Web Token', doc: 'JSON Web Tokens: three base64url parts whose first decodes to a JSON header with alg.',
  facts: 'base64url header, payload and signature with dots between; the header decodes to JSON with "alg" and begins with eyJ.', source: 'RFC 7519; RFC 7515',
  verify(window, at, match) {
    const ends = signed(window, at);
    return ends !== null && found(match, at - 3, ends[2]!, 0.98);
  },
};

export const jwe: Detector = {
  ...about, name: 'jwe', title: 'Encrypted JSON Web Token', doc: 'Encrypted tokens: five base64url parts whose first decodes to a JSON header with enc.',
  facts: 'Five base64url parts with dots between, the second empty when the key is agreed directly; the header holds "enc".', source: 'RFC 7516, section 7.1',
  verify(window, at, match) {
    const ends = parts(window, at, 5);
    if (ends?.length !== 5 || decodeBase64(window.bytes, at - 3, ends[0]!)?.includes('"enc"') !== true) return false;
    return found(match, at - 3, ends[4]!, 0.99);
  },
};

/** Claims of both kinds of service-account tokens. */
const ofKubernetes = (payload: string): boolean => payload.includes('"kubernetes.io') || payload.includes('kubernetes/serviceaccount');

export const kubernetesToken: Detector = {
  ...about, name: 'kubernetes-token', title: 'Kubernetes service account token', doc: 'Tokens of Kubernetes service accounts, bound and legacy.',
  facts: 'A JSON Web Token whose payload has the claim kubernetes.io or the issuer kubernetes/serviceaccount.', source: 'https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/',
  verify(window, at, match: Match) {
    const ends = signed(window, at);
    if (ends === null || !ofKubernetes(decodeBase64(window.bytes, ends[0]! + 1, ends[1]!) ?? '')) return false;
    return found(match, at - 3, ends[2]!, 0.99);
  },
};
