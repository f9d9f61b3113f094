// The rules views on a router of their own, with fakes for everything outside.
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRoute, createRouter, Outlet, RouterProvider, type AnyRouter } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { vi } from 'vitest';
import { createQueryClient } from '../../../api/index.ts';
import { EditorServicesProvider, plainEngine } from '../../../editor/index.ts';
import { ToastRegion } from '../../../ui/index.ts';
import { RuleEditorView, RulesView } from '../index.ts';
import { RulesTailProvider } from '../services.tsx';
import { fakeKql, FakeServer, fakeTail, type FakeTail } from './fakes.ts';

// jsdom draws nothing: charts have nothing to measure and scrolling has no place to go.
class StillObserver { observe() {} unobserve() {} disconnect() {} }

export interface Rendered { readonly server: FakeServer; readonly tail: FakeTail; readonly router: AnyRouter }

export function renderRules(path: string, { server = new FakeServer(), tail = fakeTail() }: { server?: FakeServer; tail?: FakeTail } = {}): Rendered {
  vi.stubGlobal('fetch', server.fetch);
  vi.stubGlobal('ResizeObserver', StillObserver);
  Element.prototype.scrollIntoView ??= () => undefined;
  Element.prototype.hasPointerCapture ??= () => false;
  const root = createRootRoute({ component: () => <><Outlet /><ToastRegion /></> });
  const at = (where: string, component: () => React.ReactNode) => createRoute({ getParentRoute: () => root, path: where, component });
  const editor = createRoute({ getParentRoute: () => root, id: 'rule-editor', component: RuleEditorView });
  const editors = editor.addChildren([createRoute({ getParentRoute: () => editor, path: '/rules/new' }), createRoute({ getParentRoute: () => editor, path: '/rules/$ruleId' })]);
  const router = createRouter({ routeTree: root.addChildren([at('/rules', RulesView), editors, at('/tail', () => <h1>Tail</h1>)]), history: createMemoryHistory({ initialEntries: [path] }) });
  const kql = fakeKql();
  const services = { kql: () => kql, loadEngine: async () => plainEngine, warm: () => undefined };
  render(
    <QueryClientProvider client={createQueryClient()}>
      <EditorServicesProvider value={services}><RulesTailProvider value={tail}><RouterProvider router={router as never} /></RulesTailProvider></EditorServicesProvider>
    </QueryClientProvider>,
  );
  return { server, tail, router };
}
