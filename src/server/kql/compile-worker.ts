// The worker thread around Microsoft's parser: loads it at once, so the first rule does not wait, then answers one question after the other.
import { parentPort } from 'node:worker_threads';
import { createKqlLanguage } from '../../kql/index.ts';
import { detectorList } from '../../redaction/index.ts';
import { checkRule, conflictsOf } from '../../rules/index.ts';
import { loadKusto } from './load-kusto.ts';
import type { Call, Questions, Question, Reply } from './protocol.ts';

const kql = createKqlLanguage(loadKusto(), detectorList);
// The parser builds its grammar at the first use (0.5 s).
kql.compile('Logs | where EventName == "" | summarize count() by ServiceName | invoke to_metric("warm.up")', { mode: 'rule' });

function think(call: Call): Questions[Question]['answer'] {
  switch (call.question) {
    case 'compile': return kql.compile(call.ask.text, call.ask.options);
    case 'check': return checkRule(call.ask.text, kql);
    case 'conflicts': return conflictsOf(call.ask.rules);
  }
}

function answer(call: Call): Reply {
  try {
    return { id: call.id, ok: true, answer: think(call) };
  } catch (cause) {
    return { id: call.id, ok: false, message: cause instanceof Error ? cause.message : String(cause) };
  }
}

parentPort?.on('message', (call: Call) => parentPort?.postMessage(answer(call)));
