// What each sink does to the records it gets, in words for people who decide whether to deploy it.
import type { Plan, Sink } from '../../../../kql/index.ts';
import { formatDuration } from '../../../ui/index.ts';

export interface SinkWords {
  /** Two or three words for lists and chips. */
  readonly short: string;
  /** What happens to the matched records, one sentence. */
  readonly fate: string;
  /** How to get back, one sentence: what returns when the rule is disabled and what does not. */
  readonly wayBack: string;
}

/** Nanoseconds as decimal text: "10 s". */
const spanWords = (nanos: string): string => formatDuration(Number(BigInt(nanos) / 1_000_000n));

const returns = 'Disable the rule and records pass again within about a second';

export function sinkWords(sink: Sink): SinkWords {
  switch (sink.sink) {
    case 'drop': return { short: 'drop', fate: 'They stop at the agent. Nothing downstream receives them, and they are not kept anywhere.', wayBack: `${returns}; what was dropped meanwhile is gone.` };
    case 'sample': return { short: `sample ${Math.round(sink.ratio * 1000) / 10} %`, fate: `About 1 in ${Math.round(10 / sink.ratio) / 10} is kept, whole traces together; each kept record says how many it stands for. The rest are gone.`, wayBack: `${returns}; what was sampled away is gone.` };
    case 'dedup': return { short: `dedup ${spanWords(sink.windowNanos)}`, fate: `Of those with the same ${sink.key.join(', ')}, the first in each ${spanWords(sink.windowNanos)} leaves when that time is over, with the count of all it stands for. The others are gone.`, wayBack: `${returns} one by one; what was merged meanwhile stays merged.` };
    case 'update': return { short: 'rewrite', fate: 'They are rewritten before they leave the agent; none is removed.', wayBack: 'Disable the rule and records keep their own fields again; what left rewritten stays so.' };
    case 'redact': return { short: 'redact', fate: `Secrets that ${sink.detectors.includes('*') ? 'any detector' : sink.detectors.join(', ')} finds are ${{ mask: 'masked', hash: 'hashed', remove: 'removed' }[sink.mode]} before records leave, reach the tail or a recorder.`, wayBack: 'Disable the rule and secrets leave in clear again.' };
    case 'to_metric': return sink.keep
      ? { short: `metric ${sink.name}`, fate: `They are counted into points of ${sink.name}, and they pass as before.`, wayBack: 'Disable the rule and the metric ends.' }
      : { short: `metric ${sink.name}`, fate: `They become points of ${sink.name}. The records themselves stop at the agent.`, wayBack: `${returns} and the metric ends; single records of the meantime are gone.` };
    case 'record': return sink.tee
      ? { short: `record ${sink.recorder}`, fate: `A copy goes into flight recorder ${sink.recorder}, and they pass as before.`, wayBack: 'Disable the rule and the copies end.' }
      : { short: `record ${sink.recorder}`, fate: `They go into flight recorder ${sink.recorder} on the agent instead of downstream; the oldest leave it when it is full.`, wayBack: `${returns}.` };
    case 'route': return { short: `route ${sink.exporter}`, fate: `They go to exporter ${sink.exporter} instead of the usual one.`, wayBack: `${returns} to the usual exporter.` };
  }
}

/** True when records that match do not go on downstream. */
export const removesRecords = (sink: Sink): boolean =>
  sink.sink === 'drop' || sink.sink === 'sample' || sink.sink === 'dedup' || (sink.sink === 'to_metric' && !sink.keep) || (sink.sink === 'record' && !sink.tee);

/** A plan that reads every record: no `where` at all. */
export const matchesEverything = (plan: Plan): boolean => !plan.operators.some(operator => operator.op === 'where');
