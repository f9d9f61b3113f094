// Lines of telemetry that hold neither a secret nor a person: access logs, JSON logs, stack traces, events of a cluster, SQL,
// images in base64, markup, metrics. Addresses are of loopback and this network's zero, which nobody hides.
import { lookAlikes, type Random } from '../generate/index.ts';

const draw = (random: Random, alphabet: string, count: number): string => Array.from({ length: count }, () => alphabet[Math.floor(random() * alphabet.length)]!).join('');
const hex = (random: Random, count: number): string => draw(random, '0123456789abcdef', count);
const digits = (random: Random, count: number): string => draw(random, '0123456789', count);
const lower = (random: Random, count: number): string => draw(random, 'bcdfghjklmnpqrstvwxz', count);
const base64 = (random: Random, count: number): string => draw(random, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', count);
const below = (random: Random, most: number): number => Math.floor(random() * most);
const one = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)]!;
const time = (random: Random): string => `2026-0${1 + below(random, 9)}-1${below(random, 10)}T1${below(random, 10)}:${10 + below(random, 50)}:${10 + below(random, 50)}.${digits(random, 3)}Z`;
const uuid = (random: Random): string => `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-b${hex(random, 3)}-${hex(random, 12)}`;
const word = (random: Random): string => one(random, ['order', 'basket', 'invoice', 'parcel', 'refund', 'stock', 'session', 'token', 'secret', 'key', 'datadog', 'twilio', 'azure', 'heroku']);
const nanoid = (random: Random): string => draw(random, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-', 21);

const agents = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.7390.54 Safari/537.36', 'kube-probe/1.33', 'Go-http-client/2.0', 'okhttp/5.1.0', 'python-requests/2.32.5',
  'GitHub-Hookshot/044aadd', 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)', 'Stripe/1.0 (+https://stripe.com/docs/webhooks)', 'aws-sdk-go-v2/1.39.2 os/linux lang/go#1.25.1',
];

const kinds: readonly ((random: Random) => string)[] = [
  (r) => `127.0.0.1 - - [2${below(r, 9)}/Nov/2026:10:1${below(r, 9)}:02 +0000] "GET /api/${word(r)}s/${digits(r, 7)}?page=${below(r, 40)} HTTP/1.1" 200 ${digits(r, 4)} "-" "${one(r, agents)}" 0.0${digits(r, 2)}`,
  (r) => `{"time":"${time(r)}","level":"info","service":"checkout","msg":"${word(r)} accepted","traceId":"${hex(r, 32)}","spanId":"${hex(r, 16)}","durationMs":${below(r, 900)},"items":${below(r, 9)}}`,
  (r) => `${time(r)} WARN [http-nio-8080-exec-${below(r, 20)}] c.s.checkout.${word(r)}.Handler : slow call, took ${digits(r, 4)} ms, request ${uuid(r)}`,
  (r) => `java.lang.IllegalStateException: ${word(r)} ${digits(r, 6)} is closed\n\tat com.shop.checkout.Basket.add(Basket.java:${below(r, 400)})\n\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)`,
  (r) => `Traceback (most recent call last):\n  File "/srv/app/worker.py", line ${below(r, 400)}, in run\n    await asyncio.wait_for(task, ${below(r, 60)})\nasyncio.exceptions.TimeoutError`,
  (r) => `TypeError: Cannot read properties of undefined (reading '${word(r)}')\n    at Object.<anonymous> (/srv/app/dist/chunk-${hex(r, 8).toUpperCase()}.js:${below(r, 90)}:${below(r, 900)})`,
  (r) => `{"kind":"Event","reason":"Scheduled","message":"Successfully assigned shop/checkout-${hex(r, 9)}-${lower(r, 5)} to node-${below(r, 40)}","uid":"${uuid(r)}","resourceVersion":"${digits(r, 9)}"}`,
  (r) => `Pulling image "registry.shop.internal/checkout@sha256:${hex(r, 64)}" for container ${hex(r, 64)}`,
  (r) => `duration: ${below(r, 90)}.${digits(r, 3)} ms  statement: SELECT o.id, o.total FROM orders o JOIN ${word(r)}s s ON s.order_id = o.id WHERE o.id = ${digits(r, 8)} AND o.state = $2 LIMIT 50`,
  (r) => `INSERT INTO ${word(r)}_events (id, at, kind) VALUES ('${uuid(r)}', '${time(r)}', 'created') ON CONFLICT DO NOTHING`,
  (r) => `<img alt="" src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUA${base64(r, 400)}">`,
  (r) => `<div class="md-card key-${lower(r, 6)} pat-panel" id="sk-${lower(r, 5)}-${below(r, 99)}"><a href="/${word(r)}s/${digits(r, 5)}">open ${word(r)}</a></div>`,
  (r) => `http_server_duration_bucket{route="/${word(r)}s",code="200",le="0.25"} ${digits(r, 6)} 17${digits(r, 11)}`,
  (r) => `# HELP ${word(r)}_total Number of ${word(r)}s\nprocess_resident_memory_bytes ${digits(r, 9)}`,
  (r) => `upload part etag="${hex(r, 32)}" crc32c=${base64(r, 6)}== size=${digits(r, 7)} key=uploads/2026/11/${nanoid(r)}.bin`,
  (r) => `deploy ${hex(r, 40)} (${hex(r, 7)}) by pipeline ${digits(r, 9)}: chart checkout-4.${below(r, 20)}.${below(r, 20)}, sdk-java 1.${below(r, 60)}.0, mob-app 7.${below(r, 9)}`,
  (r) => `kafka offset=${digits(r, 11)} partition=${below(r, 64)} topic=${word(r)}s.v2 key=${uuid(r)} lag=${below(r, 400)}`,
  (r) => `cache miss key=basket:${nanoid(r)} ttl=${digits(r, 4)}s shard=${hex(r, 8)}`,
  (r) => `${word(r)} rotated, next in ${below(r, 90)} days; see https://docs.shop.internal/runbooks/${word(r)}-rotation#step-${below(r, 9)}`,
  (r) => `go: downloading github.com/shop/${word(r)} v0.${below(r, 30)}.0 h1:${base64(r, 43)}=`,
  (r) => `integrity sha512-${base64(r, 86)}== resolved https://registry.npmjs.org/${word(r)}/-/${word(r)}-${below(r, 9)}.${below(r, 9)}.${below(r, 9)}.tgz`,
  (r) => `gc ${below(r, 999)} @${digits(r, 3)}.${digits(r, 3)}s 0%: 0.0${digits(r, 2)}+1.${below(r, 9)}+0.0${digits(r, 2)} ms clock, 4->4->${below(r, 9)} MB, 8 P`,
  (r) => `tokens in=${digits(r, 4)} out=${digits(r, 3)} model=small-2026-0${1 + below(r, 9)} stop_reason=end cost=0.00${digits(r, 2)}`,
  (r) => `ulid=01J${draw(r, '0123456789ABCDEFGHJKMNPQRSTVWXYZ', 23)} xid=${draw(r, '0123456789abcdefghijklmnopqrstuv', 20)} objectId=${hex(r, 24)}`,
  (r) => `W3SVC1 GET /favicon.ico - 443 - 127.0.0.1 ${one(r, agents).replaceAll(' ', '+')} 304 0 0 ${digits(r, 2)}`,
  (r) => `feature flag ${word(r)}.v2 on for ${below(r, 100)}% since 17${digits(r, 8)} (was 17${digits(r, 11)})`,
];

/** About `count` lines: one of each kind in turn, and the look-alikes that tests of single detectors know. */
export function benignLines(random: Random, count: number): string[] {
  const lines: string[] = [];
  while (lines.length < count) {
    for (const kind of kinds) lines.push(kind(random));
    lines.push(...lookAlikes(random));
  }
  return lines;
}
