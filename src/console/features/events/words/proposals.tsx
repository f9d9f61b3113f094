// Names that evidence proposes: what speaks for each, and the word of a person.
import type { Alias } from '../../../../model/index.ts';
import { useDecideAlias } from '../../../api/index.ts';
import { toast } from '../../../state/index.ts';
import { Button, PaneHeader } from '../../../ui/index.ts';
import { tellFailure } from './tell-failure.ts';

export function Proposals({ proposals }: { readonly proposals: readonly Alias[] }) {
  const decide = useDecideAlias();
  // What was decided leaves the list, and this list may leave with it: what is said then hangs on the answer, not on the list.
  const say = ({ id, kind, former, current }: Alias, state: 'active' | 'rejected') => void decide.mutateAsync({ id, state }).then(() => {
    const undo = () => void decide.mutateAsync({ id, state: state === 'active' ? 'rejected' : 'active' }).catch(tellFailure);
    toast(state === 'active' ? { title: `${former} is called ${current} now`, detail: `What says ${kind}("…") goes on by itself.`, action: { label: 'Undo', run: undo } } : { title: 'The proposal was rejected', detail: `They stay two ${kind}s.`, action: { label: 'Accept it', run: undo } });
  }).catch(tellFailure);
  return (
    <section aria-label="Proposed names">
      <PaneHeader title="Proposed names" meta="by evidence; nothing follows them until somebody accepts" />
      <ul className="ev-alias">{proposals.map(one => (
        <li key={one.id}>
          <div className="grow"><span className="t3">{one.kind} </span><span className="mono">{one.former}</span><span className="t3"> → </span><b className="mono md">{one.current}</b>{one.service !== null && <span className="t3"> of {one.service}</span>}<p className="meta t2">{one.reason}</p></div>
          <Button size="s" aria-label={`Reject that ${one.former} is called ${one.current}`} onClick={() => say(one, 'rejected')}>Reject</Button><Button size="s" icon="check" aria-label={`Accept that ${one.former} is called ${one.current}`} onClick={() => say(one, 'active')}>Accept</Button>
        </li>
      ))}</ul>
    </section>
  );
}
