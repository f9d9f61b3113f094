// What stands in the place of `{kind}` in a statement of a corpus: values as they look in the field.
import type { Chance } from './chance.ts';

const users = 'root alice bob carol dave erin frank grace heidi ivan judy mallory niaj olivia peggy rupert sybil trent victor wendy oracle postgres nagios git deploy zabbix ubnt pi jenkins tomcat'.split(' ');
const hosts = 'web-1 web-2 db01 db02 cache-3.internal api.shop.example worker-17 ip-10-2-3-4.ec2.internal edge7.fra.example.net mx1.example.org node-112 node-7 tbird-admin1 cn142 dn228 lb-eu-west-1a'.split(' ');
const sites = 'www.google.com play.google.com clients4.google.com www.youtube.com cdn.example.net api.github.com safebrowsing.google.com mail.example.org proxy.cse.example.edu ocsp.digicert.com'.split(' ');
const packages = 'com.android.systemui com.android.phone com.tencent.mm com.tencent.mobileqq com.google.android.gms android com.sina.weibo com.amap.android.ams com.android.providers.media'.split(' ');
const classes = 'OrderService PaymentGateway InventoryRepository UserController CartHandler MailSender ReportJob'.split(' ');
const exceptions = 'java.lang.IllegalStateException java.net.SocketTimeoutException java.lang.NullPointerException java.io.IOException'.split(' ');
const cities = 'Berlin Paris Oslo Vienna Madrid Lisbon Prague Dublin Athens Warsaw Seattle Denver'.split(' ');
const skus = 'teapot kettle mug saucer whisk ladle grater colander'.split(' ');
const topics = 'orders payments shipments audit-log clickstream emails inventory.updates'.split(' ');
const days = 'Mon Tue Wed Thu Fri Sat Sun'.split(' ');
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const queries = 'SELECT'.split(' ');
const segments = 'var lib opt data home user tmp cache logs nova instances hadoop srv www html images base'.split(' ');

const two = (value: number): string => String(value).padStart(2, '0');
const clock = (chance: Chance): string => `${two(chance.whole(0, 23))}:${two(chance.whole(0, 59))}:${two(chance.whole(0, 59))}`;
const path = (chance: Chance): string => `/${Array.from({ length: chance.whole(2, 5) }, () => chance.of(segments)).join('/')}/${chance.of(['core', 'part', 'img', 'x'])}${chance.whole(1, 9999)}`;
const uuid = (chance: Chance): string => [8, 4, 4, 4, 12].map((digits) => chance.hex(digits)).join('-');
const ip = (chance: Chance): string => [10, chance.whole(1, 254), chance.whole(0, 254), chance.whole(1, 254)].join('.');

type Filler = (chance: Chance) => string;

export const fillers: Readonly<Record<string, Filler>> = {
  n: (chance) => String(chance.whole(0, 10 ** chance.whole(1, 5))),
  small: (chance) => String(chance.whole(0, 9)),
  signed: (chance) => String(chance.whole(-500, 500)),
  float: (chance) => (chance.next() * 10 ** chance.whole(0, 4)).toFixed(chance.whole(1, 6)),
  thousands: (chance) => chance.whole(0, 9_999_999).toLocaleString('en'),
  hex: (chance) => `0x${chance.hex(chance.of([2, 4, 8, 12]))}`,
  rawhex: (chance) => chance.hex(chance.of([7, 8, 12])),
  uuid,
  ip,
  ips: (chance) => Array.from({ length: chance.whole(1, 3) }, () => ip(chance)).join(','),
  port: (chance) => String(chance.whole(1024, 65535)),
  endpoint: (chance) => `${ip(chance)}:${chance.whole(1024, 65535)}`,
  ipv6: (chance) => `fe80::${chance.hex(3)}:${chance.hex(4)}:${chance.hex(4)}:${chance.hex(2)}`,
  mac: (chance) => Array.from({ length: 6 }, () => chance.hex(2)).join(':'),
  block: (chance) => `blk_${chance.next() < 0.5 ? '-' : ''}${chance.whole(10 ** 12, 9 * 10 ** 14)}`,
  blocks: (chance) => Array.from({ length: chance.whole(1, 6) }, () => `blk_${chance.whole(10 ** 12, 9 * 10 ** 14)}`).join(' '),
  job: (chance) => `${chance.whole(10 ** 12, 2 * 10 ** 12)}_${String(chance.whole(1, 99)).padStart(4, '0')}`,
  attempt: (chance) => `attempt_${chance.whole(10 ** 12, 2 * 10 ** 12)}_0020_${chance.of(['m', 'r'])}_00000${chance.whole(0, 9)}_${chance.whole(0, 3)}`,
  rdd: (chance) => chance.of([`rdd_${chance.whole(0, 99)}_${chance.whole(0, 99)}`, `broadcast_${chance.whole(0, 99)}`, `broadcast_${chance.whole(0, 99)}_piece0`]),
  size: (chance) => `${(chance.next() * 999).toFixed(1)} ${chance.of(['B', 'KB', 'MB', 'GB'])}`,
  restated: (chance) => { const bytes = chance.whole(0, 4000); return bytes < 1024 ? `${bytes} bytes` : `${bytes} bytes (${(bytes / 1024).toFixed(2)} KB)`; },
  lifetime: (chance) => chance.of(['<1 sec', `00:${two(chance.whole(1, 59))}`, `${two(chance.whole(0, 9))}:${two(chance.whole(0, 59))}:${two(chance.whole(0, 59))}`]),
  duration: (chance) => chance.of([`${chance.whole(1, 999)}ms`, `${(chance.next() * 9).toFixed(3)}s`, `${chance.whole(1, 59)}m${chance.whole(0, 59)}s`]),
  ms: (chance) => `${chance.whole(1, 99_999)} ms`,
  user: (chance) => chance.skewed(users),
  host: (chance) => chance.skewed(hosts),
  site: (chance) => `${chance.skewed(sites)}:${chance.of([80, 443, 5070, 8080])}`,
  package: (chance) => chance.skewed(packages),
  class: (chance) => chance.skewed(classes),
  exception: (chance) => chance.of(exceptions),
  city: (chance) => chance.skewed(cities),
  sku: (chance) => chance.skewed(skus),
  topic: (chance) => chance.skewed(topics),
  email: (chance) => `${chance.of(users)}.${chance.of(users)}@${chance.of(['shop.example', 'mail.example.org'])}`,
  path,
  winpath: (chance) => `C:\\Windows\\winsxs\\amd64_${chance.hex(8)}\\${chance.of(['cbscore.dll', 'wcp.dll', 'System Files\\x.dll'])}`,
  url: (chance) => `${chance.of(['http', 'https'])}://${chance.of(hosts)}${path(chance)}${chance.of(['', `?q=${chance.whole(1, 99)}`])}`,
  route: (chance) => `/api/v${chance.whole(1, 2)}/${chance.of(['orders', 'users', 'carts'])}/${chance.whole(1, 99_999)}`,
  date: (chance) => `${chance.of(days)} ${chance.of(months)} ${String(chance.whole(1, 28)).padStart(2)} ${clock(chance)} 20${two(chance.whole(5, 26))}`,
  iso: (chance) => `20${two(chance.whole(20, 26))}-${two(chance.whole(1, 12))}-${two(chance.whole(1, 28))}${chance.of(['T', ' '])}${clock(chance)}${chance.of(['Z', '.123Z', '+02:00', ''])}`,
  clf: (chance) => `${two(chance.whole(1, 28))}/${chance.of(months)}/20${two(chance.whole(10, 26))}:${clock(chance)} +0000`,
  klog: (chance) => `${two(chance.whole(1, 12))}${two(chance.whole(1, 28))} ${clock(chance)}.${chance.whole(100_000, 999_999)}`,
  version: (chance) => `${chance.whole(0, 9)}.${chance.whole(0, 20)}.${chance.whole(0, 20)}`,
  kb: (chance) => chance.of([`Package_for_KB${chance.whole(10 ** 6, 4 * 10 ** 6)}~31bf3856ad364e35~amd64~~6.1.1.${chance.whole(1, 9)}`, `Microsoft-Windows-Client-Features-Package~31bf3856ad364e35~amd64~~7.1.7601.${chance.whole(1, 99)}`, `Microsoft-Windows-Media-Package~31bf3856ad364e35~amd64~~7.1.7601.${chance.whole(1, 99)}`]),
  numbers: (chance) => `[${Array.from({ length: chance.whole(1, 6) }, () => chance.whole(0, 99)).join(', ')}]`,
  pod: (chance) => `${chance.of(['cart', 'checkout', 'search', 'payments'])}-${chance.hex(9)}-${chance.hex(5)}`,
  iface: (chance) => chance.of(['eth0', 'eth1', 'eth2', 'eth12']),
  trace: (chance) => `${chance.hex(32)}`,
  query: (chance) => `${chance.of(queries)} * FROM t${chance.whole(1, 9)} WHERE id = ${chance.whole(1, 999)}`,
  maybehost: (chance) => chance.of(['', `${chance.whole(1, 254)}-${chance.whole(1, 254)}.dsl.example.net`, ip(chance)]),
  target: (chance) => chance.of(['null', `WorkSource{${chance.whole(10_000, 10_200)}}`]),
  tag: (chance) => chance.of(['View Lock', 'RILJ_ACK_WL', '*launch*', 'WindowManager', 'AudioMix']),
};
