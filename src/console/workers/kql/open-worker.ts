// The real port: a module worker of our own, started at the first call, so the 5 MB parser loads only when a view needs it.
import type { FromKqlWorker, OpenKqlPort } from './protocol.ts';

export const openKqlWorker: OpenKqlPort = (onReply, onFailure) => {
  const worker = new Worker(new URL('./kql.worker.ts', import.meta.url), { type: 'module', name: 'kql' });
  worker.addEventListener('message', ({ data }: MessageEvent<FromKqlWorker>) => { if ('failed' in data) onFailure(data.failed); else onReply(data); });
  worker.addEventListener('error', (event) => onFailure(`The KQL service stopped: ${event.message || 'its script could not be loaded'}. Reload the page if this happens again.`));
  return { post: (request) => worker.postMessage(request), close: () => worker.terminate() };
};
