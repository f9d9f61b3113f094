// Who am I, and what can this API do.
import { z } from 'zod';
import { ok } from '../../base/index.ts';
import { session } from '../../model/index.ts';
import { route, type Route } from '../http/route.ts';

export interface SystemRouteOptions {
  readonly environment: string; readonly version: string; readonly demo: boolean;
  readonly otlp: { readonly http: string; readonly grpc: string };
  /** Asked for at each call: it describes the whole table, this route included. */
  readonly document: () => Record<string, unknown>;
}

export function systemRoutes({ document, ...info }: SystemRouteOptions): Route[] {
  return [
    route({ method: 'GET', path: '/session', tag: 'system', summary: 'Who is signed in, and where', status: 200, response: session, problems: [],
      handle: ({ principal }) => Promise.resolve(ok({ user: principal.user, ...info })) }),
    route({ method: 'GET', path: '/openapi.json', tag: 'system', summary: 'This document', status: 200, response: z.record(z.string(), z.unknown()), problems: [],
      handle: () => Promise.resolve(ok(document())) }),
  ];
}
