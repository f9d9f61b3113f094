import { describe, expect, it } from 'vitest';
import { packageOf } from './package-of.ts';

const cases: readonly (readonly [string | null, string])[] = [
  ['/shop/checkout/node_modules/express/lib/router/index.js', 'express'],
  ['file:///shop/checkout/node_modules/express/lib/router/index.js', 'express'],
  ['C:\\shop\\checkout\\node_modules\\pg\\lib\\client.js', 'pg'],
  ['/shop/checkout/node_modules/@opentelemetry/sdk-trace/build/src/Tracer.js', '@opentelemetry/sdk-trace'],
  ['/shop/checkout/node_modules/a/node_modules/@b/c/index.js', '@b/c'],
  ['/shop/x/node_modules/.pnpm/express@4.18.2/node_modules/express/index.js', 'express'],
  ['/shop/x/node_modules/.pnpm/@scope+name@1.0.0_peer@2.0.0/index.js', '@scope/name'],
  ['node_modules/pg/lib/client.js', 'pg'],
  ['http://localhost:8080/node_modules/react/index.js?v=12', 'react'],
  ['node:internal/process/task_queues', 'node'],
  ['node:fs', 'node'],
  ['internal/modules/cjs/loader.js', 'node'],
  [null, 'native'],
  ['', 'native'],
  ['native array.js', 'native'],
  ['/usr/lib/x86_64-linux-gnu/libc.so.6', 'libc'],
  ['/usr/lib/libstdc++.so.6.0.30', 'libstdc++'],
  ['/usr/lib/libc-2.31.so', 'libc'],
  ['/shop/build/Release/addon.node', 'addon'],
  ['/usr/sbin/nginx', 'nginx'],
  ['[kernel.kallsyms]', 'kernel'],
  ['/maps/perf-4121.map', 'jit'],
  ['wasm://wasm/00c0ffee', 'wasm'],
  [`data:text/javascript,${'a/'.repeat(100_000)}`, 'inline'],
  ['/shop/checkout/src/pricing.ts', 'checkout'],
  ['file:///shop/checkout/src/pricing/hanoi.ts', 'checkout'],
  ['checkout/src/pricing/hanoi.ts', 'checkout'],
  ['/shop/ann/main/src/pricing/hanoi.ts', 'main'],
  ['/srv/shop/releases/41/dist/main.js', 'shop'],
  ['/srv/shop/releases/41/main.js', 'shop'],
  ['/srv/shop/v1.9.3/dist/main.js', 'shop'],
  ['/usr/src/app/index.js', 'app'],
  ['/shop/ann/shop/packages/cart/dist/src/index.js', 'cart'],
  ['/shop/checkout/server/handlers/order.js', 'handlers'],
  ['src/main.ts', 'app'],
  ['https://shop.example/assets/index-4f.js', 'assets'],
  ['https://shop.example/index.js', 'shop.example'],
  ['webpack://checkout/./src/pricing.ts', 'checkout'],
  ['/usr/lib/python3/dist-packages/requests/api.py', 'requests'],
  ['/usr/lib/python3.11/json/decoder.py', 'python'],
  ['/root/go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/context.go', 'gin-gonic/gin'],
  ['/usr/local/go/src/runtime/proc.go', 'go'],
];

describe('the package of a function', () => {
  it.each(cases)('%.80s is %s', (file, expected) => { expect(packageOf(file, 'f')).toBe(expected); });
  it('is the garbage collector by its name', () => { expect(packageOf(null, '(garbage collector)')).toBe('v8 gc'); });
});
