// The demo shop's fault switches, passed on to the shop; each change is audited like any other.
import { z } from 'zod';
import { ok, type Result } from '../../base/index.ts';
import { demoFaults, setDemoFault } from '../../model/index.ts';
import { record } from '../audit/index.ts';
import type { Principal } from '../auth/index.ts';
import { refuse, type Problem } from '../http/problem.ts';
import { route, type Route } from '../http/route.ts';
import type { DemoControl, DemoFaults } from '../ports/demo-control.ts';
import type { Store } from '../store/index.ts';

export interface DemoRouteOptions { readonly demo: DemoControl | null; readonly store: Store; readonly now: () => string }
type Answer = Promise<Result<DemoFaults, Problem>>;

export function demoRoutes(options: DemoRouteOptions): Route[] {
  return [
    route({ method: 'GET', path: '/demo/faults', tag: 'demo', summary: 'The faults that the demo shop can have', status: 200, response: demoFaults, problems: ['demo.absent', 'demo.unreachable'],
      handle: () => withDemo(options.demo, async (demo) => ok(await demo.list())) }),
    route({ method: 'PUT', path: '/demo/faults/{name}', tag: 'demo', summary: 'Switch a fault of the demo shop on or off', params: z.object({ name: z.string().max(100) }), body: setDemoFault,
      status: 200, response: demoFaults, problems: ['demo.absent', 'demo.fault-unknown', 'demo.unreachable'],
      handle: ({ params, body, principal }) => withDemo(options.demo, (demo) => setFault(options, demo, params.name, body.on, principal)) }),
  ];
}

async function setFault({ store, now }: DemoRouteOptions, demo: DemoControl, name: string, on: boolean, principal: Principal): Answer {
  const before = (await demo.list()).faults.find((fault) => fault.name === name);
  const after = before === undefined ? null : await demo.set(name, on);
  if (after === null) return refuse('demo.fault-unknown', `The demo shop has no fault called "${name}".`);
  await store.transaction((parts) => record(parts, principal, now(), { action: 'demo.fault', subject: `fault:${name}`, before: { on: before?.on }, after: { on } }));
  return ok(after);
}

async function withDemo(demo: DemoControl | null, ask: (demo: DemoControl) => Answer): Answer {
  if (demo === null) return refuse('demo.absent', 'This server runs without the demo shop.');
  try {
    return await ask(demo);
  } catch (error) {
    return refuse('demo.unreachable', `The demo shop did not answer: ${error instanceof Error ? error.message : String(error)}`);
  }
}
