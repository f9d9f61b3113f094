import { expect, it } from 'vitest';
import { codec, encodeLogs } from '../../otlp/index.ts';
import type { ToldResource } from '../processes/index.ts';
import { resourceReader } from './told-resources.ts';

function told(resources: readonly Record<string, string | number>[]): { readonly all: ToldResource[]; readonly passedOver: number } {
  const [all, view] = [[] as ToldResource[], codec.walk('logs', Buffer.concat(resources.map((attributes) => encodeLogs(attributes, 'scope', [{ body: 'a' }, { body: 'b' }]))))];
  if (!view.ok) throw new Error(view.error.message);
  let passedOver = 0;
  resourceReader({ tell: (one) => { all.push(one); }, passOver: () => { passedOver++; } })(view.value);
  return { all, passedOver };
}

it('tells of each resource once, and of none without a pid', () => {
  const { all } = told([{ 'service.name': 'cart', 'service.version': '1.9.3', 'process.pid': 7, 'host.name': 'h' }, { 'service.name': 'cart' }, { 'service.name': 'pay', 'process.pid': 8, 'container.id': 'c' }, { 'process.pid': -1 }]);
  expect(all).toEqual([{ service: 'cart', version: '1.9.3', pid: 7, hostName: 'h', hostId: null, containerId: null }, { service: 'pay', version: null, pid: 8, hostName: null, hostId: null, containerId: 'c' }]);
});

it('looks at so many resources of a request and no more, and says so', () => {
  const { all, passedOver } = told(Array.from({ length: 600 }, (_, pid) => ({ 'service.name': 's', 'process.pid': pid + 1 })));
  expect([all.length, passedOver]).toEqual([512, 1]);
});
