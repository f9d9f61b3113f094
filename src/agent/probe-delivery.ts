// How static probes hand over what they read: through the rules like anything received, and only while the exporters have room, so that a source waits
// in the place of losing. What was taken is in memory only; a mark says when it has left the agent.
import type { ExporterSet } from './export/index.ts';
import type { PipelineRuntime } from './pipeline/index.ts';
import type { StaticPorts } from './probes/contract.ts';

/** Of an exporter's queue; the rest is for those who cannot wait. */
const fullFrom = 0.7;

export function probeDelivery(exporters: Pick<ExporterSet, 'statuses' | 'mark'>, runtime: Pick<PipelineRuntime, 'accept'>): Pick<StaticPorts, 'deliver' | 'mark'> {
  return {
    deliver: (request) => {
      if (exporters.statuses().some(({ queuedBytes, maxQueuedBytes }) => maxQueuedBytes > 0 && queuedBytes + request.length > maxQueuedBytes * fullFrom)) return 'later';
      runtime.accept('logs', request);
      return 'taken';
    },
    mark: () => exporters.mark(),
  };
}
