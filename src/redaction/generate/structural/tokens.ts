// Made-up tokens, keys and headers.
import { bech32Alphabet, expanded, polymod } from '../../detectors/bech32.ts';
import { alphabets, base64Of, base64urlOf, chars, digits, inLine, int, pick, plainLines, token } from '../lines.ts';
import type { Generator, Random } from '../types.ts';

const url = (random: Random, count: number): string => chars(random, alphabets.base64url, count);
const header = (random: Random, more: object = {}): string => base64urlOf(JSON.stringify({ alg: pick(random, ['HS256', 'RS256', 'ES256']), typ: 'JWT', ...more }));
const signed = (random: Random, claims: object): string => `${header(random)}.${base64urlOf(JSON.stringify(claims))}.${url(random, 43)}`;
const subject = (random: Random): object => ({ sub: chars(random, alphabets.base62, 12), iat: int(random, 1_600_000_000, 1_700_000_000) });
const kubernetes = (random: Random): object => pick(random, [{ iss: 'kubernetes/serviceaccount', sub: `system:serviceaccount:${chars(random, alphabets.lower, 6)}` }, { iss: 'https://issuer.example', 'kubernetes.io': { namespace: chars(random, alphabets.lower, 6) } }]);
/** A line that no keyword stands in, with something that ends a token behind it. */
const tokenLines = ['<>', 'got <> from upstream', '{"value":"<>","ok":true}', 'x=(<>)', 'items: <>, 2 more'];
const notJose = (random: Random): { text: string }[] => [{ text: `${base64urlOf('{"not":"a header"}')}.${url(random, 20)}.${url(random, 20)}` }, { text: header(random) }, { text: `x${signed(random, subject(random))}` }, { text: `${header(random)}.${url(random, 20)}` }];

const jwt: Generator = { detector: 'jwt', positive: (random) => inLine(random, signed(random, subject(random)), tokenLines), negatives: notJose };
const jwe: Generator = { detector: 'jwe', positive: (random) => inLine(random, [header(random, { enc: 'A256GCM' }), pick(random, ['', url(random, 43)]), url(random, 16), url(random, 60), url(random, 22)].join('.'), tokenLines), negatives: (random) => [...notJose(random), { text: signed(random, subject(random)) }] };
const kubernetesToken: Generator = { detector: 'kubernetes-token', positive: (random) => inLine(random, signed(random, kubernetes(random)), tokenLines), negatives: (random) => [...notJose(random), { text: signed(random, subject(random)) }] };

const pem = (random: Random): string => {
  const label = pick(random, ['RSA ', 'EC ', '', 'OPENSSH ', 'ENCRYPTED ']);
  const end = pick(random, ['\n', String.raw`\n`]);
  return [`-----BEGIN ${label}PRIVATE KEY-----`, chars(random, alphabets.base64, 64), chars(random, alphabets.base64, 40), `-----END ${label}PRIVATE KEY-----`].join(end);
};
const privateKey: Generator = {
  detector: 'private-key', positive: (random) => inLine(random, pem(random), plainLines),
  negatives: (random) => [{ text: `-----BEGIN CERTIFICATE-----\n${chars(random, alphabets.base64, 64)}\n-----END CERTIFICATE-----` }, { text: '-----BEGIN PUBLIC KEY-----' }, { text: 'BEGIN PRIVATE KEY' }],
};

const age = (random: Random): string => {
  const data = Array.from({ length: 52 }, () => int(random, 0, 31));
  const sum = polymod([...expanded('age-secret-key-'), ...data, 0, 0, 0, 0, 0, 0]) ^ 1;
  return `AGE-SECRET-KEY-1${[...data, ...[5, 4, 3, 2, 1, 0].map((i) => (sum >>> (5 * i)) & 31)].map((value) => bech32Alphabet[value]!).join('').toUpperCase()}`;
};
const ageKey: Generator = { detector: 'age-secret-key', positive: (random) => inLine(random, age(random), plainLines), negatives: (random) => [{ text: age(random).slice(0, -3) }, { text: `age1${chars(random, bech32Alphabet, 58)}` }, { text: age(random).toLowerCase() }] };

const putty = (random: Random): string => `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: x\nPublic-Lines: 1\n${chars(random, alphabets.base64, 64)}\nPrivate-Lines: 1\n${chars(random, alphabets.base64, 48)}\nPrivate-MAC: ${chars(random, alphabets.hex, 64)}`;
const puttyKey: Generator = { detector: 'putty-private-key', positive: (random) => inLine(random, putty(random), ['<>', 'file: "<>"', '<>\nnext line']), negatives: () => [{ text: 'PuTTY-User-Key-File-format is documented' }, { text: 'PuTTY-User-Key-File' }] };

const wgKey = (random: Random): string => `${chars(random, alphabets.base64, 42)}${chars(random, 'AEIMQUYcgkosw048', 1)}=`;
const wireguard: Generator = {
  detector: 'wireguard-key', positive: (random) => inLine(random, wgKey(random), ['PrivateKey = <>', 'PresharedKey=<>', '"PrivateKey":"<>"', String.raw`{\"private_key\":\"<>\"}`]),
  negatives: (random) => [{ text: `PublicKey = ${wgKey(random)}` }, { text: `PrivateKey = ${chars(random, alphabets.base64, 30)}` }, { text: 'PrivateKey = /etc/wg/key' }],
};
const jwk: Generator = {
  detector: 'jwk-private-key', positive: (random) => inLine(random, url(random, 43), [`{"kty":"EC","crv":"P-256","x":"${url(random, 43)}","d":"<>"}`, '{"d":"<>","kty":"OKP"}', String.raw`{\"kty\": \"EC\", \"d\" : \"<>\"}`, '{"kty":"oct","k":"<>"}']),
  negatives: (random) => [{ text: `{"d":"${url(random, 43)}"}` }, { text: `{"kty":"EC","x":"${url(random, 43)}"}` }, { text: '{"d":"short","kty":"EC"}' }],
};

const bearer: Generator = { detector: 'bearer-token', positive: (random) => inLine(random, token(random, 32), ['Authorization: Bearer <>', '{"header":"bearer <>"}', 'sent Bearer <>, got 401']), negatives: () => [{ text: 'the bearer of bad news arrives' }, { text: 'Bearer token' }, { text: 'bearer authentication failed' }] };
const basic: Generator = {
  detector: 'basic-auth', positive: (random) => inLine(random, base64Of(`${chars(random, alphabets.lower, 6)}:${token(random, int(random, 8, 14))}`), ['Authorization: Basic <>', '{"header":"basic <>"}']),
  negatives: (random) => [{ text: 'basic authentication failed' }, { text: `basic ${chars(random, alphabets.lower, 9)} of x` }, { text: `Basic ${base64Of(`\u0001\u0002${chars(random, alphabets.lower, 8)}`)}` }],
};
const urlCredentials: Generator = {
  detector: 'url-credentials', positive: (random) => inLine(random, token(random, 14), ['connect postgres://shop:<>@db:5432/orders', 'redis://:<>@cache/0', '"url":"https://ann:<>@host.example/x"']),
  negatives: (random) => [{ text: `http://user@host-${int(random, 1, 99)}/` }, { text: 'https://user:${PASS}@host/' }, { text: `http://host:80${int(random, 10, 99)}/@scope/pkg` }],
};

const apiKey: Generator = {
  detector: 'api-key-header', positive: (random) => inLine(random, pick(random, [token(random, 28), `7${chars(random, alphabets.hex, 31)}`]), ['X-Api-Key: <>', '"x-api-key":"<>"', 'x-auth-token: <>\r\nHost: a', 'PRIVATE-TOKEN: <>', '{"Ocp-Apim-Subscription-Key": ["<>"]}']),
  negatives: () => [{ text: 'x-api-key: required' }, { text: 'X-Api-Key: ${API_KEY}' }, { text: 'missing x-api-key header' }, { text: 'x-api-key: ********' }],
};
const cookie: Generator = {
  detector: 'session-cookie', positive: (random) => inLine(random, token(random, 32), ['JSESSIONID=<>; Path=/', 'Cookie: theme=dark; sessionid=<>; lang=en', 'Set-Cookie: a=b; sid=<>; HttpOnly', 'PHPSESSID=<>', 'with connect.sid=<> set']),
  negatives: (random) => [{ text: `session=${token(random, 24)}` }, { text: 'Cookie: sessionid=; a=b' }, { text: 'JSESSIONID=deleted' }, { text: `sessionid=${digits(random, 6)}` }],
};
const aws: Generator = {
  detector: 'aws-signature', positive: (random) => inLine(random, chars(random, alphabets.hex, 64), ['AWS4-HMAC-SHA256 Credential=x/20240501/eu-west-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=<>', 'GET /b/o?X-Amz-Expires=60&X-Amz-Signature=<>&x=1']),
  negatives: (random) => [{ text: `Signature=${chars(random, alphabets.hex, 64)}` }, { text: `X-Amz-Signature=${chars(random, alphabets.hex, 40)}` }, { text: 'SignedHeaders=host, Signature=invalid' }],
};
const digest: Generator = {
  detector: 'digest-response', positive: (random) => inLine(random, chars(random, alphabets.hex, pick(random, [32, 64])), ['Authorization: Digest username="ann", realm="a", nonce="7ab", uri="/", response="<>", opaque="x"']),
  negatives: (random) => [{ text: `WWW-Authenticate: Digest realm="a", nonce="${chars(random, alphabets.hex, 32)}"` }, { text: 'Digest username="ann", realm="a", nonce="x", response=""' }],
};

export const tokenGenerators: readonly Generator[] = [privateKey, ageKey, puttyKey, wireguard, jwk, jwt, jwe, kubernetesToken, bearer, basic, apiKey, cookie, aws, digest, urlCredentials];
