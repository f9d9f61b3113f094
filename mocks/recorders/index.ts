// The flight recorders of the mock fleet, and their routes: a plain one, a keyed one, one on disk with a problem, one that nothing fills.
import { http, HttpResponse } from 'msw/http';
import { recorderDefinition, type FleetRecorder, type RecorderDefinition, type RecorderState } from '../../src/model/index.ts';
import { mockAgents } from '../agents.ts';
import { at, problem } from '../answers.ts';
import type { MockBackend } from '../backend.ts';

const MiB = 2 ** 20;
type Held = Omit<RecorderState, 'name' | 'maxBytes' | 'oldestUnixMs' | 'disk'> & { readonly reachesMs: number; readonly perSecond: number };

const seeds = (): readonly RecorderDefinition[] => [
  { name: 'checkout-verbose', description: 'Everything checkout logs, for the last minutes.', maxBytes: 16 * MiB },
  { name: 'by-session', description: 'One small ring a session: what led to a broken one.', maxBytes: 32 * MiB, key: ['tostring(Attributes["session.id"])'], maxKeys: 5000, maxAgeMs: 1_800_000 },
  { name: 'payments-audit', description: 'Kept through a crash of the agent.', maxBytes: 64 * MiB, disk: true },
].map(seed => recorderDefinition.parse(seed));

const held: Readonly<Record<string, Held>> = {
  'checkout-verbose': { records: 41_200, bytes: 9.2 * MiB, evicted: 0, taken: 41_200, takenBytes: 9.2 * MiB, refused: 0, keys: 1, running: true, reachesMs: 312_000, perSecond: 132 },
  'by-session': { records: 88_410, bytes: 31.4 * MiB, evicted: 20_118, taken: 108_528, takenBytes: 38.1 * MiB, refused: 12, keys: 1284, evictedKeys: 96, running: true, reachesMs: 1_730_000, perSecond: 61 },
  'payments-audit': { records: 5210, bytes: 2.1 * MiB, evicted: 0, taken: 5210, takenBytes: 2.1 * MiB, refused: 0, keys: 1, running: true, problem: 'The disk is full: /var/lib/weir/recorders has 0 B left. It is kept in memory until there is room.', reachesMs: 9_200_000, perSecond: 0.6 },
};
/** A rule names it, and nobody defined it. */
const undefinedName = 'launches';

export function recorderHandlers(backend: MockBackend) {
  const definitions = new Map(seeds().map(definition => [definition.name, definition]));
  const all = (): readonly FleetRecorder[] => [...[...definitions.values()].map(definition => recorder(backend, definition, false)), ...(definitions.has(undefinedName) ? [] : [recorder(backend, recorderDefinition.parse({ name: undefinedName }), true)])];
  return [
    http.get(at('/recorders'), () => HttpResponse.json({ recorders: all(), budgets: [{ agent: 'shop-1', bytes: 43 * MiB, maxBytes: 64 * MiB }, { agent: 'shop-2', bytes: 31 * MiB, maxBytes: 64 * MiB }] })),
    http.put(at('/recorders/:name'), async ({ request }) => {
      const body = recorderDefinition.safeParse(await request.json());
      if (!body.success) return problem(422, 'recorder.invalid', 'This is no definition of a recorder.', undefined, body.error.issues.map(issue => ({ path: issue.path.join('.'), message: issue.message })));
      definitions.set(body.data.name, body.data);
      backend.note('recorder.define', `recorder:${body.data.name}`);
      return HttpResponse.json(recorder(backend, body.data, false));
    }),
    http.delete(at('/recorders/:name'), ({ params }) => { definitions.delete(String(params['name'])); backend.note('recorder.delete', `recorder:${String(params['name'])}`); return new HttpResponse(null, { status: 204 }); }),
    http.get(at('/recorders/:name/keys'), ({ params }) => {
      const now = backend.clock();
      const keyed = (definitions.get(String(params['name']))?.key.length ?? 0) > 0;
      return HttpResponse.json({ ask: 'mock', keys: keyed ? Array.from({ length: 40 }, (_, i) => ({ key: `s-${(9001 + i * 37).toString(36)}`, records: 900 - i * 21, bytes: (900 - i * 21) * 356, oldestUnixMs: now - 600_000 - i * 9000, newestUnixMs: now - i * 700 })) : [], more: keyed ? 1244 : 0 });
    }),
  ];
}

function recorder(backend: MockBackend, definition: RecorderDefinition, isDefault: boolean): FleetRecorder {
  const now = backend.clock();
  const state = held[definition.name];
  const rule = backend.store.deployedRules().find(({ shape, document }) => shape.sink === 'record' && JSON.stringify(document).includes(definition.name));
  const agents = state === undefined ? [] : mockAgents(backend).slice(0, definition.name === 'by-session' ? 2 : 1).map(agent => {
    const { reachesMs, perSecond, ...rest } = state;
    const running = !backend.actions.stopped.has(definition.name);
    return { ...rest, name: definition.name, maxBytes: definition.maxBytes, disk: definition.disk, oldestUnixMs: now - reachesMs, newestUnixMs: now - 400, running, agent: { id: agent.id, name: agent.name, connected: agent.connected }, recordsPerSecond: running ? perSecond : 0, bytesPerSecond: running ? perSecond * 234 : 0 };
  });
  return { definition, isDefault, rules: rule === undefined ? [] : [{ id: rule.id, name: rule.document.name, running: true }], agents };
}
