// What a bundler needs to make one module of Chrome DevTools' heap worker (npm chrome-devtools-frontend, an oracle for tests and
// benches): its entry, and small stand-ins for the parts of DevTools that only a browser has. A plugin for Vite or Rolldown.

const worker = 'front_end/entrypoints/heap_snapshot_worker';

/** By the end of a module's name: what stands in its place. */
const standIns = (packageFolder: string): Readonly<Record<string, string>> => ({
  'devtools-heap-entry': `export { SecondaryInitManager } from '${packageFolder}/${worker}/HeapSnapshot.ts'; export { HeapSnapshotLoader } from '${packageFolder}/${worker}/HeapSnapshotLoader.ts';`,
  'i18n/i18n.js': 'export const i18n = { serializeUIString: (text) => text, lockedString: (text) => text, registerUIStrings: () => ({}), getLocalizedString: () => "", getLazilyComputedLocalizedString: () => () => "" };',
  'text_utils/text_utils.js': `export * as TextUtils from '${packageFolder}/front_end/core/text_utils/TextUtils.ts'`,
  'ContentData.js': 'export class ContentData {}',
  'StreamingContentData.js': 'export class ContentData {}',
  'common/common.js': 'export const ObjectWrapper = { ObjectWrapper: class {} };',
});

interface ModulePlugin {
  readonly name: string;
  readonly enforce: 'pre';
  readonly resolveId: (id: string) => string | undefined;
  readonly load: (id: string) => string | undefined;
}

export const devtoolsEntry = 'devtools-heap-entry';

export function devtoolsModules(packageFolder: string): ModulePlugin {
  const modules = standIns(packageFolder);
  const keyOf = (id: string): string | undefined => Object.keys(modules).find((key) => id === key || id.endsWith(`/${key}`));
  return {
    name: 'devtools-heap-modules', enforce: 'pre',
    resolveId: (id) => { const key = keyOf(id); return key === undefined ? undefined : `\0${key}`; },
    load: (id) => (id.startsWith('\0') ? modules[id.slice(1)] : undefined),
  };
}

/** What is used of the bundle. */
export interface DevtoolsWorker {
  readonly SecondaryInitManager: new (port: unknown) => unknown;
  readonly HeapSnapshotLoader: new (dispatcher: { sendEvent(): void }) => DevtoolsLoader;
}

interface DevtoolsLoader { write(text: string): void; close(): void; buildSnapshot(port: unknown): Promise<DevtoolsSnapshot> }

interface DevtoolsNode { nodeIndex: number; selfSize(): number; retainedSize(): number; distance(): number; className(): string }
interface DevtoolsAggregate { readonly count: number; readonly self: number; readonly maxRet: number; readonly distance: number }

export interface DevtoolsSnapshot {
  readonly nodeCount: number;
  readonly nodeFieldCount: number;
  readonly dominatorsTree: Uint32Array;
  createNode(index: number): DevtoolsNode;
  aggregatesWithFilter(filter: object): Readonly<Record<string, DevtoolsAggregate>>;
}
