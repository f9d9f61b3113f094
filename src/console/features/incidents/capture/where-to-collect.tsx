// The choices of where: agents, and services. Agents that are away are shown, for a person must know what will be missing.
import type { AgentSummary } from '../../../../model/index.ts';
import { Checkbox, Chip } from '../../../ui/index.ts';

export function AgentChoice({ agents, leftOut, onLeftOut }: { readonly agents: readonly AgentSummary[]; readonly leftOut: ReadonlySet<string>; readonly onLeftOut: (ids: ReadonlySet<string>) => void }) {
  const there = agents.filter(({ connected }) => connected);
  const chosen = there.filter(({ id }) => !leftOut.has(id)).length;
  const turn = (ids: readonly string[], on: boolean) => onLeftOut(new Set(on ? [...leftOut].filter(id => !ids.includes(id)) : [...leftOut, ...ids]));
  return (
    <fieldset className="inc-list">
      <legend>Agents</legend>
      {agents.length === 0 && <p className="t2">No agent has ever connected. Start one with <span className="mono">weir agent</span>; an incident can be opened without it.</p>}
      {there.length > 1 && <Checkbox checked={chosen === there.length ? true : chosen === 0 ? false : 'indeterminate'} onChange={on => turn(there.map(({ id }) => id), on)}>All {there.length} that are connected</Checkbox>}
      {there.map(({ id, name, host }) => <Checkbox key={id} checked={!leftOut.has(id)} onChange={on => turn([id], on)}><span className="t1">{name}</span><span className="t3 ell">{host}</span></Checkbox>)}
      {agents.filter(({ connected }) => !connected).map(({ id, name }) => <div key={id} className="row t3"><Chip tone="pending">away</Chip><span className="ell">{name}: nothing can be collected from it</span></div>)}
    </fieldset>
  );
}

export function ServiceChoice({ services, chosen, onChosen }: { readonly services: readonly string[]; readonly chosen: readonly string[]; readonly onChosen: (services: readonly string[]) => void }) {
  const all = [...new Set([...services, ...chosen])].toSorted();
  return (
    <fieldset className="inc-list">
      <legend>Services</legend>
      <Checkbox checked={chosen.length === 0} onChange={() => onChosen([])}>Every service that these agents know</Checkbox>
      {all.map(service => <Checkbox key={service} checked={chosen.includes(service)} onChange={on => onChosen(on ? [...chosen, service] : chosen.filter(each => each !== service))}><span className="t1">{service}</span></Checkbox>)}
    </fieldset>
  );
}
