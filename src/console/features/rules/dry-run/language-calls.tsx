// The calls of a script that came to something, in order: the record, and below it what the script handed out, logged, or failed with.
import type { LanguageDryRunCall, LanguageDryRunResult } from '../../../../rules/index.ts';
import { usePreferences } from '../../../state/index.ts';
import { EmptyState, formatClock, MaskedText, plural } from '../../../ui/index.ts';
import { errorWords, linesOf } from './language-words.ts';

export function LanguageCalls({ result: { calls, callsLeftOut, reached, scanned, stop } }: { readonly result: LanguageDryRunResult }) {
  if (calls.length === 0) return <NothingCame reached={reached} scanned={scanned} />;
  return (
    <ol className="scroll grow rules-calls" tabIndex={0} aria-label="Calls that came to something">
      {calls.map((call, index) => <Call key={index} call={call} ended={callsLeftOut === 0 && index === calls.length - 1 ? stop : null} />)}
      {callsLeftOut > 0 && <li className="rules-range t3">{plural(callsLeftOut, 'more call')} came to something; the first {calls.length} are shown.</li>}
    </ol>
  );
}

function NothingCame({ reached, scanned }: Pick<LanguageDryRunResult, 'reached' | 'scanned'>) {
  if (reached > 0) return <EmptyState title="It had nothing to say">{plural(reached, 'record')} came to onRecord, and it emitted, measured and logged nothing. weir.log("…") shows here what it sees.</EmptyState>;
  return <EmptyState title="No record came to it">None of {plural(scanned, 'record')} passed its signals, <code>targets</code> and <code>when</code>. Choose other records above, or widen them.</EmptyState>;
}

function Call({ call, ended }: { readonly call: LanguageDryRunCall; /** Why it was the last; null when it was not ended. */ readonly ended: string | null }) {
  const zone = usePreferences(state => state.timeZone);
  const { record, cause, error } = call;
  return (
    <li className="rules-call">
      <p className="row"><span className="t3 num nw">{formatClock(Number(call.atUnixNano / 1_000_000n), zone)}</span><b className="md nw">{cause === 'tick' ? 'tick' : record?.durableId || record?.service || 'record'}</b><span className="t3 ell">{record !== null && <MaskedText text={record.summary} />}</span></p>
      {linesOf(call).map((line, index) => <p key={index} className={`what ${line.kind === 'held' ? 't3' : ''}`}><span className="t3 nw">{line.label}</span><span className="mono"><MaskedText text={line.text} /></span></p>)}
      {ended !== null && error === null && <p className="what red"><span className="nw">ended</span><span>{ended}</span></p>}
      {error !== null && <p className="what red"><span className="nw">failed</span><span className="mono">{errorWords(error)}</span></p>}
    </li>
  );
}
