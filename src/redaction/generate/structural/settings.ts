// Made-up passwords and secrets as settings, files, command lines and addresses hold them.
import { alphabets, base64Of, chars, digits, inLine, int, named, pick, token } from '../lines.ts';
import type { Generator, Random } from '../types.ts';

const query: Generator = {
  detector: 'url-query-secret', positive: (random) => inLine(random, token(random, 28), ['GET /a?token=<>&x=1', 'https://x.example/cb?state=a&code=<>', '"url":"https://x.example/?sig=<>"', '/reset?a=b&access_token=<> 200']),
  negatives: (random) => [{ text: `GET /a?code=${int(random, 100, 599)}` }, { text: '/a?key=name&auth=none' }, { text: `/a?token=${int(random, 1, 999)}` }, { text: `status_code=${int(random, 200, 599)}` }, { text: '/a?sig=&x=1' }],
};
const connection: Generator = {
  detector: 'connection-string', positive: (random) => inLine(random, token(random, 14), ['Server=db1;Database=shop;User Id=app;Password=<>;Encrypt=true', 'host=db port=5432 dbname=shop password=<> sslmode=require', '"Data Source=x;Uid=app;Pwd=<>;"', 'jdbc:sqlserver://db:1433;databaseName=a;user=app;password=<>']),
  negatives: (random) => [{ text: `password=${token(random, 9)}` }, { text: 'Server=db;Password=${PW};' }, { text: `Server=db;cpassword=${token(random, 10)};` }, { text: 'Server=db;Password=********;' }],
};
const dsn: Generator = { detector: 'database-dsn', positive: (random) => inLine(random, token(random, 14), ['dsn shop:<>@tcp(db:3306)/orders', 'DSN="app:<>@unix(/tmp/s.sock)/x"', 'db.example:5432:orders:shop:<>', '*:*:*:postgres:<>', 'read "localhost:6432:*:ann:<>"']), negatives: (random) => [{ text: 'shop@tcp(db:3306)/orders' }, { text: `a${int(random, 1, 9)} @tcp(x)` }, { text: 'app:${PW}@tcp(db:3306)/x' }, { text: `127.0.0.1:5432:${int(random, 1000, 9999)}` }, { text: `cpe:2.3:a:v:p:${int(random, 1, 9)}.0:*:*:*:*:x1:*:*` }, { text: `db:5432:orders:app:${'*'.repeat(8)}` }] };

const npmrc: Generator = { detector: 'npmrc-auth', positive: (random) => inLine(random, token(random, 30), ['//registry.example/:_authToken=<>', '//r.example/:_password=<>', '_auth=<>\n']), negatives: () => [{ text: '//registry.example/:_authToken=${NPM_TOKEN}' }, { text: '_auth=' }, { text: '_authToken is required' }] };
const netrc: Generator = { detector: 'netrc-password', positive: (random) => inLine(random, token(random, 12), ['machine api.example login ann password <>', 'machine h.example\n  login ann\n  password <>\n']), negatives: (random) => [{ text: `machine ${chars(random, alphabets.lower, 5)} is up` }, { text: 'machine a login b' }, { text: 'machine a login b password ****' }] };
const docker: Generator = { detector: 'docker-auth', positive: (random) => inLine(random, base64Of(`${chars(random, alphabets.lower, 5)}:${token(random, 16)}`), ['{"auths":{"r.example":{"auth":"<>"}}}', '{"auth": "<>"}', String.raw`{\"auth\":\"<>\"}`]), negatives: (random) => [{ text: `{"auth":"${base64Of(chars(random, alphabets.lower, 20))}"}` }, { text: '{"auth":"none"}' }, { text: '{"auth":true}' }] };
const otpauth: Generator = { detector: 'otpauth-secret', positive: (random) => inLine(random, chars(random, alphabets.base32, pick(random, [16, 32])), ['otpauth://totp/Shop:ann?secret=<>&issuer=Shop', 'otpauth://hotp/x?issuer=a&secret=<>']), negatives: () => [{ text: 'otpauth://totp/Shop:ann?issuer=Shop' }, { text: 'otpauth://totp/x?secret=short' }] };
const commandLine: Generator = {
  detector: 'command-line-password', positive: (random) => inLine(random, token(random, 12), ['curl -s -u ann:<> https://x.example', 'sshpass -p <> ssh a@b', 'mysql -h db -u root -p<> shop', 'redis-cli -h c -a <> ping', 'docker login -u a -p <> r.example', '["mysql","-uroot","-p<>"]', '{"args":["sshpass","-p","<>"]}', "['docker', 'login', '-u', 'a', '-p', '<>']", 'mongosh -u a -p <> db', String.raw`[\"curl\",\"-u\",\"ann:<>\"]`]),
  negatives: () => [{ text: 'curl -u ann https://x.example' }, { text: 'mysql -u root -p shop' }, { text: 'sshpass -p $PASS ssh a@b' }, { text: 'curl -s https://x.example:8080' }, { text: '["mysql","-u","root","-p"]' }, { text: '["docker","run","-p","8080:80"]' }, { text: 'docker run -p 8080:80 web1' }],
};

const crypt = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const hash = (random: Random): string => pick(random, [
  () => `$2b$1${int(random, 0, 4)}$${chars(random, crypt, 53)}`, () => `$6$${chars(random, crypt, 8)}$${chars(random, crypt, 86)}`, () => `$5$rounds=5000$${chars(random, crypt, 16)}$${chars(random, crypt, 43)}`,
  () => `$argon2id$v=19$m=65536,t=3,p=4$${chars(random, alphabets.base64, 22)}$${chars(random, alphabets.base64, 43)}`, () => `$1$${chars(random, crypt, 8)}$${chars(random, crypt, 22)}`,
  () => `$y$j9T$${chars(random, crypt, 22)}$${chars(random, crypt, 43)}`, () => `$pbkdf2-sha256$29000$${chars(random, crypt, 22)}$${chars(random, crypt, 43)}`, () => `$scrypt$ln=16,r=8,p=1$${chars(random, alphabets.base64, 22)}$${chars(random, alphabets.base64, 43)}`,
])();
const passwordHash: Generator = { detector: 'password-hash', positive: (random) => inLine(random, hash(random), ['ann:<>:19000:0:99999', 'row ("<>")', 'got <> there']), negatives: (random) => [{ text: `$2b$10$${chars(random, crypt, 20)}` }, { text: 'costs $5$ or $6$ each' }, { text: `$6$${chars(random, crypt, 8)}$short` }] };

const saml: Generator = {
  detector: 'saml-message', positive: (random) => inLine(random, base64Of(`<samlp:Response ID="_${chars(random, alphabets.hex, 32)}" Version="2.0">${chars(random, alphabets.lower, 60)}</samlp:Response>`), ['SAMLResponse=<>', '"SAMLResponse":"<>"', 'SAMLResponse: <> ok']),
  negatives: (random) => [{ text: 'SAMLResponse=invalid' }, { text: `SAMLResponse=${chars(random, alphabets.lower, 120)}` }, { text: 'SAMLResponse is missing' }],
};
const randomValue = (random: Random): string => `${chars(random, 'abcxyz', 3)}${chars(random, 'BCDFGH', 3)}${digits(random, 3)}${chars(random, alphabets.base62, 24)}`;
const highEntropy: Generator = {
  detector: 'high-entropy', positive: (random) => inLine(random, randomValue(random), ['Key=<>', 'salt: <>', '"seed":"<>"', 'license-key="<>" ok']),
  negatives: (random) => [{ text: `key=${chars(random, alphabets.hex, 40)}` }, { text: `cache_key=${randomValue(random)}` }, { text: 'key=images/products/Large/2024/08/A1b2.png' }, { text: `monkeys ${randomValue(random)}` }, { text: `key=${chars(random, alphabets.lower, 30)}` }],
};
const assignment: Generator = {
  detector: 'secret-assignment', positive: (random) => inLine(random, token(random, 16), ['db_password=<>; pool=5', '{"password": "<>", "x": 1}', 'api_key: <>', "secret => '<>'", 'run --password <> --x', String.raw`{\"passphrase\":\"<>\"}`, 'token="<>"', 'DB_PASS=<>', 'REDIS_AUTH=<>', '{"passwords":["<>"]}', 'token: Some("<>")', '["tool","--token","<>"]', '{"name":"DB_PASSWORD","value":"<>"}', 'my password is <>', 'passwords:\n  - <>\n']),
  negatives: (random) => [{ text: `token count: ${int(random, 1, 999)}` }, { text: 'password: incorrect' }, { text: 'password=${DB_PASSWORD}' }, { text: 'secret=null' }, { text: `tokens=${int(random, 1, 9999)}` }, { text: 'run --password --force' }, { text: 'secret-level: high' }, { text: `first_pass=shadow${int(random, 1, 99)}map` }, { text: `"pass":"step ${int(random, 1, 99)} of all done"` }, { text: '{"password":["must have 8 characters"]}' }, { text: `secrets: ["db-creds-${int(random, 1, 9)}"]` }, { text: `"tokens":[${int(random, 100, 999)},${int(random, 1000, 9999)}]` }, { text: 'the password is base64' }, { text: 'password: getenv("DB_PASSWORD_1")' }],
};

export const settingGenerators: readonly Generator[] = [
  query, connection, dsn, npmrc, netrc, docker, otpauth, commandLine, passwordHash,
  named('oauth-client-secret', ['client_secret', 'clientSecret', 'consumer_secret', 'app_secret'], (random) => token(random, 32), () => ['${SECRET}', 'missing', '********']),
  named('one-time-code', ['otp', 'OTP', 'passcode', 'totp_code'], (random) => digits(random, 6), () => ['invalid', '123', '1234567890']),
  named('verification-code', ['verification code', 'mfa_code', 'login code'], (random) => digits(random, 6), () => ['expired', '12']),
  named('recovery-code', ['recovery_code', 'backup code'], (random) => `${chars(random, '23456789ABCD', 5)}-${int(random, 2, 9)}${chars(random, '23456789ABCD', 4)}`, () => ['pending', 'not-used']),
  saml, highEntropy, assignment,
];
