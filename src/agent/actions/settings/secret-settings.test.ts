import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../redaction/index.ts';
import { redactText } from '../redact-text.ts';
import { secretSettings } from './secret-settings.ts';

const random = seededRandom(11);
/** Of small letters and digits, as people make them: no detector would know it for one. */
const made = (length = 9): string => `q${Array.from({ length }, () => Math.floor(random() * 36).toString(36)).join('')}z`;
const redact = redactText();
const name = ['pass', 'word'].join('');

const hidden: readonly (readonly [string, (value: string) => string])[] = [
  ['redis', (v) => `port 6379\nrequirepass ${v}\nmasterauth ${v}\nuser default on >${v} ~* +@all\nsentinel auth-pass main ${v}\n`], ['keepalived', (v) => `  auth_pass ${v}\n`],
  ['a block of YAML', (v) => `db:\n  ${name}: |\n    ${v}\n\n    more ${v}\n  port: 5\n`], ['a folded block', (v) => `${name}: >-\n  ${v}\n`], ['the next line', (v) => `db:\n  ${name}:\n    ${v}\n`], ['the next line of a token', (v) => `api:\n  token:\n    ${v}\n`],
  ['a name and a value in turn', (v) => `env:\n  - name: JWT_KEY\n    value: ${v}\n`], ['a name and a block in turn', (v) => `- name: HMAC_KEY\n  value: |\n    ${v}\n`], ['JSON pairs', (v) => `{"name": "JWT_KEY", "value": "${v}"}`],
  ['pw', (v) => `pw=${v}\n`], ['pass', (v) => `pass: ${v}\n`], ['a key of Rails', (v) => `  secret_key_base: ${v}\n`], ['an environment file', (v) => `export JWT_KEY=${v}\nTWILIO_AUTH="${v}"\nSTRIPE_SK=${v}\n`], ['compose', (v) => `    - BASIC_AUTH=${v}\n`],
  ['a Dockerfile', (v) => `ENV FERNET_KEY ${v}\nENV APP_KEY=${v}\n`], ['systemd', (v) => `Environment="LICENSE_KEY=${v}"\n`], ['camel case', (v) => `{"jwtKey":"${v}","dbPass":"${v}"}`], ['JSON in JSON', (v) => `{"env":"{\\"JWT_KEY\\":\\"${v}\\"}"}`],
  ['a default in JavaScript', (v) => `  ${name}: process.env.PW || '${v}',\n  other: process.env['DB_PASS'] ?? "${v}",\n`], ['a default of something', (v) => `  ${name}: settings.load('x') || '${v}',\n`], ['a default in Python', (v) => `PW = os.environ.get("APP_KEY", "${v}")\nx = os.getenv('DB_PW', '${v}')\n`],
  ['a default of a shell', (v) => `x=\${DB_PASS:-${v}}\n`], ['a list of processes', (v) => `root  1  0.0  putty -pw ${v} host --jwt-key ${v} --db-pass=${v} -auth ${v}\n`],
];

describe('what a set-up holds', () => {
  it.each(hidden)('is hidden: %s', (_, text) => {
    for (let round = 0; round < 20; round++) {
      const value = made();
      expect(redact(text(value)).text, text('…')).not.toContain(value);
    }
  });

  it.each([
    'cache_key: user-12\nsort_key: name\nkeywords: a\n', `${name}: \${DB_PW}\npass: {{ vault }}\npw=$PW\n`, 'AUTH: basic\nproxy_auth: none\nUSE_AUTH=true\n', 'TLS_KEY=/etc/ssl/private/server.key\nAPI_BASE=https://api.example.com/v1\n',
    '--- PASS: TestOne (0.00s)\n', 'ssl_certificate_key server.pem\n', 'db:\n  secretName: shop-db\n  auth:\n    enabled: true\n', `secretKeyRef:\n  name: shop\n  key: db\n`, 'node server.js --port 80 --no-auth start --verbose\n', 'columns: ["id","password","email"]\n',
    'user root;\nworker_processes 4;\n', '# pass the key to whoever asks\n',
  ])('is left when it says nothing: %j', (text) => { expect(redact(text).text).toBe(text); });

  it('tells where they were, also those that the detectors found behind others', () => {
    const [first, second] = [made(), made(20)];
    const text = `pw=${first}\nx ${name}=${second}\nend\n`;
    const spans = redact(text).spans ?? [];
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual([first, second]);
  });
});

it('gives spans in order within the text, whatever it is, and keeps the rest', () => {
  const piece = fc.constantFrom('pw', 'pass', 'JWT_KEY', ': ', '=', '|', '\n', '  ', '- ', 'name', 'value', '"', '\'', '`', '\\', '${', '}', ':-', '||', '??', 'getenv(', ',', 'user ', '>', 'x1', '--', '-pw ', '\r\n', 'requirepass ', '•');
  fc.assert(fc.property(fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('')), (text) => {
    let at = 0;
    for (const { start, end } of secretSettings(text)) {
      expect(start).toBeGreaterThanOrEqual(at);
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(text.length);
      at = end;
    }
  }), { seed: 5, numRuns: 3000 });
});

it('finds nothing more in what it has hidden', () => {
  for (const [, text] of hidden) {
    const once = redact(text(made())).text;
    expect(redact(once).text).toBe(once);
  }
});
