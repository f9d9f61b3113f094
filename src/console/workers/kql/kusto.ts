// Loads Microsoft's parser into this worker. Its two files are classic scripts that hang themselves on the global object; they are
// emitted as they are (`?url`) and imported as modules, which needs no `eval`, no `unsafe-eval` and no blob: worker under a strict CSP.
// A module has no `this`, so the first file is told through CommonJS-looking globals where the global object is.
import bridgeUrl from '@kusto/language-service-next/bridge.min.js?url';
import kustoUrl from '@kusto/language-service-next/Kusto.Language.Bridge.min.js?url';
import { quicken, type KustoGlobal, type KustoRuntime } from '../../../kql/index.ts';

interface BridgeScope { module?: unknown; global?: unknown; Kusto?: KustoGlobal }

export async function loadKusto(): Promise<KustoGlobal> {
  const scope = globalThis as BridgeScope;
  scope.module = { exports: {} };
  scope.global = globalThis;
  await import(/* @vite-ignore */ bridgeUrl);
  delete scope.module;
  await import(/* @vite-ignore */ kustoUrl);
  if (scope.Kusto === undefined) throw new Error('The KQL parser did not load.');
  quicken(globalThis as unknown as KustoRuntime);
  return scope.Kusto;
}
