// Where the records come from: the live tail, a time range of it, a file, or a pasted text.
import { useRef, useState } from 'react';
import { Button, Dialog, Menu, TextArea, type MenuEntry } from '../../../ui/index.ts';
import { liveTail } from './sources.ts';
import type { DryRunControls } from './use-dry-run.ts';

export interface SourceMenuProps { readonly controls: DryRunControls; readonly label: string; /** Whether deployed rules can come before: a script gets every record as it is. */ readonly canFollow: boolean; /** The span of the buffer, Unix milliseconds; null when it is empty. */ readonly span: { readonly fromMs: number; readonly toMs: number } | null }

/** What file choosers offer; anything may be dropped. */
const accepted = '.json,.jsonl,.ndjson,.pb,.bin,.otlp,.binpb,.gz,.txt,.log';

export function SourceMenu({ controls, label, canFollow, span }: SourceMenuProps) {
  const { source, choose, read, withDeployed, setWithDeployed, deployed } = controls;
  const file = useRef<HTMLInputElement>(null);
  // Opened once the menu is gone: a menu that closes takes the focus back.
  const [pasting, setPasting] = useState(false);
  const count = deployed.acting.length;
  const entries: readonly MenuEntry[] = [
    { kind: 'heading', label: 'Records from' },
    { label: 'Live tail, before rules', icon: 'tail', checked: source.kind === 'tail', onSelect: () => choose(liveTail) },
    { label: 'A time range of the tail', icon: 'clock', checked: source.kind === 'range', disabled: span === null, onSelect: () => { if (span !== null) choose({ kind: 'range', fromMs: span.fromMs, toMs: null }); } },
    { label: 'A file…', icon: 'file', checked: source.kind === 'records', detail: <span className="t3">OTLP, JSON lines, text, .gz</span>, onSelect: () => file.current?.click() },
    { label: 'A pasted sample…', icon: 'copy', onSelect: () => { setTimeout(() => setPasting(true)); } },
    ...(canFollow ? [{ kind: 'separator' }, { label: 'With deployed rules before it', icon: 'rules', checked: withDeployed, disabled: deployed.agent === null, detail: <span className="t3">{deployed.agent === null ? 'no agent told its rules' : `${count} on ${deployed.agent}`}</span>, onSelect: () => setWithDeployed(!withDeployed) }] satisfies readonly MenuEntry[] : []),
  ];
  return (
    <>
      <Menu entries={entries} label="Records from"><Button size="s" variant="ghost" iconAfter="chev" aria-label={`Records from: ${label}`}><span className="ell">{label}</span></Button></Menu>
      <input ref={file} type="file" hidden accept={accepted} aria-label="File with records" onChange={event => { const [chosen] = event.target.files ?? []; if (chosen !== undefined) read(chosen, chosen.name); event.target.value = ''; }} />
      <PasteDialog open={pasting} onOpenChange={setPasting} onText={text => { setPasting(false); read(text, 'pasted sample'); }} />
    </>
  );
}

const example = '{"EventName": "QueueDepth", "ServiceName": "checkout", "Attributes": {"depth": 250}}';

function PasteDialog({ open, onOpenChange, onText }: { readonly open: boolean; readonly onOpenChange: (open: boolean) => void; readonly onText: (text: string) => void }) {
  const [text, setText] = useState('');
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Dry run over a pasted sample" wide
      footer={<><Button onClick={() => onOpenChange(false)}>Cancel</Button><Button variant="primary" disabledReason={text.trim() === '' ? 'Paste some records first.' : null} onClick={() => onText(text)}>Run over it</Button></>}>
      <TextArea label="Records" autoFocus mono rows={12} value={text} onChange={event => setText(event.target.value)} placeholder={example} hint="OTLP JSON; or one JSON record a line, with the columns of Logs, Spans or Metrics; or plain lines, each the body of a log record. It stays in this page." />
    </Dialog>
  );
}
