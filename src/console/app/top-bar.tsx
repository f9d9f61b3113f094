// Brand, environment, command field, connection, help, and the person's menu.
import { Link } from '@tanstack/react-router';
import { useConnection, useSession } from '../api/index.ts';
import type { ConnectionState } from '../api/index.ts';
import { askForRipCord, askToCapture, usePreferences } from '../state/index.ts';
import type { ThemeChoice } from '../state/index.ts';
import { Button, Icon, IconButton, Kbd, Menu, Time } from '../ui/index.ts';
import type { IconName, MenuEntry } from '../ui/index.ts';
import { Logo } from './logo.tsx';

export interface TopBarProps { readonly onPalette: () => void; readonly onHelp: () => void }

export function TopBar({ onPalette, onHelp }: TopBarProps) {
  const session = useSession();
  return (
    <header className="top">
      <Link className="brand" to="/overview" aria-label="Weir, to the overview"><Logo /><b>Weir</b></Link>
      {session.data && <span className="env" title="Environment of this server"><i /><b className="md ell">{session.data.environment}</b></span>}
      <button type="button" className="cmd" onClick={onPalette} aria-keyshortcuts="Control+K Meta+K"><Icon name="search" size="s" /><span className="grow ell">Search or run a command</span><Kbd>Ctrl K</Kbd></button>
      <Connection />
      <IconButton icon="help" label="Shortcuts" kbd="?" variant="ghost" onClick={onHelp} />
      <PersonMenu user={session.data?.user} version={session.data?.version} />
      <IconButton icon="cord" label="Rip cord" kbd="Shift X" variant="ghost" onClick={() => askForRipCord('pull')} />
      <Button variant="danger-outline" icon="warn" onClick={() => askToCapture()} aria-keyshortcuts="Shift+I">Open incident</Button>
    </header>
  );
}

const words: Readonly<Record<ConnectionState['status'], readonly [string, string]>> = { connecting: ['off', 'Connecting'], live: ['', 'Live'], lost: ['red', 'No answer'], ended: ['off', 'Ended'] };

function Connection() {
  const { status, roundTripMs, lostSinceMs } = useConnection();
  const [dot, word] = words[status];
  return (
    <span className="live" title="Connection to the server, and the time of its last answer">
      <span className={`dot ${dot}`} />{word}
      {status === 'live' && roundTripMs !== null && <span className="t3 num">{Math.max(1, Math.round(roundTripMs))} ms</span>}
      {status === 'lost' && lostSinceMs !== null && <span className="t3">since <Time at={lostSinceMs} /></span>}
    </span>
  );
}

const themes: readonly (readonly [ThemeChoice, string, IconName])[] = [['system', 'Follow the system', 'gear'], ['dark', 'Dark', 'moon'], ['light', 'Light', 'sun'], ['contrast', 'High contrast', 'contrast']];

function PersonMenu({ user, version }: { readonly user: string | undefined; readonly version: string | undefined }) {
  const { theme, setTheme, timeZone, setTimeZone } = usePreferences();
  const entries: MenuEntry[] = [
    { kind: 'heading', label: `${user ?? 'Not signed in'}${version ? `, Weir ${version}` : ''}` },
    { kind: 'separator' }, { kind: 'heading', label: 'Theme' },
    ...themes.map(([choice, label, icon]): MenuEntry => ({ label, icon, checked: theme === choice, onSelect: () => setTheme(choice) })),
    { kind: 'separator' }, { kind: 'heading', label: 'Times' },
    { label: 'UTC', icon: 'globe', checked: timeZone === 'utc', onSelect: () => setTimeZone('utc') },
    { label: 'Local', icon: 'clock', checked: timeZone === 'local', onSelect: () => setTimeZone('local') },
  ];
  return <Menu entries={entries} align="end" label="Account and appearance"><IconButton icon="user" label="Account and appearance" variant="ghost" tooltip={false} /></Menu>;
}
