// Switches a theme, for good or for a while, and says what the other state costs.
import { useState } from 'react';
import type { ThemeView } from '../../../../model/index.ts';
import { useSwitchTheme } from '../../../api/index.ts';
import { toast } from '../../../state/index.ts';
import { formatDuration, Segmented, Select, Time } from '../../../ui/index.ts';
import { tellFailure } from '../words/tell-failure.ts';

const spans = [['stay', null], ['10m', 600_000], ['1h', 3_600_000], ['8h', 28_800_000], ['24h', 86_400_000], ['7d', 604_800_000]] as const;
type Span = (typeof spans)[number][0];
const words: Readonly<Record<Span, string>> = { stay: 'until switched again', '10m': 'for 10 minutes', '1h': 'for an hour', '8h': 'for 8 hours', '24h': 'for a day', '7d': 'for a week' };

export function ThemeSwitch({ theme }: { readonly theme: ThemeView }) {
  const [span, setSpan] = useState<Span>('stay');
  const change = useSwitchTheme();
  const forMs = spans.find(([name]) => name === span)?.[1] ?? null;
  const turn = (state: ThemeView['state'], back: number | null = forMs) => change.mutate({ id: theme.id, state, forMs: back, reason: '' }, {
    onError: tellFailure,
    onSuccess: () => { toast({ about: theme.id, title: `${theme.name} is ${state}${back === null ? '' : ` for ${formatDuration(back)}`}`, detail: 'Agents follow within two seconds.', action: { label: 'Undo', run: () => turn(state === 'on' ? 'off' : 'on', null) } }); },
  });
  return (
    <div className="row wrapline ev-switch">
      <Segmented label={`${theme.name} is`} value={theme.state} options={[{ value: 'on', label: 'On', title: 'Every record passes' }, { value: 'off', label: 'Off', title: 'Its records are held back' }]} onChange={turn} />
      <Select<Span> label="For how long" size="s" value={span} options={spans.map(([value]) => ({ value, label: words[value] }))} onChange={setSpan} />
      {theme.back !== null && <span className="meta amb nw">{theme.back.state} again at <Time at={theme.back.at} /></span>}
      {change.isPending && <span className="meta t3" role="status">switching</span>}
    </div>
  );
}
