// Chooses a rule's targets from the fleet as it is now: the services that records come from, and the hosts of agents.
import { useMemo } from 'react';
import type { LiveField } from '../../../../kql/index.ts';
import type { AgentSummary } from '../../../../model/index.ts';
import { IconButton, Menu, type MenuEntry } from '../../../ui/index.ts';
import { readTargets, toggled, writeTargets, type ChosenTargets } from './targets.ts';

export interface TargetsMenuProps { readonly targets: string; readonly agents: readonly AgentSummary[]; readonly fields: readonly LiveField[]; readonly onChoose: (targets: string) => void }

const nothing: ChosenTargets = { services: [], hosts: [] };
const inOrder = (names: Iterable<string>): readonly string[] => [...new Set(names)].filter(name => name !== '').toSorted();

export function TargetsMenu({ targets, agents, fields, onChoose }: TargetsMenuProps) {
  const chosen = readTargets(targets);
  const seen = useMemo(() => fields.filter(({ column, name }) => column === 'Record' ? name === 'ServiceName' : column === 'Resource' && name === 'service.name').flatMap(({ examples }) => examples), [fields]);
  const services = inOrder([...seen, ...(chosen ?? nothing).services]);
  const hosts = inOrder([...agents.map(({ host }) => host), ...(chosen ?? nothing).hosts]);
  const entry = (name: string, among: keyof ChosenTargets): MenuEntry => ({ label: name, checked: chosen?.[among].includes(name) ?? false, disabled: chosen === null, onSelect: () => { if (chosen !== null) onChoose(writeTargets({ ...chosen, [among]: toggled(chosen[among], name) })); } });
  const entries: readonly MenuEntry[] = [
    { label: 'Every agent and service', checked: targets.trim() === '', onSelect: () => onChoose('') },
    ...(chosen === null ? [{ kind: 'heading', label: 'These targets were written by hand: edit their text' } as const] : []),
    { kind: 'heading', label: services.length === 0 ? 'Services: no record seen yet' : 'Services' }, ...services.map(name => entry(name, 'services')),
    { kind: 'heading', label: hosts.length === 0 ? 'Hosts: no agent yet' : 'Hosts' }, ...hosts.map(name => entry(name, 'hosts')),
  ];
  return <Menu entries={entries} align="end" label="Services and hosts"><IconButton icon="chev" size="s" label="Choose services and hosts" /></Menu>;
}
