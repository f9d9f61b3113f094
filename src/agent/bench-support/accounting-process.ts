// The agent under measurement, whose catalogue counts in one turn and does nothing in the next: `accounting-process.ts DATA_DIR DOWNSTREAM_URL`.
// Tells its ports when it is up; asked to `begin` it starts afresh, asked for `turns` it tells what each one took.
import { Catalogue } from '../../catalogue/index.ts';
import { startAgent } from '../index.ts';

export type TurnKind = 'off' | 'on' | 'offAgain';
/** CPU nanoseconds a record: of the process, and of them within the catalogue's own calls (but `removed`, too short to be timed). */
export interface Turn { readonly kind: TurnKind; readonly nsPerRecord: number; readonly insideNs: number }

const order: readonly TurnKind[] = ['off', 'on', 'offAgain'];
const requestsPerTurn = 5;

let turns: Turn[] = [];
let kind = 0;
let requests = 0;
let records = 0;
let since = process.cpuUsage();
let insideUs = 0;

/** A request comes: one turn ends here, and the next begins. */
function count(recordCount: number): void {
  if (++requests > requestsPerTurn) {
    const { user, system } = process.cpuUsage(since);
    turns.push({ kind: order[kind]!, nsPerRecord: ((user + system) * 1000) / records, insideNs: (insideUs * 1000) / records });
    kind = (kind + 1) % order.length;
    requests = 1;
    records = insideUs = 0;
    since = process.cpuUsage();
  }
  records += recordCount;
}

function timed<T>(run: () => T): T {
  const before = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(before);
  insideUs += user + system;
  return result;
}

const isOn = (): boolean => order[kind] === 'on';
const { prototype } = Catalogue;
const { observeAll, removed, takeReport, heaviest } = prototype;
prototype.observeAll = function counted(...given): void {
  count(given[0].view.recordCount);
  if (isOn()) timed(() => { observeAll.apply(this, given); });
};
prototype.removed = function counted(...given): void { if (isOn()) removed.apply(this, given); };
prototype.takeReport = function counted(...given) { return timed(() => takeReport.apply(this, given)); };
prototype.heaviest = function counted(...given) { return timed(() => heaviest.apply(this, given)); };

const [dataDir = '', forward = ''] = process.argv.slice(2);
const agent = await startAgent({ dataDir, forward, exporters: new Map([['archive', forward]]), otlpHttpPort: 0, otlpGrpcPort: 0 });
process.on('message', (message) => {
  if (message === 'begin') { turns = []; process.send?.({}); }
  if (message === 'turns') process.send?.({ turns });
  if (message === 'stop') void agent.stop().then(() => { process.send?.({}, () => process.disconnect?.()); });
});
process.send?.({ ports: agent.ports });
