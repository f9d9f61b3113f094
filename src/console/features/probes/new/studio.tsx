// From a process to a file and a line (or a function, or a log source); what it reads; what it costs; and in.
import { useState } from 'react';
import { useCordAt, useProbePreview, useProbes, useSource, type ProcessAt } from '../../../api/index.ts';
import type { NewProbeSearch } from '../../../state/index.ts';
import { isDynamic, staticKeeping, type ActionTarget, type AgentProcess, type ProbeKind } from '../../../../model/index.ts';
import { Button, EmptyState, Input, Pane, useSettled } from '../../../ui/index.ts';
import { plainWords, Said } from '../said.tsx';
import { isTaken, kindWords, measures } from '../words.ts';
import { clashesOf, freeName } from './clashes.ts';
import { declaredLater, namesNear } from './code/index.ts';
import { CodePane } from './code-pane.tsx';
import { hitCost } from './cost.ts';
import { limitsOf, nameProblem } from './drafts.ts';
import { FileList } from './file-list.tsx';
import { Hits } from './hits.tsx';
import { LimitsForm } from './limits-form.tsx';
import { LogpointForm, LogpointMore } from './logpoint-form.tsx';
import { askedOf, madeOf, moreWords, readsAtLine, shownProblems, usualName } from './made.ts';
import { Gallery, SymbolPane, UprobeForm } from './native-forms.tsx';
import { isRipCord, notFound } from './not-shown.tsx';
import { ClashNotes, LaterNote, NameNote } from './notes.tsx';
import { PreviewBox } from './preview-box.tsx';
import { entryOf, ProcessTree } from './process-tree.tsx';
import { SourceForm } from './source-form.tsx';
import { focusForm, useArrival } from './use-arrival.ts';
import { useChosenProcess } from './use-chosen-process.ts';
import { useDrafts } from './use-drafts.ts';
import { useInsertion } from './use-insertion.ts';

/** What can take a probe of this kind; nothing named: every process. */
const runtimesFor: Readonly<Partial<Record<ProbeKind, readonly string[]>>> = { logpoint: ['node'] };
/** As agents name a source that another probe reads: it says more than what can be told here. */
const sameSource: readonly string[] = ['probe.same-source', 'probe.port-taken'];

export interface StudioProps { readonly agent: string; readonly kind: ProbeKind; readonly search: NewProbeSearch; readonly onSearch: (patch: Partial<NewProbeSearch>, options?: { readonly replace?: boolean }) => void }

export function Studio({ agent, kind, search, onSearch }: StudioProps) {
  const [drafts, change] = useDrafts(kind, search.probe);
  const [tried, setTried] = useState(false);
  const dynamic = isDynamic(kind);
  const { process, missing } = useChosenProcess(agent, search, kind);
  // A ready-made probe is of the whole machine: it has no list of processes to see a choice in.
  const target: ActionTarget | null = process === null || kind === 'bpftrace' ? null : { pid: process.pid, startTicks: process.startTicks };
  const at: ProcessAt | null = target === null ? null : { agent, target };
  const source = useSource(kind === 'logpoint' ? at : null, search.file).data;
  const probes = useProbes().data?.probes ?? [];
  const { made, problems } = madeOf(kind, drafts, search);
  const needsProcess = kind === 'logpoint' && target === null;
  const limits = limitsOf(drafts.limits);
  const noFile = source?.problem ?? null;
  const asked = askedOf(kind, drafts, search, made);
  const wished = asked === null || needsProcess || noFile !== null ? null : { what: asked, target: dynamic ? target : null };
  const wish = useSettled(wished);
  // An expression that is not written yet is wrong at every other key.
  const quiet = useSettled(useSettled(useSettled(wished)));
  const preview = useProbePreview(agent, wish);
  const usual = usualName(kind, search);
  const typed = drafts.name.trim();
  const name = typed === '' ? freeName(usual, probes) : typed;
  const cord = useCordAt(agent);
  const insertion = useInsertion(search.probe, cord);
  useArrival(search, kind === 'logpoint' && source !== undefined && source.problem === null && search.line !== undefined);
  const insert = () => {
    setTried(true);
    if (made === null || limits.made === null || needsProcess || noFile !== null || nameProblem(name) !== null) return;
    insertion.start({ agent, name, what: made, target: dynamic ? target : null, limits: limits.made, reason: drafts.reason.trim() }, id => onSearch({ probe: id }, { replace: true }));
  };
  const fields = shownProblems(problems, tried);
  const problemsAsked = preview.data !== undefined && wish !== null && !preview.isPlaceholderData ? preview.data.problems : [];
  const place = noFile !== null ? (noFile.code === notFound ? 'The process that is chosen does not run this file.' : isRipCord(noFile.code) ? 'Nothing goes in while the rip cord is pulled.' : plainWords(noFile.message)) : needsProcess ? missing?.title ?? 'Choose a process.' : problems['place'];
  const lacks = place ?? (made !== null ? null : Object.values(problems)[0] ?? null);
  const why = insertion.isPending ? 'It is on its way.' : insertion.again(agent, made, dynamic ? target : null) ?? lacks ?? (problemsAsked[0] === undefined ? null : plainWords(problemsAsked[0].message));
  const processName = process === null ? null : `${process.service ?? entryOf(process)} ${process.pid}`;
  const names = source === undefined || search.line === undefined ? [] : namesNear(source.text, search.line);
  const choosing = (found: AgentProcess) => onSearch({ agent, pid: found.pid, startTicks: found.startTicks, service: undefined, probe: undefined, ...(search.line === undefined ? { file: undefined } : {}) });
  const program = preview.data !== undefined && wish?.what.kind === 'bpftrace' && wish.what.spec.template === search.template && !preview.isPlaceholderData && preview.data.reads.length > 0 ? preview.data.reads.join('\n') : null;
  const later = source === undefined || search.line === undefined ? [] : declaredLater(source.text, search.line, readsAtLine(made));
  return (
    <div className="probe-studio">
      {dynamic && kind !== 'bpftrace' && (
        <Pane className="probe-where">
          <div className="probe-half"><ProcessTree agent={agent} chosen={process?.pid} isHalf={kind === 'logpoint' && at !== null} runtimes={runtimesFor[kind] ?? []} onChoose={choosing} /></div>
          {kind === 'logpoint' && at !== null && <div className="probe-half bt"><FileList at={at} chosen={search.file} onChoose={(file, byHand) => onSearch({ file, line: undefined, probe: undefined }, { replace: !byHand })} /></div>}
        </Pane>
      )}
      <div className="probe-middle">
        {kind === 'logpoint' && <CodePane at={at} processName={processName ?? ''} missing={missing} file={search.file} line={search.line} last={insertion.last} onLine={(line, byHand) => { onSearch({ line, column: undefined }, { replace: true }); if (byHand) focusForm(); }} onFile={file => onSearch({ file, probe: undefined })} onOtherFile={() => onSearch({ file: undefined, line: undefined, probe: undefined })} />}
        {(kind === 'uprobe' || kind === 'usdt') && <SymbolPane agent={agent} target={target} binary={search.binary} symbol={search.symbol} usdt={kind === 'usdt'} onBinary={binary => onSearch({ binary, symbol: undefined }, { replace: true })} onKnown={args => { if (drafts.uprobe.args === '') change({ uprobe: { ...drafts.uprobe, args } }); }} onSymbol={({ binary, symbol, args }) => { onSearch({ binary, symbol, probe: undefined }, { replace: true }); change({ uprobe: { ...drafts.uprobe, args } }); }} />}
        {kind === 'bpftrace' && <Gallery agent={agent} template={search.template} program={program} parameters={drafts.parameters} onTemplate={template => { onSearch({ template, probe: undefined }, { replace: true }); change({ parameters: {} }); }} onParameter={(parameter, value) => change({ parameters: { ...drafts.parameters, [parameter]: value } })} />}
        {!isDynamic(kind) && search.probe === undefined && <EmptyState title={`${kindWords[kind]} as a log source`}>What arrives becomes log records and goes through the rules, as from any service. {staticKeeping[kind]}</EmptyState>}
        {search.probe !== undefined && <Hits probe={search.probe} onInserted={probe => onSearch({ probe }, { replace: true })} />}
      </div>
      <Pane className="probe-form-pane scroll" label="The probe">
        <form className="probe-form" onSubmit={event => { event.preventDefault(); insert(); }} onKeyDown={event => { if (event.key === 'Escape' && !event.defaultPrevented && event.target instanceof HTMLElement && event.target.classList.contains('inp')) event.target.blur(); if (event.key === 'Enter') setTried(true); }}>
          {kind === 'logpoint' && <LogpointForm draft={drafts.logpoint} does={search.does ?? 'record'} problems={fields} names={names} onChange={patch => change({ logpoint: { ...drafts.logpoint, ...patch } })} onDoes={next => onSearch({ does: next === 'record' ? undefined : next }, { replace: true })} />}
          {kind === 'uprobe' && <UprobeForm draft={drafts.uprobe} problems={fields} onChange={patch => change({ uprobe: { ...drafts.uprobe, ...patch } })} />}
          {(kind === 'syslog' || kind === 'file' || kind === 'journald') && <SourceForm agent={agent} kind={kind} draft={drafts.source} problems={fields} onChange={patch => change({ source: { ...drafts.source, ...patch } })} />}
          {!dynamic && !problemsAsked.some(({ code }) => sameSource.includes(code)) && <ClashNotes clashes={clashesOf(made, agent, probes)} />}
          <details className="probe-more">
            <summary>{moreWords(name, made, dynamic ? limits.made : null)}</summary>
            <div className="col">
              {kind === 'logpoint' && <LogpointMore draft={drafts.logpoint} does={search.does ?? 'record'} problems={fields} onChange={patch => change({ logpoint: { ...drafts.logpoint, ...patch } })} />}
              <Input mono label="Name" placeholder={name} value={drafts.name} onChange={event => change({ name: event.target.value })} error={typed === '' ? null : nameProblem(typed)} />
              {dynamic && <LimitsForm draft={drafts.limits} problems={limits.problems} measures={made !== null && measures(made)} onChange={patch => change({ limits: { ...drafts.limits, ...patch } })} />}
              <Input label="Why" placeholder="for the audit" value={drafts.reason} onChange={event => change({ reason: event.target.value })} />
            </div>
          </details>
          {typed !== '' && isTaken(typed, probes) && <NameNote name={typed} free={freeName(typed, probes)} />}
          <LaterNote later={later} line={search.line ?? 0} />
          {(dynamic || made !== null) && <PreviewBox waitsFor={place ?? (asked === null ? 'What it would read and cost shows here.' : null)} preview={wish === null ? undefined : preview.data} error={preview.error} cost={wish === null || preview.data === undefined ? null : hitCost(wish.what, preview.data, probes)} processName={processName} isSource={!dynamic} program={kind === 'bpftrace'} isCalm={quiet === null} maxCpuShare={limits.made?.maxCpuShare ?? 0.01} />}
          {insertion.failure !== null && <p className="red prose" role="alert"><b className="md"><Said>{insertion.failure.title}</Said></b> <Said>{insertion.failure.help ?? ''}</Said></p>}
          <div className="row probe-go"><Button type="submit" variant="primary" icon="probe" kbd="Enter" disabledReason={why}>{dynamic ? 'Insert the probe' : 'Start reading'}</Button></div>
        </form>
      </Pane>
    </div>
  );
}
