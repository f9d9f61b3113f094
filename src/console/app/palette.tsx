// The command palette: views, commands, open incidents, rules, saved views, themes, agents, talkers, appearance.
import { useNavigate, useParams } from '@tanstack/react-router';
import { Command } from 'cmdk';
import type { ReactNode } from 'react';
import { useAgents, useOpenIncidents, useOverview, useRules, useSavedViews, useThemes } from '../api/index.ts';
import { askForRipCord, askToCapture, usePreferences, useTheme } from '../state/index.ts';
import type { ActionName } from '../../model/index.ts';
import type { CostSearch, EventsSearch, RedactionSearch } from '../state/index.ts';
import { formatRate, Icon, Kbd } from '../ui/index.ts';
import type { IconName } from '../ui/index.ts';
import { paletteScore, type PaletteKind } from './palette-match.ts';
import { stateWord } from './rule-state-word.ts';
import { askToRun } from './run-wish.ts';
import { askForFile, useTakeFiles } from './take-files.ts';
import { views } from './views.ts';

export interface PaletteProps { readonly onClose: () => void; readonly onHelp: () => void }

/** `name` is what is searched first, and drawn when there is no label; `words` are found too. */
interface Item { readonly id: string; readonly kind: PaletteKind; readonly icon: IconName; readonly name: string; readonly label?: ReactNode; readonly words: string; readonly end?: ReactNode; readonly run: () => void }

export function Palette({ onClose, onHelp }: PaletteProps) {
  const groups = useGroups(onHelp);
  const pick = (item: Item) => { onClose(); item.run(); };
  return (
    <Command.Dialog open onOpenChange={open => { if (!open) onClose(); }} label="Search or run a command" filter={filter} contentClassName="pop palette" overlayClassName="scrim" loop>
      <div className="row head bb"><Icon name="search" className="t3" /><Command.Input autoFocus placeholder="Search or run a command" /></div>
      <Command.List className="menu">
        <Command.Empty className="t3 pad">Nothing has this name. Commands, open incidents, rules, saved views, themes, agents and durable ids are searched; each word must be somewhere.</Command.Empty>
        {groups.map(([title, items]) => items.length > 0 && <Command.Group key={title} heading={title}>{items.map(item => <Row key={item.id} item={item} onPick={() => pick(item)} />)}</Command.Group>)}
      </Command.List>
      <div className="row foot bt meta t3"><Kbd>↑↓</Kbd>move<Kbd>Enter</Kbd>run<Kbd>Esc</Kbd>close</div>
    </Command.Dialog>
  );
}

function Row({ item, onPick }: { readonly item: Item; readonly onPick: () => void }) {
  return <Command.Item className="mi" value={item.id} keywords={[item.kind, item.name, item.words]} onSelect={onPick}><Icon name={item.icon} size="s" /><span className="ell">{item.label ?? item.name}</span>{item.end && <span className="end meta row gap1">{item.end}</span>}</Command.Item>;
}

/** The library hands over what `Row` gave it. */
const filter = (_id: string, typed: string, [kind = 'thing', name = '', words = '']: readonly string[] = []): number => paletteScore(typed, kind as PaletteKind, name, words);

function useGroups(onHelp: () => void): readonly (readonly [string, readonly Item[]])[] {
  const navigate = useNavigate();
  const rules = useRules().data ?? [];
  const agents = useAgents().data ?? [];
  const incidents = useOpenIncidents().data?.incidents ?? [];
  const kept = useSavedViews().data ?? [];
  const themes = useThemes().data ?? [];
  const talkers = useOverview().data?.talkers ?? [];
  const mono = (text: string) => <span className="mono">{text}</span>;
  return [
    ['Go to', views.map((view): Item => ({ id: `view ${view.label}`, kind: 'view', icon: view.icon, name: view.label, words: 'go to view', end: <><Kbd>G</Kbd><Kbd>{view.key.toUpperCase()}</Kbd></>, run: () => void navigate({ to: view.to }) }))],
    ['Commands', [...useDoing(), ...redactionCommands(search => void navigate({ to: '/redaction', search })), ...eventCommands(search => void navigate({ to: '/events', search })), ...costCommands(search => void navigate({ to: '/cost', search })), ...useAppearance(onHelp)]],
    ['Open incidents', incidents.map(({ id, number, title, services }): Item => ({ id: `incident ${id}`, kind: 'thing', icon: 'warn', name: `#${number} ${title}`, words: `incident open ${services.join(' ')}`, end: services.slice(0, 2).join(', '), run: () => void navigate({ to: '/incidents/$incidentId', params: { incidentId: id } }) }))],
    ['Saved views', kept.map((view): Item => ({ id: `saved view ${view.id}`, kind: 'thing', icon: 'pin', name: view.name, words: `saved view tail ${view.description} ${view.kql}`, end: 'tail', run: () => void navigate({ to: '/tail', search: { view: view.id } }) }))],
    ['Themes', themes.map((theme): Item => ({ id: `theme ${theme.id}`, kind: 'thing', icon: 'gear', name: theme.name, words: `theme ${theme.description} ${theme.members.map(({ name }) => name).join(' ')}`, end: theme.state, run: () => void navigate({ to: '/events', search: { tab: 'themes', theme: theme.id } }) }))],
    ['Rules', rules.map((rule): Item => ({ id: `rule ${rule.id}`, kind: 'thing', icon: 'rules', name: rule.name, label: mono(rule.name), words: `rule ${rule.description} ${rule.sink}`, end: stateWord(rule), run: () => void navigate({ to: '/rules/$ruleId', params: { ruleId: rule.id } }) }))],
    ['Agents', agents.map((agent): Item => ({ id: `agent ${agent.id}`, kind: 'thing', icon: 'fleet', name: agent.name, words: `agent ${agent.host}`, end: agent.connected ? agent.host : 'away', run: () => void navigate({ to: '/fleet', search: { agent: agent.id } }) }))],
    ['Durable ids', talkers.map((talker): Item => ({ id: `id ${talker.durableId} ${talker.service} ${talker.signal}`, kind: 'thing', icon: 'tail', name: talker.label ?? talker.durableId, label: mono(talker.label ?? talker.durableId), words: `${talker.service} ${talker.durableId}`, end: `${formatRate(talker.perSecond)}/s`, run: () => void navigate({ to: '/tail', search: { q: `DurableId == ${JSON.stringify(talker.durableId)}` } }) }))],
  ];
}

/** What the Redaction view has behind its tabs. */
const redactionCommands = (open: (search: RedactionSearch) => void): readonly Item[] => [
  { id: 'leaking secrets', kind: 'command', icon: 'warn', name: 'Show secrets that still leak', words: 'redaction audit leaking', run: () => open({ show: 'leaking' }) },
  { id: 'redaction policy', kind: 'command', icon: 'shield', name: 'Show the redaction policy', words: 'mask hash remove allow-list keys', run: () => open({ tab: 'policy' }) },
  { id: 'detectors', kind: 'command', icon: 'search', name: 'Find a detector, or try a text', words: 'redaction secrets formats test', run: () => open({ tab: 'detectors' }) },
  { id: 'suppressions', kind: 'command', icon: 'eye', name: 'Show suppressions', words: 'redaction ignore allow', run: () => open({ tab: 'suppressions' }) },
];

/** What the Events view has behind its tabs and filters. */
const eventCommands = (open: (search: EventsSearch) => void): readonly Item[] => [
  { id: 'event drift', kind: 'command', icon: 'diff', name: 'Show what changed about events', words: 'events drift schema fields types', run: () => open({ tab: 'drift' }) },
  { id: 'events renamed', kind: 'command', icon: 'edit', name: 'Show renamed events', words: 'events aliases names former', run: () => open({ only: 'renamed' }) },
  { id: 'events unused', kind: 'command', icon: 'eye', name: 'Show events that nobody uses', words: 'events unused unread', run: () => open({ only: 'unused' }) },
  { id: 'event themes', kind: 'command', icon: 'gear', name: 'Show themes', words: 'events toggle verbosity bundle switch', run: () => open({ tab: 'themes' }) },
  { id: 'event metrics', kind: 'command', icon: 'metric', name: 'Show metrics that rules make', words: 'events export grafana prometheus yaml', run: () => open({ tab: 'metrics' }) },
];

/** What the Cost view has behind its tabs. */
const costCommands = (open: (search: CostSearch) => void): readonly Item[] => [
  { id: 'cost suggestions', kind: 'command', icon: 'cost', name: 'Show what could be saved', words: 'cost suggestions money drop sample metric', run: () => open({ tab: 'suggestions' }) },
  { id: 'cost savings', kind: 'command', icon: 'cost', name: 'Show what rules save', words: 'cost savings measured predicted money', run: () => open({ tab: 'savings' }) },
  { id: 'cost fields', kind: 'command', icon: 'cost', name: 'Show which attributes cost most', words: 'cost by field money bytes', run: () => open({ by: 'field' }) },
  { id: 'cost prices', kind: 'command', icon: 'cost', name: 'Change the price table…', words: 'cost prices money gb currency retention', run: () => open({ prices: true }) },
];

/** Actions that a person looks for by name. */
const actionCommands: Readonly<Partial<Record<ActionName, string>>> = {
  'cpu-sample': 'CPU sample', 'heap-sample': 'Heap sample', 'memory-dump': 'Memory dump', 'verbose-logs': 'Verbose logs', 'packet-capture': 'Packet capture',
  'collect-config': 'Collect configuration', 'collect-state': 'Collect state', 'collect-files': 'Collect files', 'diagnostic-command': 'Diagnostic command',
};

/** What begins something. */
function useDoing(): readonly Item[] {
  const navigate = useNavigate();
  const take = useTakeFiles();
  const { incidentId } = useParams({ strict: false });
  const run = (action: ActionName | 'any') => { if (incidentId === undefined) void navigate({ to: '/dumps', search: { run: action } }); else askToRun(incidentId, action); };
  return [
    { id: 'new rule', kind: 'command', icon: 'plus', name: 'New rule', words: 'create kql', run: () => void navigate({ to: '/rules/new' }) },
    { id: 'run action', kind: 'command', icon: 'bolt', name: 'Run an action…', words: 'cpu sample heap memory dump packet capture state config files diagnostic command verbose logs process', run: () => run('any') },
    ...Object.entries(actionCommands).map(([action, name]): Item => ({ id: `run ${action}`, kind: 'command', icon: 'bolt', name: `${name}…`, words: `run action process ${action}`, run: () => run(action as ActionName) })),
    { id: 'define recorder', kind: 'command', icon: 'recorder', name: 'Define a recorder', words: 'flight recorder new create ring buffer', run: () => void navigate({ to: '/recorders', search: { define: true } }) },
    { id: 'import bundle', kind: 'command', icon: 'down', name: 'Import a bundle…', words: 'incident zip bring file open', run: () => askForFile('.zip,application/zip', file => take([file], 'bundle')) },
    { id: 'new probe', kind: 'command', icon: 'probe', name: 'New probe…', words: 'logpoint uprobe add log line breakpoint dynamic instrument process', run: () => void navigate({ to: '/probes/new' }) },
    { id: 'rip cord', kind: 'command', icon: 'cord', name: 'Pull the rip cord…', words: 'emergency stop panic pass-through remove probes rules off', end: <Kbd>Shift X</Kbd>, run: () => askForRipCord('pull') },
    { id: 'capture everything', kind: 'command', icon: 'warn', name: 'Capture everything now…', words: 'open incident big red button collect snapshot', end: <Kbd>Shift I</Kbd>, run: () => askToCapture() },
  ];
}

function useAppearance(onHelp: () => void): readonly Item[] {
  const { setTheme, timeZone, setTimeZone } = usePreferences();
  const theme = useTheme();
  const next = theme === 'light' ? 'dark' : 'light';
  return [
    { id: 'toggle theme', kind: 'command', icon: next === 'light' ? 'sun' : 'moon', name: `Switch to the ${next} theme`, words: 'appearance colour mode', run: () => setTheme(next) },
    { id: 'contrast theme', kind: 'command', icon: 'contrast', name: 'Switch to high contrast', words: 'appearance theme accessibility', run: () => setTheme('contrast') },
    { id: 'time zone', kind: 'command', icon: 'clock', name: timeZone === 'utc' ? 'Show local times' : 'Show UTC times', words: 'time zone utc local', run: () => setTimeZone(timeZone === 'utc' ? 'local' : 'utc') },
    { id: 'shortcuts', kind: 'command', icon: 'keyboard', name: 'Show shortcuts', words: 'keys help', end: <Kbd>?</Kbd>, run: onHelp },
  ];
}
