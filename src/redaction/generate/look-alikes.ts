// Texts of ordinary telemetry in which no detector may find anything: ids, hashes, versions, times, paths, code.
import { alphabets, chars, digits, int, padded, pick } from './lines.ts';
import type { Random } from './types.ts';

const hex = (random: Random, count: number): string => chars(random, alphabets.hex, count);
export const uuid = (random: Random): string => `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`;
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** A number that Luhn refuses. */
function notLuhn(random: Random, count: number): string {
  const number = `4${digits(random, count - 1)}`;
  const sum = [...number].reverse().reduce((total, digit, i) => total + (i % 2 === 0 ? Number(digit) : Number(digit) * 2 > 9 ? Number(digit) * 2 - 9 : Number(digit) * 2), 0);
  return sum % 10 === 0 ? notLuhn(random, count) : number;
}

const texts: readonly ((random: Random) => string)[] = [
  (random) => `id ${uuid(random)} done`, (random) => `{"request_id":"${uuid(random)}"}`, (random) => `sha256:${hex(random, 64)}`, (random) => `commit ${hex(random, 40)}`, (random) => `short ${hex(random, 7)} merged`, (random) => `md5=${hex(random, 32)}`,
  (random) => `etag: "${hex(random, 32)}"`, (random) => `trace_id=${hex(random, 32)} span_id=${hex(random, 16)}`, (random) => `trace_id=${digits(random, 32)} span_id=${digits(random, 16)}`, (random) => `"traceId":"${digits(random, 32)}"`,
  (random) => `traceparent: 00-${hex(random, 32)}-${hex(random, 16)}-01`, (random) => `data:image/png;base64,iVBORw0KGgo${chars(random, alphabets.base64, 120)}`,
  (random) => `order ${notLuhn(random, 16)} packed`, (random) => `order_id=${notLuhn(random, 15)}`, (random) => `v${int(random, 0, 9)}.${int(random, 0, 20)}.${int(random, 0, 30)}.${int(random, 0, 9)}`, (random) => `version 1.2.${int(random, 0, 9)}.4`, (random) => `upgraded to ${int(random, 1, 20)}.${int(random, 0, 30)}.${int(random, 0, 30)}-rc.${int(random, 1, 9)}`,
  (random) => `2024-${padded(int(random, 1, 12), 2)}-${padded(int(random, 1, 28), 2)}T${padded(int(random, 0, 23), 2)}:${padded(int(random, 0, 59), 2)}:56.${digits(random, 6)}+02:00 started`, (random) => `at 2024-05-01 12:34:56,${digits(random, 3)} INFO ready`, (random) => `ts=17${digits(random, 8)}`, (random) => `epoch 17${digits(random, 11)} ms`, (random) => `timeUnixNano: 17${digits(random, 17)}`,
  (random) => `ulid 01${chars(random, crockford, 24)}`, (random) => `/usr/lib/node_modules/a${int(random, 1, 9)}/dist/index.js:${int(random, 1, 999)}:${int(random, 1, 99)}`, (random) => `ports 80,443,8080,${int(random, 1024, 65_535)}`, (random) => `std::chrono::duration<${int(random, 1, 64)}>::count()`, () => 'namespace a::b::c { }', () => 'Foo::Bar#baz called',
  (random) => `GET /api/v1/orders/${digits(random, 8)}?page=${int(random, 1, 99)}&limit=50 200 ${int(random, 1, 999)}ms`, (random) => `ptr 0x7f${hex(random, 10)}`, (random) => `took ${int(random, 1, 999)}.${digits(random, 6)}s`, (random) => `mem 12${digits(random, 7)} bytes`, (random) => `user ${digits(random, 6)} logged in`,
  (random) => `k8s pod shop-${hex(random, 9)}-${chars(random, 'bcdfghjklmnpqrstvwxz', 5)} restarted`, (random) => `offset=${digits(random, 12)} partition=${int(random, 0, 63)} key=null`, (random) => `cache_key=${hex(random, 40)}`, () => 'token expired', () => 'password: incorrect', () => 'the bearer of bad news arrives', () => 'basic authentication failed',
  (random) => `Guile ${int(random, 1, 4)}.0.${int(random, 1, 9)}.${int(random, 1, 250)}`, () => 'license: MIT', () => 'code=ENOENT errno=-2', () => 'exit code: 137', (random) => `status_code=${int(random, 200, 599)} phone home`, () => 'fingerprint 4c:7a:10:2b:3c:4d:5e:6f:70:81:92:a3:b4:c5:d6:e7', () => 'icon@2x.png', (random) => `lodash@4.17.${int(random, 0, 30)}`, () => 'git@github.com:org/repo.git',
  (random) => `thread-${int(random, 1, 99)} state=RUNNABLE cpu=${int(random, 1, 99)}.${digits(random, 4)}%`, (random) => `ratio ${pick(random, ['', '-'])}0.${digits(random, 15)}`, (random) => `image shop/api@sha256:${hex(random, 64)}`, (random) => `build ${int(random, 1000, 9999)}A of 20240501T12${int(random, 1000, 5959)}Z`, (random) => `isbn 978-${int(random, 0, 9)}-${digits(random, 2)}-${digits(random, 6)}-${int(random, 0, 9)}`,
  (random) => `sequence ${digits(random, 11)} of ${digits(random, 9)}`, (random) => `part AB${digits(random, 6)} in stock`, (random) => `color #${hex(random, 6)} size ${int(random, 1, 99)}px`, (random) => `regex ^[a-z]{3,${int(random, 4, 9)}}$ matched`, () => 'session opened for user root', () => 'Swift COMPILED in 3 s', () => 'sin(0.5) = 0.479425538', () => 'lat 12 ms, lon 9 ms', () => 'cpr done, nir on, pnr off, bsn ok',
];

/** One text of each sort. Under no key, and under every key that names an identifier, nothing is found. */
export const lookAlikes = (random: Random): readonly string[] => texts.map((text) => text(random));
