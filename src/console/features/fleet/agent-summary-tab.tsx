// The figures of one agent: connection, rules, process, exporters, recorders, refusals.
import type { ReactNode } from 'react';
import type { AgentStatus, AgentSummary } from '../../../model/index.ts';
import { Chip, formatBytes, formatCount, formatDuration, formatPercent, Meter, PaneHeader, Time } from '../../ui/index.ts';
import { configState, healthState, shortHash } from './config-state.ts';

export function AgentSummaryTab({ agent }: { readonly agent: AgentSummary }) {
  const health = healthState(agent);
  const config = configState(agent);
  return (
    <div className="scroll grow" tabIndex={0} aria-label="Agent summary" role="region">
      <dl className="facts">
        <Fact name="Health"><span className={agent.connected && agent.healthy !== false ? undefined : 'amb'}>{health.says}</span></Fact>
        <Fact name={agent.connected ? 'First seen' : 'Last seen'}><Time at={agent.connected ? agent.firstSeenAt : agent.lastSeenAt} show="both" /></Fact>
        <Fact name="Rules"><span className="row gap1"><Chip tone={config.tone}>{config.word}</Chip><span className="mono">{shortHash(agent.effectiveConfigHash)}</span></span><div className="meta t3">{config.says}{agent.configAppliedAt && <> Applied <Time at={agent.configAppliedAt} show="relative" />.</>}</div></Fact>
        <Fact name="Kind">{agent.kind === 'weir' ? `Weir agent ${agent.version}` : `OpAMP agent ${agent.version}`}</Fact>
        <Fact name="Id"><span className="mono">{agent.id}</span></Fact>
      </dl>
      {agent.status ? <Status status={agent.status} /> : <div className="pad t2">{agent.kind === 'weir' ? 'The agent has not sent a report yet; it sends one a second.' : 'Agents of other makers report health and configuration only.'}</div>}
    </div>
  );
}

function Status({ status }: { readonly status: AgentStatus }) {
  const { received, refused, removed, process } = status;
  return (
    <>
      <PaneHeader title="Process" meta={`pid ${status.pid}`} />
      <dl className="facts">
        <Fact name="Running">{formatDuration(status.atUnixMs - status.startedUnixMs)}</Fact>
        <Fact name="CPU">{formatPercent(process.cpuShare, 2)} of one core</Fact>
        <Fact name="Memory">{formatBytes(process.rssBytes)}, heap {formatBytes(process.heapUsedBytes)}</Fact>
        <Fact name="Loop delay p99">{formatDuration(process.eventLoopDelayP99Ms)}</Fact>
      </dl>
      <PaneHeader title="Since it started" meta={`${formatBytes(received.bytes)} in ${formatCount(received.requests)} requests`} />
      <dl className="facts">
        <Fact name="Received">{formatCount(received.logs)} logs, {formatCount(received.spans)} spans, {formatCount(received.metrics)} metric points</Fact>
        <Fact name="Refused"><span className={refused.requests > 0 ? 'amb' : undefined}>{formatCount(refused.requests)} requests</span>{refused.requests > 0 && <>: {formatCount(refused.malformed)} malformed, {formatCount(refused.tooLarge)} too large</>}</Fact>
        <Fact name="Removed">{formatCount(removed.dropped)} dropped, {formatCount(removed.sampled)} sampled away, {formatCount(removed.toMetric)} to metric, {formatCount(removed.recorded)} to recorder, {formatCount(removed.deduped ?? 0)} deduplicated</Fact>
        <Fact name="Changed">{formatCount(status.changed)}; made by rules {formatCount(status.emitted)}</Fact>
        <Fact name="Tail">{formatCount(status.tail.sentRecords)} sent, {formatCount(status.tail.shedRecords)} shed, {formatCount(status.tail.subscriptions)} open</Fact>
      </dl>
      {status.lostAtCrash > 0 && <div className="pad amb">{formatCount(status.lostAtCrash)} records were lost when the agent ended without warning.</div>}
      <PaneHeader title="Exporters" meta={String(status.exporters.length)} />
      {status.exporters.map(exporter => <ExporterFacts key={exporter.name} exporter={exporter} />)}
      <PaneHeader title="Flight recorders" meta={String(status.recorders.length)} />
      {status.recorders.length === 0 ? <div className="pad t3">None. A rule that ends in <span className="mono">record("name")</span> makes one.</div> : <dl className="facts">{status.recorders.map(recorder => <Fact key={recorder.name} name={recorder.name}><span className="row"><Meter share={recorder.bytes / recorder.maxBytes} height={6} label={`Fill of ${recorder.name}`} /><span className="nw">{formatBytes(recorder.bytes)} of {formatBytes(recorder.maxBytes)}</span></span><div className="meta t3">{formatCount(recorder.records)} records, {formatCount(recorder.evicted)} left{recorder.oldestUnixMs !== null && <>, oldest <Time at={recorder.oldestUnixMs} show="relative" /></>}</div></Fact>)}</dl>}
    </>
  );
}

function ExporterFacts({ exporter }: { readonly exporter: AgentStatus['exporters'][number] }) {
  const lost = exporter.droppedQueueFull + exporter.droppedRefused;
  return (
    <dl className="facts">
      <Fact name={exporter.name}><span className="mono">{exporter.url ?? 'no downstream: start the agent with --forward URL'}</span>{exporter.message && <div className="meta t3">{exporter.message}</div>}</Fact>
      <Fact name="Sent">{formatCount(exporter.sentRecords)} records, {formatBytes(exporter.sentBytes)}, {formatCount(exporter.retries)} retries</Fact>
      <Fact name="Queue"><span className="row"><Meter share={exporter.queuedBytes / Math.max(1, exporter.maxQueuedBytes)} tone={exporter.queuedBytes > exporter.maxQueuedBytes * 0.8 ? 'attn' : 'plain'} height={6} label={`Queue of ${exporter.name}`} /><span className="nw">{formatBytes(exporter.queuedBytes)} of {formatBytes(exporter.maxQueuedBytes)}</span></span></Fact>
      <Fact name="Lost"><span className={lost > 0 ? 'amb' : undefined}>{formatCount(lost)}</span>{lost > 0 && <>: {formatCount(exporter.droppedQueueFull)} queue full, {formatCount(exporter.droppedRefused)} refused</>}{exporter.discardedNoDownstream > 0 && <>; {formatCount(exporter.discardedNoDownstream)} discarded without a downstream</>}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return <div><dt>{name}</dt><dd>{children}</dd></div>;
}
