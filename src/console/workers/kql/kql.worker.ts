// The KQL worker: loads the parser once, then answers one call after the other. The main thread never sees the parser.
import { createKqlLanguage, type KqlLanguage, type LiveField } from '../../../kql/index.ts';
import { detectorList } from '../../../redaction/index.ts';
import { checkRule } from '../../../rules/index.ts';
import { loadKusto } from './kusto.ts';
import { withLiveNames } from './live-names.ts';
import type { KqlCalls, KqlReply, KqlRequest } from './protocol.ts';

interface WorkerScope {
  postMessage(reply: KqlReply): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<KqlRequest>) => void): void;
}
const scope = globalThis as unknown as WorkerScope; // the console's tsconfig types globalThis as a Window

let fields: readonly LiveField[] = [];
const ready = loadKusto().then((kusto) => withLiveNames(createKqlLanguage(kusto, detectorList), () => fields));

type Handlers = { readonly [M in keyof KqlCalls]: (kql: KqlLanguage, ...args: KqlCalls[M]['args']) => KqlCalls[M]['result'] };
const handlers: Handlers = {
  analyze: (kql, text, mode) => kql.compile(text, { mode }),
  complete: (kql, text, offset, mode) => kql.complete(text, offset, mode, fields),
  hover: (kql, text, offset, mode) => kql.hover(text, offset, mode, fields),
  signature: (kql, text, offset, mode) => kql.signature(text, offset, mode),
  format: (kql, text) => kql.format(text),
  tokens: (kql, text, mode) => kql.tokens(text, mode),
  check: (kql, text) => checkRule(text, kql),
  blocks: (kql, text, mode) => kql.blocks(text, mode),
};

async function answer(request: Extract<KqlRequest, { type: 'call' }>): Promise<KqlReply> {
  try {
    const handler = handlers[request.method] as (kql: KqlLanguage, ...args: readonly unknown[]) => unknown;
    return { id: request.id, ok: true, result: handler(await ready, ...request.args) };
  } catch (cause) {
    return { id: request.id, ok: false, message: `The KQL service failed: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
}

scope.addEventListener('message', (event) => {
  if (event.data.type === 'fields') fields = event.data.fields;
  else void answer(event.data).then((reply) => scope.postMessage(reply));
});
