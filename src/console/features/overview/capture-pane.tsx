// The big red button. It says what it would take before anybody presses it, and asks before it does.
import { useAgents } from '../../api/index.ts';
import { askToCapture } from '../../state/index.ts';
import { formatBytes, Icon, Kbd, plural } from '../../ui/index.ts';

export function CapturePane() {
  const agents = (useAgents().data ?? []).filter(({ kind, connected }) => kind === 'weir' && connected);
  const filled = agents.flatMap(({ status }) => status?.recorders.filter(({ records }) => records > 0) ?? []);
  const bytes = filled.reduce((sum, recorder) => sum + recorder.bytes, 0);
  return (
    <div className="capture">
      <button type="button" className="big-red" onClick={() => askToCapture()} aria-keyshortcuts="Shift+I"><Icon name="warn" /><span className="grow"><b>Capture everything now</b><span>Open an incident on {plural(agents.length, 'agent')}</span></span><Kbd>Shift I</Kbd></button>
      <p className="meta t3">{filled.length === 0 ? 'No recorder holds a record now; ' : `Takes ${plural(filled.length, 'recorder')} (${formatBytes(bytes)}), `}CPU samples, state and configuration. It asks first, and changes nothing that runs.</p>
    </div>
  );
}
