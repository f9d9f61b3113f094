// The demo shop's fault switches, over HTTP on loopback: GET /faults, PUT /faults/NAME {"on": true}.
import type { z } from 'zod';
import { demoFaults } from '../../model/index.ts';

export type DemoFaults = z.infer<typeof demoFaults>;

export interface DemoControl {
  /** Both reject when the shop does not answer or answers nonsense; `set` gives null for an unknown fault. */
  list(): Promise<DemoFaults>;
  set(name: string, on: boolean): Promise<DemoFaults | null>;
}

const timeoutMs = 3000;

export function httpDemoControl(controlUrl: string): DemoControl {
  const url = (path: string) => new URL(path, controlUrl.endsWith('/') ? controlUrl : `${controlUrl}/`);
  const list = async () => read(await fetch(url('faults'), { signal: AbortSignal.timeout(timeoutMs) }));
  return {
    list,
    async set(name, on) {
      const response = await fetch(url(`faults/${encodeURIComponent(name)}`), {
        method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ on }), signal: AbortSignal.timeout(timeoutMs),
      });
      if (response.status === 404) return null;
      if (!response.ok) throw new Error(`The demo shop answered with status ${response.status}.`);
      await response.body?.cancel();
      return list();
    },
  };
}

async function read(response: Response): Promise<DemoFaults> {
  if (!response.ok) throw new Error(`The demo shop answered with status ${response.status}.`);
  return demoFaults.parse(await response.json());
}
