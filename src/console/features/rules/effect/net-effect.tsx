// What an armed net does: how often it fired, and how many records it looked at. It takes and makes none.
import type { RuleSummary } from '../../../../model/index.ts';
import { formatCount, formatPercent, plural, Time } from '../../../ui/index.ts';
import type { Firings } from '../net/index.ts';

export function NetEffect({ effect, firings }: { readonly effect: RuleSummary['effect']; readonly firings: Firings | null }) {
  const none = <span className="t3">measuring</span>;
  return (
    <dl className="rules-effect" aria-live="off">
      <div><dt>Firings</dt><dd>{firings === null ? none : <>{formatCount(firings.count)}<s>{firings.lastMs === null ? ', none yet' : <>, last <Time at={firings.lastMs} show="relative" /></>}</s></>}</dd></div>
      <div><dt>Looked at</dt><dd>{firings === null ? none : <>{formatCount(firings.looked)}<s> {firings.looked === 1 ? 'record' : 'records'}</s></>}</dd></div>
      <div><dt>Moved a machine</dt><dd>{firings === null ? none : <>{formatCount(firings.moved)}<s> of them</s></>}</dd></div>
      <div><dt>CPU of one core</dt><dd>{effect.cpuShare === null ? none : formatPercent(effect.cpuShare, 2)}</dd></div>
      {effect.errors > 0 && <div className="wide"><dt>Errors</dt><dd><b className="red">{plural(effect.errors, 'record')}</b> <s>{effect.lastError ?? 'no reason given'}</s></dd></div>}
    </dl>
  );
}
