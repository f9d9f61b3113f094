// Static probes: a syslog door, files to follow, the journal. They stay until somebody removes them.
import { useAllowedFiles } from '../../../api/index.ts';
import { Button, Checkbox, Input, Select, TextArea } from '../../../ui/index.ts';
import { covers } from './clashes.ts';
import { Note } from './notes.tsx';
import type { Problems, SourceDraft } from './drafts.ts';

export interface SourceFormProps { readonly agent: string; readonly kind: 'syslog' | 'file' | 'journald'; readonly draft: SourceDraft; readonly problems: Problems; readonly onChange: (patch: Partial<SourceDraft>) => void }

const formats = [['auto', 'Found by its first lines'], ['json', 'JSON lines'], ['logfmt', 'logfmt'], ['plain', 'Plain text'], ['cri', 'CRI (Kubernetes)'], ['docker', 'Docker JSON']] as const;

export function SourceForm({ agent, kind, draft, problems, onChange }: SourceFormProps) {
  if (kind === 'syslog') return (
    <>
      <p className="t2 prose">RFC 5424 and RFC 3164, on this machine's loopback address.</p>
      <div className="probe-two"><Input label="UDP port" inputMode="numeric" placeholder="5514" value={draft.udpPort} onChange={event => onChange({ udpPort: event.target.value })} error={problems['udpPort']} /><Input label="TCP port" inputMode="numeric" placeholder="5514" value={draft.tcpPort} onChange={event => onChange({ tcpPort: event.target.value })} error={problems['tcpPort']} /></div>
      <p className="hint t3">UDP has no way to slow a sender: what does not fit is dropped and counted.</p>
    </>
  );
  if (kind === 'journald') return <Input mono label="Units" placeholder="all; or ssh.service, nginx.service" value={draft.units} onChange={event => onChange({ units: event.target.value })} error={problems['units']} />;
  return (
    <>
      <TextArea mono rows={3} label="Files, a path or pattern a line" placeholder="/var/log/app/*.log" value={draft.paths} onChange={event => onChange({ paths: event.target.value })} error={problems['paths'] ?? problems['relative']} />
      <Allowed agent={agent} chosen={draft.paths} onAdd={path => onChange({ paths: [...draft.paths.split('\n').map(line => line.trim()).filter(Boolean), path].join('\n') })} />
      <div className="field"><label>Format</label><Select label="Format" size="s" value={draft.format} onChange={format => onChange({ format })} options={formats.map(([value, label]) => ({ value, label }))} /></div>
      <Input mono label="A record begins with" placeholder="^\d{4}-\d\d-\d\d" value={draft.recordStart} onChange={event => onChange({ recordStart: event.target.value })} error={problems['recordStart']} hint="For records of several lines; without it each line is one." />
      <Input label="Service name" placeholder="as the records say" value={draft.serviceName} onChange={event => onChange({ serviceName: event.target.value })} error={problems['serviceName']} />
      <Checkbox checked={draft.fromBeginning} onChange={fromBeginning => onChange({ fromBeginning })}>From the beginning of files that are there already</Checkbox>
    </>
  );
}

/** What the owner of the machine lets be read, said before anything is tried; a click takes it. */
function Allowed({ agent, chosen, onAdd }: { readonly agent: string; readonly chosen: string; readonly onAdd: (path: string) => void }) {
  const { data: files } = useAllowedFiles(agent);
  if (files === undefined) return null;
  const where = <>under <span className="mono">files</span> in <span className="mono">actions-policy.json</span>, in the data folder of the agent; where there is none yet, the usual list holds</>;
  if (files === null) return <p className="hint amb">The list of files that may be read cannot be read itself: until its owner mends it, nothing may. It stands {where}.</p>;
  if (files.length === 0) return <p className="hint amb">The owner of this machine allows no files. They are listed {where}.</p>;
  const taken = chosen.split('\n').map(line => line.trim());
  const left = taken.find(path => path.startsWith('/') && !files.some(one => covers(one, path)));
  return (
    <div className="field" role="group" aria-label="Files that may be read">
      <div className="hint">This machine allows, and nothing else:</div>
      <ul className="probe-allowed">{files.map(path => <li key={path}><Button size="s" variant="ghost" className="mono" onClick={() => onAdd(path)} disabledReason={taken.includes(path) ? 'It is in.' : null}>{path}</Button></li>)}</ul>
      <div className="hint">Its owner adds more {where}.</div>
      {left !== undefined && <Note><b className="md"><span className="mono">{left}</span> is not among them.</b> The agent will refuse it, unless it turns out to be the same file.</Note>}
    </div>
  );
}
