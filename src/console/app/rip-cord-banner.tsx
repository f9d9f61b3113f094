// As long as the rip cord is pulled somewhere every view says so: who, why, and how far it has taken effect.
import { useRipCord } from '../api/index.ts';
import { askForRipCord } from '../state/index.ts';
import type { RipCordState } from '../../model/index.ts';
import { Button, Icon, plural, Time } from '../ui/index.ts';

type AgentState = RipCordState['agents'][number];

export function RipCordBanner() {
  const state = useRipCord().data;
  // What an agent says of the server's cord may be a moment old; what it says of its own counts.
  const pulled = state?.agents.filter(agent => agent.ordered !== null || isByHand(agent)) ?? [];
  const [ordered, byHand] = [state?.fleet ?? pulled.find(agent => agent.ordered !== null)?.ordered ?? null, pulled.filter(isByHand)];
  if (state === undefined || (pulled.length === 0 && ordered === null)) return null;
  const done = pulled.filter(hasTaken).length;
  const problems = pulled.flatMap(({ agent, report }) => (report?.effect?.problems ?? []).map(problem => `${agent.name}: ${problem}`));
  return (
    <div className="banner danger" role="status">
      <span className="red"><Icon name="cord" size="s" /></span>
      <span className="grow">
        <b className="md">The rip cord is pulled</b>{ordered !== null && <> by {ordered.by} since <Time at={ordered.atUnixMs} show="both" />{ordered.reason !== '' && <>: {ordered.reason}</>}</>}. Only redaction runs; {done} of {plural(pulled.length, 'agent')} {done === 1 ? 'has' : 'have'} it in effect{slowest(pulled)}.
        {byHand.length > 0 && <> On {byHand.map(({ agent }) => agent.name).join(', ')} it was pulled on the machine: release it there with <span className="mono">weir agent ripcord --release</span>.</>}
        {problems.length > 0 && <b className="amb"> {problems.join(' ')}</b>}
      </span>
      {ordered !== null && <Button size="s" onClick={() => askForRipCord('release')}>Release…</Button>}
    </div>
  );
}

const isByHand = ({ report }: AgentState): boolean => report?.pulls.some(({ from }) => from === 'machine') === true;
const hasTaken = ({ report }: AgentState): boolean => (report?.pulls.length ?? 0) > 0;

function slowest(agents: readonly AgentState[]): string {
  const took = agents.flatMap(({ report }) => report?.effect?.tookMs ?? []);
  return took.length === 0 ? '' : `, within ${Math.max(1, Math.round(Math.max(...took)))} ms`;
}
