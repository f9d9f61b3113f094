// An action in as few words as its bar has room for.
import type { ActionRun } from '../../../../model/index.ts';
import { formatDuration, formatPercent } from '../../../ui/index.ts';

export function shortWords({ action, agent, state, process, parameters, startedUnixMs, finishedUnixMs, progress }: ActionRun): string {
  const of = process?.service ?? (typeof parameters['recorder'] === 'string' ? parameters['recorder'] : agent.name);
  const took = startedUnixMs !== null && finishedUnixMs !== null ? `, ${formatDuration(finishedUnixMs - startedUnixMs)}` : '';
  const share = progress.share === null ? '' : ` ${formatPercent(progress.share, 0)}`;
  const how = { waiting: ', waiting', running: `, running${share}`, uploading: `, sending${share}`, done: took, failed: ': failed', cancelled: ': cancelled', refused: ': not run' }[state];
  return `${action} ${of}${how}`;
}
