// The agent under measurement, whose catalogue counts in one turn and does nothing in the next: `accounting-process.ts DATA_DIR DOWNSTREAM_URL`.
// Tells its ports when it is up; asked to `begin` it starts afresh, asked for `turns` it tells what each one took.
import { Catalogue } from '../../catalogue/index.ts';
import { startAgent } from '../index.ts';

export type TurnKind = 'off' | 'on' | 'offAgain';
/** CPU nanoseconds a record: of the process, of them within the catalogue's count of requests (of nothing while it is off: what it takes to measure),
 *  and within its reports, which go on in all turns. `removed` is too short to be timed. */
export interface Turn { readonly kind: TurnKind; readonly nsPerRecord: number; readonly insideNs: number; readonly reportNs: number }

const order: readonly TurnKind[] = ['off', 'on', 'offAgain'];
const requestsPerTurn = 5;

let turns: Turn[] = [];
let kind = 0;
let requests = 0;
let records = 0;
let since = process.cpuUsage();
let insideUs = 0;
let reportUs = 0;
/** The catalogue's own time stands still while it is off: it would earn looks for three turns and take them in one. */
let offMs = 0;
let offSinceUnixMs = Date.now();

/** A request comes: one turn ends here, and the next begins. */
function count(recordCount: number): void {
  if (++requests > requestsPerTurn) {
    const { user, system } = process.cpuUsage(since);
    turns.push({ kind: order[kind]!, nsPerRecord: ((user + system) * 1000) / records, insideNs: (insideUs * 1000) / records, reportNs: (reportUs * 1000) / records });
    turnTo((kind + 1) % order.length);
    requests = 1;
    records = insideUs = reportUs = 0;
    since = process.cpuUsage();
  }
  records += recordCount;
}

function turnTo(next: number): void {
  const was = isOn();
  kind = next;
  if (was && !isOn()) offSinceUnixMs = Date.now();
  if (!was && isOn()) offMs += Date.now() - offSinceUnixMs;
}

function cpuUsOf(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function reported<T>(tell: () => T): T {
  let told!: T;
  reportUs += cpuUsOf(() => { told = tell(); });
  return told;
}

const isOn = (): boolean => order[kind] === 'on';
const { prototype } = Catalogue;
const { observeAll, removed, takeReport, heaviest } = prototype;
prototype.observeAll = function counted(cursor, hashes, services, nowUnixMs): void {
  count(cursor.view.recordCount);
  insideUs += cpuUsOf(isOn() ? () => { observeAll.call(this, cursor, hashes, services, nowUnixMs - offMs); } : () => {});
};
prototype.removed = function counted(...given): void { if (isOn()) removed.apply(this, given); };
prototype.takeReport = function counted(...given) { return reported(() => takeReport.apply(this, given)); };
prototype.heaviest = function counted(...given) { return reported(() => heaviest.apply(this, given)); };

const [dataDir = '', forward = ''] = process.argv.slice(2);
const agent = await startAgent({ dataDir, forward, exporters: new Map([['archive', forward]]), otlpHttpPort: 0, otlpGrpcPort: 0 });
process.on('message', (message) => {
  if (message === 'begin') { turns = []; process.send?.({}); }
  if (message === 'turns') process.send?.({ turns });
  if (message === 'stop') void agent.stop().then(() => { process.send?.({}, () => process.disconnect?.()); });
});
process.send?.({ ports: agent.ports });
