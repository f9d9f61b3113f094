// Public face: the routes of armed nets, played by the mock backend. A net that is deployed is armed on every connected agent.
import { http, HttpResponse } from 'msw/http';
import { at, problem } from '../answers.ts';
import type { MockBackend } from '../backend.ts';
import { fleetNetOf } from './report.ts';

const armed = (backend: MockBackend) => backend.store.deployedRules().flatMap(rule => fleetNetOf(backend, rule) ?? []);

export const netHandlers = (backend: MockBackend) => [
  http.get(at('/nets'), () => HttpResponse.json({ nets: armed(backend) })),
  http.get(at('/nets/:rule'), ({ params }) => { const net = armed(backend).find(({ rule }) => rule.id === params['rule']); return net === undefined ? problem(404, 'net.unknown', 'No agent has this net armed.') : HttpResponse.json(net); }),
];
