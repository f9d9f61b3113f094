// Static probes: a syslog door, files to follow, the journal. They stay until somebody removes them.
import { Checkbox, Input, Select, TextArea } from '../../../ui/index.ts';
import type { Problems, SourceDraft } from './drafts.ts';

export interface SourceFormProps { readonly kind: 'syslog' | 'file' | 'journald'; readonly draft: SourceDraft; readonly problems: Problems; readonly onChange: (patch: Partial<SourceDraft>) => void }

const formats = [['auto', 'Found by its first lines'], ['json', 'JSON lines'], ['logfmt', 'logfmt'], ['plain', 'Plain text'], ['cri', 'CRI (Kubernetes)'], ['docker', 'Docker JSON']] as const;

export function SourceForm({ kind, draft, problems, onChange }: SourceFormProps) {
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
      <TextArea mono rows={3} label="Files, a path or pattern a line" placeholder="/var/log/app/*.log" value={draft.paths} onChange={event => onChange({ paths: event.target.value })} error={problems['paths']} hint="Only what the owner of the machine allows for files." />
      <div className="field"><label>Format</label><Select label="Format" size="s" value={draft.format} onChange={format => onChange({ format })} options={formats.map(([value, label]) => ({ value, label }))} /></div>
      <Input mono label="A record begins with" placeholder="^\d{4}-\d\d-\d\d" value={draft.recordStart} onChange={event => onChange({ recordStart: event.target.value })} error={problems['recordStart']} hint="For records of several lines; without it each line is one." />
      <Input label="Service name" placeholder="as the records say" value={draft.serviceName} onChange={event => onChange({ serviceName: event.target.value })} error={problems['serviceName']} />
      <Checkbox checked={draft.fromBeginning} onChange={fromBeginning => onChange({ fromBeginning })}>From the beginning of files that are there already</Checkbox>
    </>
  );
}
