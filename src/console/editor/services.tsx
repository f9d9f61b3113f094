// What editors share across the page: one KQL worker and one lazily loaded engine. Tests put fakes here.
import { createContext, useContext } from 'react';
import { createKqlClient } from '../workers/kql/index.ts';
import type { KqlClient } from '../workers/kql/index.ts';
import type { EditorEngine } from './engine.ts';

export interface EditorServices {
  /** See warmEditor. */
  readonly warm: () => void;
  /** The page's one KQL language service; the worker starts on the first call. */
  readonly kql: () => KqlClient;
  readonly loadEngine: () => Promise<EditorEngine>;
}

let client: KqlClient | null = null;
let engine: Promise<EditorEngine> | null = null;

/** The page's one KQL client, also for code outside React. */
export function sharedKqlClient(): KqlClient {
  return (client ??= createKqlClient());
}

/** A failed load is not remembered, so that the next editor tries again. */
export function loadMonacoEngine(): Promise<EditorEngine> {
  engine ??= import('./monaco/index.ts').then(module => module.monacoEngine).catch((error: unknown) => { engine = null; throw error; });
  return engine;
}

/** Starts loading the engine and the language service when the page has nothing better to do, so that the first editor opens at once. */
export function warmEditor(): void {
  const soon = typeof requestIdleCallback === 'function' ? (work: () => void) => requestIdleCallback(work, { timeout: 3000 }) : (work: () => void) => setTimeout(work, 500);
  soon(() => {
    void loadMonacoEngine().catch(() => undefined);
    void sharedKqlClient().analyze('Logs', 'filter').catch(() => undefined);
  });
}

const pageServices: EditorServices = { kql: sharedKqlClient, loadEngine: loadMonacoEngine, warm: warmEditor };
const Context = createContext<EditorServices>(pageServices);

export const EditorServicesProvider = Context.Provider;
export const useEditorServices = (): EditorServices => useContext(Context);
export const useKqlClient = (): KqlClient => useContext(Context).kql();
