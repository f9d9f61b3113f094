// The tail view on a router of its own, with fakes for the worker, the KQL service and the network.
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRoute, createRouter, Outlet, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { vi } from 'vitest';
import { createQueryClient } from '../../../api/index.ts';
import { EditorServicesProvider, plainEngine } from '../../../editor/index.ts';
import { RedactClientProvider } from '../../../editor/redact/index.ts';
import { inProcessRedact } from '../../../workers/redact/testing/in-process.ts';
import { tailSearch } from '../../../state/index.ts';
import { planVersion } from '../../../../kql/index.ts';
import { redactionPolicy, type PolicyDocument } from '../../../../model/index.ts';
import { boundsOf, parseRule, type CheckedRule } from '../../../../rules/index.ts';
import type { KqlAnalysis, KqlClient } from '../../../workers/kql/index.ts';
import { TailView } from '../index.ts';
import { TailClientProvider } from '../services.tsx';
import type { FakeTail } from './fake-tail.ts';

const plan = { version: planVersion, table: 'Logs', operators: [], sink: null } as const;

/** Every text compiles but one that holds `nope`. */
const analyze = async (text: string): Promise<KqlAnalysis> => (text.includes('nope')
  ? { diagnostics: [{ severity: 'error', code: 'KS142', message: "The name 'nope' does not refer to any known column.", start: 0, end: 4 }], plan: null }
  : { diagnostics: [], plan });

// jsdom lays nothing out: the list gets a height, so that the virtualiser draws rows.
class StillObserver { observe() {} unobserve() {} disconnect() {} }

/** The policy of a text as agents would get it. */
function checkPolicy(text: string): CheckedRule {
  const { document, problems } = parseRule(text);
  if (document?.kind !== 'redaction-policy') return { document, compiled: null, problems };
  const { name, location, order, kind } = document;
  return { document, problems, compiled: { kind, name, location, order, targets: null, bounds: boundsOf(document), expiresAfterMs: null, policy: policyPart(document) } };
}
const policyPart = ({ mode, keep, detectors, except, patterns, entries, allow, sensitiveKeys, annotate, signals }: PolicyDocument) => redactionPolicy.parse({ mode, keep, detectors, except, patterns, entries, allow, sensitiveKeys, annotate, signals });

/** @param fetch the BFF; by default it does not answer */
export function renderTail(client: FakeTail, path = '/tail', fetch: typeof globalThis.fetch = async () => new Response('{}', { status: 503 })) {
  vi.stubGlobal('fetch', fetch);
  vi.stubGlobal('ResizeObserver', StillObserver);
  Element.prototype.hasPointerCapture ??= () => false;
  Element.prototype.scrollTo ??= () => undefined;
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 660 });
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 800 });
  HTMLCanvasElement.prototype.getContext = (() => null) as never;
  const root = createRootRoute({ component: Outlet });
  const routes = [
    createRoute({ getParentRoute: () => root, path: '/tail', validateSearch: tailSearch, component: TailView }),
    createRoute({ getParentRoute: () => root, path: '/rules/new', component: () => <h1>New rule</h1> }),
    createRoute({ getParentRoute: () => root, path: '/rules/$ruleId', component: () => <h1>Rule</h1> }),
    createRoute({ getParentRoute: () => root, path: '/redaction', component: () => <h1>Redaction</h1> }),
  ];
  const router = createRouter({ routeTree: root.addChildren(routes), history: createMemoryHistory({ initialEntries: [path] }) });
  const kql = { analyze, check: async (text: string) => checkPolicy(text), complete: async () => [], hover: async () => null, format: async (text: string) => text, tokens: async () => [], setLiveFields: vi.fn() } as unknown as KqlClient;
  const services = { kql: () => kql, loadEngine: async () => plainEngine, warm: () => undefined };
  const view = render(
    <QueryClientProvider client={createQueryClient()}>
      <EditorServicesProvider value={services}><RedactClientProvider value={inProcessRedact()}><TailClientProvider value={client}><RouterProvider router={router as never} /></TailClientProvider></RedactClientProvider></EditorServicesProvider>
    </QueryClientProvider>,
  );
  return { ...view, router, kql };
}
