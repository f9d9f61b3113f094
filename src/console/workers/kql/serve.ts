// Answers one call after the other once the parser is there. A parser that did not load is the end of this worker, and is said as
// such: the client starts another one at its next call.
import { createKqlLanguage, type KqlLanguage, type KustoGlobal, type LiveField } from '../../../kql/index.ts';
import { detectorList } from '../../../redaction/index.ts';
import { checkRule } from '../../../rules/index.ts';
import { withLiveNames } from './live-names.ts';
import type { FromKqlWorker, KqlCalls, KqlReply, KqlRequest } from './protocol.ts';

type Handlers = { readonly [M in keyof KqlCalls]: (kql: KqlLanguage, fields: readonly LiveField[], ...args: KqlCalls[M]['args']) => KqlCalls[M]['result'] };
const handlers: Handlers = {
  analyze: (kql, _, text, mode) => kql.compile(text, { mode }),
  complete: (kql, fields, text, offset, mode) => kql.complete(text, offset, mode, fields),
  hover: (kql, fields, text, offset, mode) => kql.hover(text, offset, mode, fields),
  signature: (kql, _, text, offset, mode) => kql.signature(text, offset, mode),
  format: (kql, _, text) => kql.format(text),
  tokens: (kql, _, text, mode) => kql.tokens(text, mode),
  check: (kql, _, text) => checkRule(text, kql),
  blocks: (kql, _, text, mode) => kql.blocks(text, mode),
};

/** @param post sends to the page. @returns what to do with each message of the page. */
export function serveKql(post: (message: FromKqlWorker) => void, load: () => Promise<KustoGlobal>): (request: KqlRequest) => void {
  let fields: readonly LiveField[] = [];
  const ready = load().then(kusto => withLiveNames(createKqlLanguage(kusto, detectorList), () => fields));
  ready.catch((cause: unknown) => post({ failed: `The KQL service could not start: ${sentence(cause)}` }));
  return request => {
    if (request.type === 'fields') fields = request.fields;
    else void ready.then(kql => post(answer(kql, fields, request)), () => undefined); // Without a parser every call fails with the worker.
  };
}

function answer(kql: KqlLanguage, fields: readonly LiveField[], { id, method, args }: Extract<KqlRequest, { type: 'call' }>): KqlReply {
  try {
    const handler = handlers[method] as (kql: KqlLanguage, fields: readonly LiveField[], ...args: readonly unknown[]) => unknown;
    return { id, ok: true, result: handler(kql, fields, ...args) };
  } catch (cause) {
    return { id, ok: false, message: `The KQL service failed: ${sentence(cause)}` };
  }
}

const sentence = (cause: unknown): string => cause instanceof Error ? cause.message : String(cause);
