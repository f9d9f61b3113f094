import { expect, it, test } from 'vitest';
import { isPlainSetting, isSecretName } from './secret-names.ts';

test.each(['SECRET_KEY_BASE', 'BASIC_AUTH', 'JWT_KEY', 'HMAC_KEY', 'TWILIO_AUTH', 'X_AUTH', 'NPM_CONFIG__AUTH', 'npm_config__auth', 'VAULT_UNSEAL_KEY', 'STRIPE_SK', 'LICENSE_KEY', 'APP_KEY', 'FERNET_KEY', 'LDAP_BIND_PW', 'DBPASS', 'PGAUTH', 'JWTKEY', 'API_KEYS', 'JWT_SECRET_CURRENT', 'PASSWORD_OLD', 'dbPass', 'jwt-key', 'pw', 'pass', 'OPENAI_API_BASE'])('%s names a secret', (name) => { expect(isSecretName(name)).toBe(true); });
test.each(['PATH', 'HOME', 'COMPASS', 'BYPASS', 'compass', 'DATABASE', 'SSH_AUTH_SOCK', 'USE_AUTH', 'no-auth', 'MONKEY', 'SECRET_NAME', 'PASSWORD_POLICY', 'PASSWORD_MIN_LENGTH', 'DB_PASSWORD_FILE', 'KEYBOARD', 'AUTHOR', 'TASK', 'port', 'base'])('%s names none', (name) => { expect(isSecretName(name)).toBe(false); });
test.each(['true', '0', '/etc/ssl/private/server.key', '~/.ssh/id_rsa', './keys/jwt.pem', 'server.pem', 'https://api.example.com:8080/v1', 'basic', 'scram-sha-256'])('%s says nothing', (value) => { expect(isPlainSetting(value)).toBe(true); });

it('takes nothing random for a path or an address', () => {
  const run = 'q7'.repeat(14);
  for (const value of ['12', 'shadow', `/${run}`, `/AbC/d${run}`, `https://hooks.example.com/${run}`, `/a/${'Q'.repeat(3)}x`, `${run}.txt.exe`, '']) expect(isPlainSetting(value), value).toBe(false);
});
