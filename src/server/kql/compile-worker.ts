// The worker thread around Microsoft's parser: loads it at once, so the first rule does not wait, then compiles one text after the other.
import { parentPort } from 'node:worker_threads';
import { createKqlLanguage } from '../../kql/index.ts';
import { detectorList } from '../../redaction/index.ts';
import { loadKusto } from './load-kusto.ts';
import type { CompileCall, CompileReply } from './protocol.ts';

const kql = createKqlLanguage(loadKusto(), detectorList);
// The parser builds its grammar at the first use (0.5 s).
kql.compile('Logs | where EventName == "" | summarize count() by ServiceName | invoke to_metric("warm.up")', { mode: 'rule' });

function answer({ id, text, options }: CompileCall): CompileReply {
  try {
    return { id, ok: true, compiled: kql.compile(text, options) };
  } catch (cause) {
    return { id, ok: false, message: cause instanceof Error ? cause.message : String(cause) };
  }
}

parentPort?.on('message', (call: CompileCall) => parentPort?.postMessage(answer(call)));
