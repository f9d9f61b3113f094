// The agent under measurement, in a process of its own: `agent-process.ts DATA_DIR DOWNSTREAM_URL`. Tells its ports when it
// is up, and its CPU time whenever it is asked.
import { startAgent } from '../index.ts';

const [dataDir = '', forward = ''] = process.argv.slice(2);
const agent = await startAgent({ dataDir, forward, exporters: new Map([['archive', forward]]), otlpHttpPort: 0, otlpGrpcPort: 0 });
process.on('message', (message) => {
  if (message === 'cpu') process.send?.({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss() });
  if (message === 'stop') void agent.stop().then(({ undelivered }) => { process.send?.({ undelivered }, () => process.disconnect?.()); });
});
process.send?.({ ports: agent.ports });
