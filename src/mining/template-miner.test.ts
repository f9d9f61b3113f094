// What the miner takes for one statement, by examples of each rule; parameters; books of strangers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookVersion, isTemplateBook, TemplateMiner } from './index.ts';
import { Chance } from './testing/chance.ts';
import { corpusOf, formatNames } from './testing/corpus.ts';
import { idsOf, mineText, templateOf } from './testing/mining.ts';

const encoder = new TextEncoder();
const single = (text: string): string => templateOf(new TemplateMiner(), text);

describe('values by their looks', () => {
  it.each([
    ['took -1,234.5 ms and 12 % of 3.2 GB', 'took <*> and <*> of <*>'],
    ['id 0x1f and 5b8efff798038103d269b633813fc60c and b9000564-fe1a-409b-b8cc-1e88b294cd1d', 'id <*> and <*> and <*>'],
    ['from 10.0.0.1:8080 to fe80::1c2:3ff:fe4d:5 by 5c:50:15:4c:18:13', 'from <*> to <*> by <*>'],
    ['read /var/log/x.log and C:\\Windows\\Temp\\a b\\c.txt from https://api.example.com/v1?q=a', 'read <*> and <*> from <*>'],
    ['mail to ann@shop.example via mx.mail.example.com', 'mail to <*> via <*>'],
    ['at 2026-01-22T16:49:28.123Z until 2026-01-22 17:00:00 or Thu Jul  7 16:33:52 2005', 'at <*> until <*> or <*>'],
    ['name="x y" tag=\'z\' msg="all is well" ws=null', 'name="<*>" tag=\'<*>\' msg="all is well" ws=<*>'],
    ['ids [1, 2, 3] of blk_1 blk_-2 blk_3', 'ids [<*>] of blk_<*>'],
    ['uid=0 user: core12 node-7 on eth0', 'uid=<*> user: core<*> node-<*> on eth0'],
    ['{"level":"info","n":1,"tags":["3f1a77","77b001"],"msg":"order placed"}', '{"level":"info","n":<*>,"tags":["<*>"],"msg":"order placed"}'],
    ['isLeader=true term=4, drawn= false for {"ok":true}', 'isLeader=<*> term=<*>, drawn= <*> for {"ok":<*>}'],
    ['\ufeffjob \u001b[1;32mstarted\u001b[0m on \u001b[31m5\u001b[0m', 'job started on <*>'],
    ['connection from ::1 refused, using v1.2.3+build5', 'connection from <*> refused, using <*>'],
    ['open [2404:6800:4008::1]:443 through [::1]:80 at [12:01:05]', 'open <*> through <*> at [<*>]'],
    ['GET /api/v1/cart/17/items?page=2 200 5.1 ms', 'GET /api/v1/cart/<*>/items?<*> <*> <*>'],
    ['enable.....0 and 403 bytes (1.2 KB) sent', 'enable.....<*> and <*> bytes sent'],
  ])('%s', (text, template) => { expect(single(text)).toBe(template); });

  it('a redacted line has the template of the line in clear', () => {
    const marks = ['\u2022\u2022\u2022\u2022', 'ghp_\u2022\u2022\u2022\u2022', 'email#0123456789abcdef', '[REDACTED]', '[REDACTED:email]', '<redacted>', '\u2022\u2022\u2022\u20224242'];
    for (const mark of marks.filter((one) => !one.startsWith('ghp'))) expect(single(`card ${mark} was charged`)).toBe(single('card 4111111111111111 was charged'));
    expect(single(`token ${marks[1]!} is in use`)).toBe(single(`token ghp_${'A1b2'.repeat(9)} is in use`));
    expect(single('password=*** for login')).toBe(single('password=1234 for login'));
  });

  it('of several lines the first counts, with the class of the exception', () => {
    expect(single('Order 5 failed\njava.lang.IllegalStateException: bad 7\n\tat com.shop.A.b(A.java:3)')).toBe('Order <*> failed java.lang.IllegalStateException');
    expect(single('Traceback (most recent call last):\n  File "a.py", line 3, in x\nValueError: no')).toBe('Traceback (most recent call last): ValueError');
    expect(single('first line\nsecond line 1')).toBe(single('first line\nother'));
  });

  it('is made again from its own text', () => {
    for (const format of formatNames) {
      for (const line of corpusOf(format, 60, 2).lines) {
        const template = single(line);
        if (!line.includes('\n')) expect(single(template), line).toBe(template);
      }
    }
  });
});

describe('values by evidence', () => {
  const after = (texts: readonly string[]): string[] => {
    const miner = new TemplateMiner();
    const ordinals = texts.map((text) => mineText(miner, text));
    return ordinals.map((ordinal) => miner.describe(ordinal).template);
  };

  it('two users are enough, and opened is not closed', () => {
    expect(new Set(after(['session opened for user root', 'session opened for user bob', 'session closed for user root', 'session closed for user bob']))).toEqual(new Set(['session opened for user <*>', 'session closed for user <*>']));
  });

  it('states, levels and methods tell statements apart', () => {
    const texts = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD'].map((method) => `request ${method} was served`).concat(['started', 'stopped', 'opened', 'closed', 'failed'].map((state) => `the service has ${state} now`));
    expect(new Set(after(texts)).size).toBe(texts.length);
  });

  it('routes of requests tell statements apart, and only so long as they are few', () => {
    const routes = ['GET /cart/1 200', 'GET /product/2 500', 'GET /product/3 200', 'GET /cart/7/lines 404', 'POST /login 200', 'GET / 200'];
    expect(after(routes)).toEqual(['GET /cart/<*> <*>', 'GET /product/<*> <*>', 'GET /product/<*> <*>', 'GET /cart/<*>/lines <*>', 'POST /login <*>', 'GET / <*>']);
    const chance = new Chance(5);
    const many = Array.from({ length: 100 }, () => `GET /by-${Array.from({ length: 9 }, () => chance.of([...'bcdfghjklmnpqrstvwxz'])).join('')}/1 200`);
    expect(new Set(after(many))).toEqual(new Set(['GET <*> <*>']));
  });

  it('a template never swallows a word that all lines of a request share', () => {
    const word = fc.stringMatching(/^[a-z]{3,8}$/).filter((one) => !/^[a-f]+$/.test(one));
    fc.assert(fc.property(fc.constantFrom('GET', 'POST', 'DELETE'), fc.array(word, { minLength: 1, maxLength: 4 }), fc.array(fc.nat(99_999), { minLength: 2, maxLength: 60 }), (method, words, ids) => {
      const path = words.map((one) => `/${one}`).join('');
      expect(new Set(after(ids.map((id) => `${method} ${path}/${id} ${200 + id % 300}`)))).toEqual(new Set([`${method} ${path}/<*> <*>`]));
    }), { numRuns: 50 });
  });

  it('values of keys that tell statements apart stay', () => {
    const texts = ['order_created', 'order_shipped', 'order_paid', 'cart_emptied', 'user_joined'].flatMap((event) => [`event=${event} for shop at noon`, `{"action":"${event}","shop":"corner"}`]);
    expect(new Set(after(texts)).size).toBe(texts.length);
  });

  it('a word of the language is a value too where others are', () => {
    const miner = new TemplateMiner();
    for (const name of ['order', 'zephyr', 'kumquat', 'xyzzy', 'plugh']) mineText(miner, `the queue called ${name} is full`);
    expect(templateOf(miner, 'the queue called order is full')).toBe('the queue called <*> is full');
  });

  it('words behind a sign of equality or a key of JSON are values, but for keys that tell', () => {
    expect(new Set(after(['timeout', 'reset', 'EOF'].map((err) => JSON.stringify({ level: 'error', msg: 'request failed', err })))).size).toBe(1);
    expect(new Set(after(['users', 'orders', 'carts', 'items'].map((topic) => `level=info reading all of topic=${topic} again`))).size).toBe(1);
    expect(new Set(after(['started', 'stopped', 'failed', 'paused'].map((msg) => JSON.stringify({ level: 'info', msg })))).size).toBe(4);
  });

  it('base64 is one value, whatever stands in it', () => {
    const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'];
    const chance = new Chance(3);
    const ids = new Set(after(Array.from({ length: 300 }, () => `publickey accepted for alice of ssh2: RSA SHA256:${Array.from({ length: 43 }, () => chance.of(alphabet)).join('')}`)));
    expect(ids.size).toBe(1);
  });

  it('a number or mask may stand where names do', () => {
    expect(new Set(after(['user alice was removed', 'user \u2022\u2022\u2022\u2022 was removed', 'user 17 was removed'])).size).toBe(1);
  });
});

describe('parameters', () => {
  it('are the texts at the wildcards', () => {
    const miner = new TemplateMiner();
    const read = (text: string): readonly string[] | null => { const bytes = encoder.encode(text); return miner.parameters(bytes, 0, bytes.length); };
    for (const user of ['bob', 'carol']) mineText(miner, `user ${user} bought 3 items in 12 ms from 10.0.0.1:80`);
    expect(read('user dave bought 4 items in 1.5 ms from 10.0.0.9:81')).toEqual(['dave', '4', '1.5 ms', '10.0.0.9:81']);
    expect(read('never seen')).toBeNull();
    expect(miner.stats().lines).toBe(2);
  });

  it('are as many as wildcards, and each stands in the line', () => {
    for (const format of formatNames) {
      const miner = new TemplateMiner();
      const { lines } = corpusOf(format, 300, 6);
      idsOf(miner, lines);
      for (const line of lines) {
        const bytes = encoder.encode(line);
        const values = miner.parameters(bytes, 0, bytes.length);
        const template = miner.describe(miner.look(bytes, 0, bytes.length)).template;
        expect(values?.length, `${template}\n${line}`).toBe(template.split('<*>').length - 1);
        for (const value of values ?? []) expect(line).toContain(value);
      }
    }
  });
});

describe('books', () => {
  it('of another version or shape are told apart', () => {
    expect(isTemplateBook({ version: bookVersion - 1, templates: [], passed: [] })).toBe(false);
    expect(isTemplateBook({ version: bookVersion, templates: [{ template: 5 }], passed: [] })).toBe(false);
    expect(isTemplateBook({ version: bookVersion, templates: [{ template: 'a', varying: [-1] }], passed: [] })).toBe(false);
    expect(isTemplateBook(null)).toBe(false);
  });

  it('keep aliases of others, and take no room beyond the bound', () => {
    const miner = new TemplateMiner({ maxTemplates: 50 });
    const alias = `t-${new Chance(1).hex(16)}`;
    expect(miner.learn({ version: bookVersion, templates: [{ template: 'it is done', aliases: [alias, 'nonsense'] }], passed: [] })).toBe(0);
    expect(miner.describe(miner.find(alias)).template).toBe('it is done');
    expect(miner.book().templates[0]?.aliases).toEqual([alias]);
    expect(miner.learn({ version: bookVersion, templates: Array.from({ length: 100 }, (_, i) => ({ template: `done ${'very '.repeat(i)}well` })), passed: [] })).toBeGreaterThan(40);
  });
});
