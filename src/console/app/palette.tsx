// The command palette: views, rules, agents, talkers, appearance.
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import type { ReactNode } from 'react';
import { useAgents, useOverview, useRules } from '../api/index.ts';
import { askToCapture, usePreferences, useTheme } from '../state/index.ts';
import type { RedactionSearch } from '../state/index.ts';
import { formatRate, Icon, Kbd } from '../ui/index.ts';
import type { IconName } from '../ui/index.ts';
import { views } from './views.ts';

export interface PaletteProps { readonly onClose: () => void; readonly onHelp: () => void }

interface Item { readonly id: string; readonly icon: IconName; readonly label: ReactNode; readonly words: string; readonly end?: ReactNode; readonly run: () => void }

export function Palette({ onClose, onHelp }: PaletteProps) {
  const groups = useGroups(onHelp);
  const pick = (item: Item) => { onClose(); item.run(); };
  return (
    <Command.Dialog open onOpenChange={open => { if (!open) onClose(); }} label="Search or run a command" contentClassName="pop palette" overlayClassName="scrim" loop>
      <div className="row head bb"><Icon name="search" className="t3" /><Command.Input autoFocus placeholder="Search or run a command" /></div>
      <Command.List className="menu">
        <Command.Empty className="t3 pad">Nothing has this name. Rules, agents, durable ids and commands are searched.</Command.Empty>
        {groups.map(([title, items]) => items.length > 0 && <Command.Group key={title} heading={title}>{items.map(item => <Row key={item.id} item={item} onPick={() => pick(item)} />)}</Command.Group>)}
      </Command.List>
      <div className="row foot bt meta t3"><Kbd>↑↓</Kbd>move<Kbd>Enter</Kbd>run<Kbd>Esc</Kbd>close</div>
    </Command.Dialog>
  );
}

function Row({ item, onPick }: { readonly item: Item; readonly onPick: () => void }) {
  return <Command.Item className="mi" value={item.id} keywords={[item.words]} onSelect={onPick}><Icon name={item.icon} size="s" /><span className="ell">{item.label}</span>{item.end && <span className="end meta row gap1">{item.end}</span>}</Command.Item>;
}

function useGroups(onHelp: () => void): readonly (readonly [string, readonly Item[]])[] {
  const navigate = useNavigate();
  const rules = useRules().data ?? [];
  const agents = useAgents().data ?? [];
  const talkers = useOverview().data?.talkers ?? [];
  const commands = useCommands(onHelp);
  return [
    ['Go to', views.map((view): Item => ({ id: `view ${view.label}`, icon: view.icon, label: view.label, words: `go ${view.label}`, end: <><Kbd>G</Kbd><Kbd>{view.key.toUpperCase()}</Kbd></>, run: () => void navigate({ to: view.to }) }))],
    ['Commands', [{ id: 'new rule', icon: 'plus', label: 'New rule', words: 'create kql', run: () => void navigate({ to: '/rules/new' }) }, ...redactionCommands(search => void navigate({ to: '/redaction', search })), ...commands]],
    ['Rules', rules.map((rule): Item => ({ id: `rule ${rule.name}`, icon: 'rules', label: <span className="mono">{rule.name}</span>, words: `${rule.description} ${rule.sink}`, end: rule.state, run: () => void navigate({ to: '/rules/$ruleId', params: { ruleId: rule.id } }) }))],
    ['Agents', agents.map((agent): Item => ({ id: `agent ${agent.name} ${agent.id}`, icon: 'fleet', label: agent.name, words: agent.host, end: agent.connected ? agent.host : 'away', run: () => void navigate({ to: '/fleet', search: { agent: agent.id } }) }))],
    ['Durable ids', talkers.map((talker): Item => ({ id: `id ${talker.durableId} ${talker.service} ${talker.signal}`, icon: 'tail', label: <span className="mono">{talker.durableId}</span>, words: talker.service, end: `${formatRate(talker.perSecond)}/s`, run: () => void navigate({ to: '/tail', search: { q: `DurableId == ${JSON.stringify(talker.durableId)}` } }) }))],
  ];
}

/** What the Redaction view has behind its tabs. */
const redactionCommands = (open: (search: RedactionSearch) => void): readonly Item[] => [
  { id: 'leaking secrets', icon: 'warn', label: 'Show secrets that still leak', words: 'redaction audit leaking', run: () => open({ show: 'leaking' }) },
  { id: 'redaction policy', icon: 'shield', label: 'Show the redaction policy', words: 'mask hash remove allow-list keys', run: () => open({ tab: 'policy' }) },
  { id: 'detectors', icon: 'search', label: 'Find a detector, or try a text', words: 'redaction secrets formats test', run: () => open({ tab: 'detectors' }) },
  { id: 'suppressions', icon: 'eye', label: 'Show suppressions', words: 'redaction ignore allow', run: () => open({ tab: 'suppressions' }) },
];

function useCommands(onHelp: () => void): readonly Item[] {
  const { setTheme, timeZone, setTimeZone } = usePreferences();
  const theme = useTheme();
  const next = theme === 'light' ? 'dark' : 'light';
  return [
    { id: 'capture everything', icon: 'warn', label: 'Capture everything now…', words: 'open incident big red button collect snapshot', end: <Kbd>Shift I</Kbd>, run: () => askToCapture() },
    { id: 'toggle theme', icon: next === 'light' ? 'sun' : 'moon', label: `Switch to the ${next} theme`, words: 'appearance colour dark light', run: () => setTheme(next) },
    { id: 'contrast theme', icon: 'contrast', label: 'Switch to high contrast', words: 'appearance theme accessibility', run: () => setTheme('contrast') },
    { id: 'time zone', icon: 'clock', label: timeZone === 'utc' ? 'Show local times' : 'Show UTC times', words: 'time zone utc local', run: () => setTimeZone(timeZone === 'utc' ? 'local' : 'utc') },
    { id: 'shortcuts', icon: 'keyboard', label: 'Show shortcuts', words: 'keys help', end: <Kbd>?</Kbd>, run: onHelp },
  ];
}
