import { expect, it } from 'vitest';
import { serviceShown } from './service-name.ts';

it.each([
  ['node /shop/tower.ts', 'tower'], ['node --import ./tracing.mjs -r dotenv/config --inspect-port=0 dist/server.cjs --port 80', 'server'], ['/usr/bin/node --env-file .env app', 'app'], ['node -e setInterval(work) x.js', 'node'], ['node', 'node'], ['node --title=x', 'node'],
  ['npm start --forward http://127.0.0.1:24399', 'npm'], ['node --forward http://127.0.0.1:24399', 'node'], ['node --listen 127.0.0.1:80 app.js', 'app'], ['node --heap 4096 /shop/tower.mjs --to http://x/y', 'tower'], ['node --peer localhost:4318 --bind [::1]:80', 'node'], ['node -- http://x/tower.js', 'node'], ['/usr/bin/yarn dev', 'yarn'], ['node NODE_ENV=x', 'node'],
])('what runs as `%s` and has no service is %s', (command, shown) => { expect(serviceShown({ service: null, name: 'node', runtime: 'node', command })).toBe(shown); });

it('a service is itself, and a program without a runtime its own name', () => {
  expect(serviceShown({ service: 'shop', name: 'node', runtime: 'node', command: 'node tower.ts' })).toBe('shop');
  expect([serviceShown({ service: null, name: 'nginx', runtime: 'native', command: 'nginx: worker process' }), serviceShown({ service: null, name: 'python3.13', runtime: 'python', command: 'python3.13 -m http.server' })]).toEqual(['nginx', 'http.server']);
});
