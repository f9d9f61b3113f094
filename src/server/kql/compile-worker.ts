// The worker thread around Microsoft's parser: loads it at once, so the first rule does not wait, then answers one question after the other.
import { parentPort } from 'node:worker_threads';
import { createKqlLanguage } from '../../kql/index.ts';
import { detectorList } from '../../redaction/index.ts';
import { checkRuleAndScript, conflictsOf, editRule, printRule } from '../../rules/index.ts';
import type { Rewording } from '../ports/compiler.ts';
import { engineChecked } from './engine-checked.ts';
import { loadKusto } from './load-kusto.ts';
import { newVm } from './load-quickjs.ts';
import type { Call, Questions, Question, Reply } from './protocol.ts';

const kql = createKqlLanguage(loadKusto(), detectorList);
// The parser builds its grammar at the first use (0.5 s).
kql.compile('Logs | where EventName == "" | summarize count() by ServiceName | invoke to_metric("warm.up")', { mode: 'rule' });

/** A script that does not come back ends as a text that takes too long does: with the thread. */
function think(call: Call): Questions[Question]['answer'] | Promise<Questions[Question]['answer']> {
  switch (call.question) {
    case 'compile': return engineChecked(kql.compile(call.ask.text, { mode: call.ask.mode }), call.ask.mode, call.ask.text.length);
    case 'check': return checkRuleAndScript(call.ask.text, kql, newVm);
    case 'reword': return reworded(call.ask);
    case 'conflicts': return conflictsOf(call.ask.rules);
  }
}

/** Printed anew where the text cannot be edited (an alias that needs its order). */
function reworded({ document, before }: Rewording): string {
  const edited = before === null ? null : editRule(before.text, before.edits);
  return edited?.ok === true ? edited.value : printRule(document);
}

async function answer(call: Call): Promise<Reply> {
  try {
    return { kind: 'answer', answer: await think(call) };
  } catch (cause) {
    return { kind: 'failed', message: cause instanceof Error ? cause.message : String(cause) };
  }
}

const say = (reply: Reply): void => parentPort?.postMessage(reply);
parentPort?.on('message', (call: Call) => { void answer(call).then(say); });
say({ kind: 'ready' });
