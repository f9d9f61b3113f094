// Names that evidence proposes: what speaks for each, and the word of a person. A row keeps its place with what became of it, so that nothing moves under the
// pointer: what is decided, and what evidence withdraws meanwhile, stays until one leaves.
import { useRef, useState } from 'react';
import type { Alias } from '../../../../model/index.ts';
import { baseOfAlias, useDecideAlias } from '../../../api/index.ts';
import { Button, Icon, Input, PaneHeader, Time } from '../../../ui/index.ts';
import { tellFailure } from './tell-failure.ts';

/** `aliases`: all that this list is about, in whatever state. Without a proposal, and with none decided here, nothing shows. */
export function Proposals({ aliases }: { readonly aliases: readonly Alias[] }) {
  const [held, setHeld] = useState<readonly Alias[]>([]);
  const kept = heldRows(held, aliases);
  if (kept.length !== held.length) setHeld(kept);
  if (kept.length === 0) return null;
  const byId = new Map(aliases.map(one => [one.id, one]));
  return (
    <section aria-label="Proposed names">
      <PaneHeader title="Proposed names" meta="by evidence; nothing follows them until somebody accepts" />
      <ul className="ev-alias">{kept.map(one => <Proposal key={one.id} alias={byId.get(one.id) ?? one} isWithdrawn={!byId.has(one.id)} />)}</ul>
    </section>
  );
}

/** Those that were there keep their places; what is proposed since comes behind them. */
const heldRows = (held: readonly Alias[], aliases: readonly Alias[]): readonly Alias[] => [...held, ...aliases.filter(one => one.state === 'proposed' && !held.some(({ id }) => id === one.id))];

/** What was decided, with room for a reason, is as high as what was proposed. */
const leastRowPx = 66;

function Proposal({ alias, isWithdrawn }: { readonly alias: Alias; readonly isWithdrawn: boolean }) {
  const { id, kind, former, current, service, reason, state, firstSeen } = alias;
  const decide = useDecideAlias();
  const row = useRef<HTMLLIElement>(null);
  const [heightPx, setHeightPx] = useState(0);
  const say = (to: Alias['state']) => {
    decide.mutate({ id, state: to, base: baseOfAlias(alias) }, { onError: tellFailure });
    // The button goes: who came by the keyboard stays in the row.
    row.current?.focus({ preventScroll: true });
    setHeightPx(row.current?.offsetHeight ?? 0);
  };
  return (
    <li ref={row} tabIndex={-1} style={{ minHeight: Math.max(leastRowPx, heightPx) }} className={state === 'proposed' && !isWithdrawn ? undefined : 'decided'}>
      <div className="grow"><span className="t3">{kind} </span><span className="mono">{former}</span><span className="t3"> → </span><b className="mono md">{current}</b>{service !== null && <span className="t3"> of {service}</span>}{firstSeen !== undefined && <span className="t3"> first seen <Time at={firstSeen} /></span>}
        {isWithdrawn || state === 'proposed' ? <p className="meta t2">{reason}</p> : <Decided alias={alias} onUndo={() => say('proposed')} />}</div>
      {/* As wide as the buttons: a second click of a double click meets words. */}
      <span className="ev-decide" role="status">{isWithdrawn ? <span className="t3">withdrawn: evidence speaks against it</span> : state === 'active' ? <span className="acc row gap1"><Icon name="check" size="s" />accepted</span> : state === 'rejected' ? <span className="t2">not a rename</span> : <>
        <Button size="s" disabledReason={decide.isPending ? 'It is on its way.' : null} aria-label={`Not a rename: ${former} and ${current}`} onClick={() => say('rejected')}>Not a rename</Button><Button size="s" icon="check" disabledReason={decide.isPending ? 'It is on its way.' : null} aria-label={`Accept that ${former} is called ${current}`} onClick={() => say('active')}>Accept</Button></>}</span>
    </li>
  );
}

/** What was said, the way back, and room for a reason. */
function Decided({ alias, onUndo }: { readonly alias: Alias; readonly onUndo: () => void }) {
  const { id, kind, state, decided } = alias;
  const [why, setWhy] = useState('');
  const explain = useDecideAlias();
  return (
    <form className="row gap1 meta t2 wrapline" onSubmit={submit => { submit.preventDefault(); if (why.trim() !== '') explain.mutate({ id, state, reason: why.trim(), base: baseOfAlias(alias) }, { onError: tellFailure, onSuccess: () => setWhy('') }); }}>
      <Button size="s" variant="ghost" icon="undo" onClick={onUndo}>Undo</Button>
      <span>{state === 'active' ? <>What says <span className="mono">{kind}("…")</span> goes on by itself.</> : `They stay two ${kind}s.`}{decided !== undefined && decided.reason !== '' && <> Why: {decided.reason}</>}</span>
      {decided?.reason === '' && <Input small className="ev-short" aria-label="Why" placeholder="Why (optional), Enter saves" value={why} onChange={change => setWhy(change.target.value)} />}
    </form>
  );
}
