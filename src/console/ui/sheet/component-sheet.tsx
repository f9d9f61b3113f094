// Every component in every state on one page: what a designer holds beside the mock-up, and what axe walks over. Mock mode only.
import { useState } from 'react';
import type { ReactNode } from 'react';
import { usePreferences } from '../../state/index.ts';
import { Button, Checkbox, Chip, ConfirmDialog, EmptyState, ErrorState, Icon, IconButton, Input, Kbd, MaskedText, Menu, Meter, Pane, Progress, Segmented, Select, SeverityMark, severityLetters, severityNames, SkeletonRows, Sparkline, Switch, Table, Tabs, TextArea, Time, toast, ViewBar } from '../index.ts';
import './sheet.css';

export function ComponentSheet() {
  const { theme, setTheme } = usePreferences();
  return (
    <div className="col grow">
      <ViewBar title="Components" meta="the one small set in console/ui; every state is on this sheet">
        <Segmented label="Theme" value={theme} options={[{ value: 'system', label: 'System' }, { value: 'dark', label: 'Dark' }, { value: 'light', label: 'Light' }, { value: 'contrast', label: 'Contrast' }]} onChange={setTheme} />
      </ViewBar>
      <div className="sheet scroll">
        <Pane><Buttons /><Danger /><Fields /><Marks /></Pane>
        <Pane><TableState /><Menus /><Messages /></Pane>
        <Pane><States /></Pane>
      </div>
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return <section className="sx"><h2>{title}</h2><div className="row wrapline">{children}</div></section>;
}

function Buttons() {
  return <Section title="Buttons: plain, primary, quiet, on, disabled"><Button>Dry run</Button><Button variant="primary" kbd="Ctrl S">Propose</Button><Button variant="ghost">Cancel</Button><Button on>Wrap</Button><Button disabledReason="Deploy needs a rule without errors.">Deploy</Button><IconButton icon="copy" label="Copy" /><Button size="s">Small</Button></Section>;
}

function Danger() {
  const [open, setOpen] = useState(false);
  return (
    <Section title="Danger: solid once per view, outlined elsewhere">
      <Button variant="danger" icon="trash" onClick={() => setOpen(true)}>Delete rule</Button><Button variant="danger-outline" size="s">Delete</Button>
      <ConfirmDialog open={open} onOpenChange={setOpen} title="Delete drop-render?" confirmLabel="Delete" cancelLabel="Keep it" typeToConfirm="drop-render" onConfirm={() => toast({ title: 'drop-render deleted' })}>It stops on <strong>2 agents</strong> at once; about <strong>58 records/s</strong> flow again. Its versions stay in the audit.</ConfirmDialog>
    </Section>
  );
}

function Fields() {
  const [where, setWhere] = useState<'on-box' | 'off-box'>('on-box');
  const [checked, setChecked] = useState(true);
  return (
    <Section title="Inputs, select, tick, switch">
      <Input label="Name" defaultValue="launch-log-to-metric" /><Input label="Ratio" mono defaultValue="1 in 0" error="A ratio must be at least 1 in 1. Try 1 in 10." /><TextArea label="Description" hint="What it is for." />
      <Select label="Location" value={where} onChange={setWhere} options={[{ value: 'on-box', label: 'on-box' }, { value: 'off-box', label: 'off-box' }]} />
      <Checkbox checked={checked} onChange={setChecked}>INFO</Checkbox><Switch checked={checked} onChange={setChecked} label="Chatty log" />
    </Section>
  );
}

function Marks() {
  const [by, setBy] = useState<'records' | 'bytes'>('records');
  const [tab, setTab] = useState<'record' | 'trace'>('record');
  return (
    <>
      <Section title="Tabs"><Tabs label="Detail" value={tab} onChange={setTab} tabs={[{ value: 'record', label: 'Record', content: <span className="pad t2">The record.</span> }, { value: 'trace', label: 'Trace', count: 7, content: <span className="pad t2">The trace.</span> }]} /></Section>
      <Section title="Segments and badges"><Segmented label="Measure" value={by} onChange={setBy} options={[{ value: 'records', label: 'Records' }, { value: 'bytes', label: 'Bytes' }]} /><Chip>idle</Chip><Chip tone="accent">armed</Chip><Chip tone="attn">growing</Chip><Chip tone="danger">stuck</Chip><Chip tone="solid">open</Chip><Chip tone="line">on-box</Chip><Chip tone="pending">applying</Chip><Chip tone="sampled" icon="sample">1 in 4 shown</Chip></Section>
      <Section title="Severity: letter first, colour second">{severityLetters.map(letter => <span key={letter} className="row gap1"><SeverityMark severity={letter} />{severityNames[letter]}</span>)}</Section>
      <Section title="Uncertainty and masking"><span>≈ 38,400</span><span>42.5 % <span className="t3">± 1.1</span></span><span className="mono nw"><MaskedText text="https://bot:ghp_••••••••@git.internal" /></span><Meter share={0.81} tone="attn" height={6} limit={0.95} label="CPU" /><span className="amb">0.81 of 1 %</span><Sparkline values={[3, 4, 3, null, null, 5, 7, 6]} label="Rate with a gap" /></Section>
    </>
  );
}

const rows = [{ id: 'CartItemAdded', rate: '12,406' }, { id: 'LogLaunch', rate: '4,310' }, { id: '…/queue/worker.ts:57', rate: '3,185' }];

function TableState() {
  const [picked, setPicked] = useState('LogLaunch');
  return <Section title="Table: 24 px rows, numbers right, one selected"><Table label="Durable ids" rows={rows} rowKey={row => row.id} selectedKey={picked} onPick={row => setPicked(row.id)} columns={[{ key: 'id', head: 'Durable id', cell: row => <span className="mono">{row.id}</span> }, { key: 'rate', head: 'In /s', numeric: true, width: 90, sort: 'descending', cell: row => row.rate }]} /></Section>;
}

function Menus() {
  const none = () => undefined;
  return <Section title="Menu, keys, times"><Menu label="Record" entries={[{ label: 'Drop', icon: 'drop', kbd: 'D', onSelect: none }, { label: 'Sample…', icon: 'sample', kbd: 'S', onSelect: none }, { label: 'Redact a field…', icon: 'redact', kbd: 'R', onSelect: none }, { kind: 'separator' }, { label: 'Delete', icon: 'trash', danger: true, onSelect: none }]}><Button iconAfter="chev">Menu</Button></Menu><Kbd>Ctrl K</Kbd><Time at="2026-03-12T14:06:32.958Z" show="full" millis /></Section>;
}

function Messages() {
  return <Section title="Progress and messages"><div style={{ flex: "1 0 100%" }}><Progress label="memory-dump" share={0.64} left="61 of 96 MiB, about 9 s" onCancel={() => undefined} /></div><Button size="s" onClick={() => toast({ title: 'LogLaunch goes to app.launches', detail: '2 of 2 agents, 1.8 s', action: { label: 'Undo', run: () => undefined } })}>Show a message</Button><Button size="s" onClick={() => toast({ kind: 'error', title: 'The rule was not deployed', detail: 'shop-2 refused it: unknown sink. Nothing was changed.' })}>Show an error</Button></Section>;
}

function States() {
  return (
    <>
      <section className="sx"><h2>Error: cause, effect, next step</h2><ErrorState title="The rule was refused: unknown column Evt" details="details" onRetry={() => undefined}>Nothing was changed. Write EventName.</ErrorState></section>
      <section className="sx"><h2>Empty: says why, and how to fill it</h2><EmptyState title="No record matched in 15 min" actions={<Button size="s" variant="primary">Use LogLaunch</Button>}><span className="mono">EventName == "LogLanch"</span> matched 0 of 43.4 million.</EmptyState></section>
      <section className="sx"><h2>Skeleton: after 150 ms</h2><SkeletonRows rows={3} /></section>
      <section className="sx"><h2>Categorical, 8, in this order</h2><div className="swatches">{[1, 2, 3, 4, 5, 6, 7, 8].map(i => <i key={i} style={{ background: `var(--cat-${i})` }} />)}</div></section>
      <section className="sx"><h2>Type</h2><div className="figure">48,212<small>/s</small></div><div className="row gap1">Body 12, <span className="t2">second,</span> <span className="t3">third</span> <Icon name="info" size="s" label="information" /></div><div className="mono">mono 11.5 0O 1lI ghp_ =&gt; !=</div></section>
    </>
  );
}
