// A new probe: from an agent to a process, a file and a line (or a function, or a log source); what it reads; what it costs; and in.
import { useState } from 'react';
import { explainFailure, isProbeIn, useAgents, useProbe, useProbePreview, useProcesses, useStartProbe, type ProcessAt } from '../../../api/index.ts';
import { newProbeSearch, useUrlState, type NewProbeSearch } from '../../../state/index.ts';
import { isDynamic, type ActionTarget, type AgentProcess, type ProbeKind, type ProbeLimits, type ProbeWhat } from '../../../../model/index.ts';
import { Button, EmptyState, formatDuration, formatPercent, Input, Pane, plural, Segmented, Select, useSettled, ViewBar } from '../../../ui/index.ts';
import '../probes.css';
import { kindWords } from '../words.ts';
import { CodePane } from './code-pane.tsx';
import { bpftraceOf, emptyLogpoint, emptySource, emptyUprobe, limitsOf, logpointOf, nameFor, nameProblem, sourceOf, uprobeOf, usdtOf, usualLimits, type Made } from './drafts.ts';
import { FileList } from './file-list.tsx';
import { Hits } from './hits.tsx';
import { LimitsForm } from './limits-form.tsx';
import { LogpointForm, LogpointMore } from './logpoint-form.tsx';
import { Gallery, SymbolPane, UprobeForm } from './native-forms.tsx';
import { PreviewBox } from './preview-box.tsx';
import { ProcessTree } from './process-tree.tsx';
import { SourceForm } from './source-form.tsx';

const kinds: readonly ProbeKind[] = ['logpoint', 'uprobe', 'usdt', 'bpftrace', 'file', 'syslog', 'journald'];
/** What can take a probe of this kind; nothing named: every process. */
const runtimesFor: Readonly<Partial<Record<ProbeKind, readonly string[]>>> = { logpoint: ['node'] };

export function NewProbeView() {
  const [search, set] = useUrlState(newProbeSearch);
  const agents = useAgents().data?.filter(({ kind, connected }) => kind === 'weir' && connected);
  const agent = agents?.find(({ id, name }) => id === search.agent || name === search.agent) ?? agents?.[0];
  const kind = search.kind ?? 'logpoint';
  const choose = (next: ProbeKind) => set({ kind: next === 'logpoint' ? undefined : next, binary: undefined, symbol: undefined, template: undefined, probe: undefined });
  return (
    <div className="col grow">
      <ViewBar title="New probe">
        <Segmented label="Kind of probe" value={kind} options={kinds.map(value => ({ value, label: kindWords[value] }))} onChange={choose} />
        {agent !== undefined && (agents?.length ?? 0) > 1 && <Select label="Agent" size="s" value={agent.id} options={(agents ?? []).map(({ id, name }) => ({ value: id, label: name }))} onChange={next => set({ agent: next, pid: undefined, startTicks: undefined, file: undefined, line: undefined, probe: undefined })} />}
      </ViewBar>
      {agents !== undefined && agent === undefined ? <EmptyState title="No agent is connected">A probe is put in by the agent on the machine of the process. Start one there: <span className="mono t1">weir agent</span>.</EmptyState>
        : agent !== undefined && <Studio key={kind} agent={agent.id} kind={kind} search={search} onSearch={set} />}
    </div>
  );
}

interface StudioProps { readonly agent: string; readonly kind: ProbeKind; readonly search: NewProbeSearch; readonly onSearch: (patch: Partial<NewProbeSearch>, options?: { readonly replace?: boolean }) => void }

function Studio({ agent, kind, search, onSearch }: StudioProps) {
  const [drafts, setDrafts] = useState({ logpoint: emptyLogpoint, uprobe: emptyUprobe, source: emptySource, limits: usualLimits, parameters: {} as Readonly<Record<string, string | number>>, name: '', reason: '' });
  const [tried, setTried] = useState(false);
  /** What was put in from here last: the same again needs a reason. */
  const [inserted, setInserted] = useState<{ readonly id: string; readonly wish: string } | null>(null);
  const last = useProbe(inserted?.id ?? search.probe).data;
  const process = useChosenProcess(agent, search, kind);
  // A ready-made probe is of the whole machine: it has no list of processes to see a choice in.
  const target: ActionTarget | null = process === null || kind === 'bpftrace' ? null : { pid: process.pid, startTicks: process.startTicks };
  const does = search.does ?? 'record';
  const { made, problems } = madeOf(kind, drafts, search);
  const needsProcess = kind === 'logpoint' && target === null;
  const limits = limitsOf(drafts.limits);
  const wish = useSettled(made === null || needsProcess ? null : { what: made, target: isDynamic(kind) ? target : null });
  const preview = useProbePreview(isDynamic(kind) ? agent : undefined, wish);
  const start = useStartProbe();
  const wishText = JSON.stringify([made, target]);
  const again = inserted !== null && inserted.wish === wishText && last !== undefined && last.id === inserted.id && isProbeIn(last) ? `${last.name} is in and reads exactly this. Change something, or remove it first.` : null;
  const name = drafts.name.trim() === '' ? nameFor(kind, { file: search.file, line: search.line, symbol: search.symbol, template: search.template }) : drafts.name.trim();
  const change = (patch: Partial<typeof drafts>) => setDrafts({ ...drafts, ...patch });
  const insert = () => {
    setTried(true);
    if (made === null || limits.made === null || needsProcess || nameProblem(name) !== null) return;
    start.mutate({ agent, name, what: made, target: isDynamic(kind) ? target : null, limits: limits.made, reason: drafts.reason.trim() }, { onSuccess: ({ id }) => { setInserted({ id, wish: wishText }); onSearch({ probe: id }, { replace: true }); } });
  };
  const shownProblems = tried ? problems : Object.fromEntries(Object.entries(problems).filter(([field]) => !needsAnswer.includes(field)));
  const failure = start.error === null ? null : explainFailure(start.error);
  const refused = preview.data !== undefined && wish !== null && !preview.isPlaceholderData ? preview.data.problems[0]?.message ?? null : null;
  const place = needsProcess ? 'Choose a process.' : problems['place'];
  const choosing = (found: AgentProcess) => onSearch({ agent, pid: found.pid, startTicks: found.startTicks, service: undefined, probe: undefined, ...(search.line === undefined ? { file: undefined } : {}) });
  const at: ProcessAt | null = target === null ? null : { agent, target };
  return (
    <div className="probe-studio">
      {isDynamic(kind) && kind !== 'bpftrace' && (
        <Pane className="probe-where">
          <div className="probe-half"><ProcessTree agent={agent} chosen={process?.pid} runtimes={runtimesFor[kind] ?? []} onChoose={choosing} /></div>
          {kind === 'logpoint' && at !== null && <div className="probe-half bt"><FileList at={at} chosen={search.file} onChoose={file => onSearch({ file, line: undefined, probe: undefined })} /></div>}
        </Pane>
      )}
      <div className="probe-middle">
        {kind === 'logpoint' && <CodePane at={at} file={search.file} line={search.line} last={last} onLine={(line, byHand) => { onSearch({ line, column: undefined }, { replace: true }); if (byHand) document.querySelector<HTMLInputElement>('.probe-form input')?.focus(); }} />}
        {(kind === 'uprobe' || kind === 'usdt') && <SymbolPane agent={agent} target={target} binary={search.binary} symbol={search.symbol} usdt={kind === 'usdt'} onBinary={binary => onSearch({ binary, symbol: undefined }, { replace: true })} onSymbol={({ binary, symbol, args }) => { onSearch({ binary, symbol, probe: undefined }, { replace: true }); change({ uprobe: { ...drafts.uprobe, args } }); }} />}
        {kind === 'bpftrace' && <Gallery agent={agent} template={search.template} parameters={drafts.parameters} onTemplate={template => { onSearch({ template, probe: undefined }, { replace: true }); change({ parameters: {} }); }} onParameter={(parameter, value) => change({ parameters: { ...drafts.parameters, [parameter]: value } })} />}
        {!isDynamic(kind) && <EmptyState title={`${kindWords[kind]} as a log source`}>What arrives becomes log records and goes through the rules, as from any service. Its position is kept: a restart of the agent loses nothing and repeats nothing.</EmptyState>}
        {search.probe !== undefined && <Hits probe={search.probe} />}
      </div>
      <Pane className="probe-form-pane scroll" label="The probe">
        <form className="probe-form" onSubmit={event => { event.preventDefault(); insert(); }}>
          {kind === 'logpoint' && <LogpointForm draft={drafts.logpoint} does={does} problems={shownProblems} onChange={patch => change({ logpoint: { ...drafts.logpoint, ...patch } })} onDoes={next => onSearch({ does: next === 'record' ? undefined : next }, { replace: true })} />}
          {kind === 'uprobe' && <UprobeForm draft={drafts.uprobe} problems={shownProblems} onChange={patch => change({ uprobe: { ...drafts.uprobe, ...patch } })} />}
          {(kind === 'syslog' || kind === 'file' || kind === 'journald') && <SourceForm kind={kind} draft={drafts.source} problems={shownProblems} onChange={patch => change({ source: { ...drafts.source, ...patch } })} />}
          <details className="probe-more">
            <summary>{moreWords(name, isDynamic(kind) ? limits.made : null)}</summary>
            <div className="col">
              {kind === 'logpoint' && <LogpointMore draft={drafts.logpoint} does={does} problems={shownProblems} onChange={patch => change({ logpoint: { ...drafts.logpoint, ...patch } })} />}
              <Input mono label="Name" placeholder={name} value={drafts.name} onChange={event => change({ name: event.target.value })} error={drafts.name === '' ? null : nameProblem(drafts.name.trim())} />
              {isDynamic(kind) && <LimitsForm draft={drafts.limits} problems={limits.problems} onChange={patch => change({ limits: { ...drafts.limits, ...patch } })} />}
              <Input label="Why" placeholder="for the audit" value={drafts.reason} onChange={event => change({ reason: event.target.value })} />
            </div>
          </details>
          {isDynamic(kind) && <PreviewBox waitsFor={place ?? (made === null ? 'What it would read and cost shows here.' : null)} preview={wish === null ? undefined : preview.data} error={preview.error} maxCpuShare={limits.made?.maxCpuShare ?? 0.01} />}
          {failure !== null && <p className="red prose" role="alert"><b className="md">{failure.title}</b> {failure.help}</p>}
          <div className="row probe-go"><Button type="submit" variant="primary" icon="probe" kbd="Enter" disabledReason={start.isPending ? 'It is on its way.' : again !== null ? again : refused !== null ? refused : place ?? null}>{isDynamic(kind) ? 'Insert the probe' : 'Start reading'}</Button></div>
        </form>
      </Pane>
    </div>
  );
}

/** The usual, in words, so that nobody has to open it to know. */
function moreWords(name: string, limits: ProbeLimits | null): string {
  if (limits === null) return `As ${name}`;
  return `As ${name}; leaves after ${formatDuration(limits.expiresAfterMs)} or ${plural(limits.maxHits, 'hit')}; at most ${plural(limits.maxPerSecond, 'record')} a second and ${formatPercent(limits.maxCpuShare)} of a core`;
}

/** Fields that are only complained about once somebody tried to go on. */
const needsAnswer: readonly string[] = ['values', 'until', 'udpPort', 'paths'];

function madeOf(kind: ProbeKind, drafts: { readonly logpoint: typeof emptyLogpoint; readonly uprobe: typeof emptyUprobe; readonly source: typeof emptySource; readonly parameters: Readonly<Record<string, string | number>> }, search: NewProbeSearch): Made<ProbeWhat> {
  switch (kind) {
    case 'logpoint': return logpointOf(drafts.logpoint, search.does ?? 'record', search.file, search.line);
    case 'uprobe': return uprobeOf(drafts.uprobe, search.binary, search.symbol);
    case 'usdt': return usdtOf(search.binary, search.symbol);
    case 'bpftrace': return bpftraceOf(search.template, drafts.parameters);
    default: return sourceOf(kind, drafts.source);
  }
}

/** By pid and start; by the service, when a link named only that and one process is it. */
function useChosenProcess(agent: string, search: NewProbeSearch, kind: ProbeKind): AgentProcess | null {
  const { data } = useProcesses(isDynamic(kind) ? agent : undefined);
  const processes = data?.processes ?? [];
  if (search.pid !== undefined) return processes.find(({ pid, startTicks }) => pid === search.pid && (search.startTicks === undefined || startTicks === search.startTicks)) ?? null;
  const named = search.service === undefined ? [] : processes.filter(({ service, runtime }) => service === search.service && (kind !== 'logpoint' || runtime === 'node'));
  return named.length === 1 ? named[0] ?? null : null;
}
