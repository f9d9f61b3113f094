// From what was asked (a pid, a service, a text) to one process, or to words that help to ask better. Never Weir itself by accident:
// only a pid with its start time, as the process list shows it, can mean the agent. A pid beside a service comes from telemetry, which may be
// wrong, late or forged: the process must be that service, and the one that was there when the telemetry came.
import { failure, ok, type Result } from '../../base/index.ts';
import type { ActionTarget, AgentProcess } from '../../model/index.ts';
import type { ProcessTable } from './process-table.ts';

const mostNamed = 8;
type Table = Pick<ProcessTable, 'list' | 'look' | 'toldStart'> & { readonly proc?: Pick<ProcessTable['proc'], 'stat'> };

export async function resolveTarget(table: Table, target: ActionTarget): Promise<Result<AgentProcess>> {
  if (target.pid !== undefined) return byPid(table, target.pid, target);
  if (target.service === undefined && target.match === undefined) return failure('action.no-target', 'Nothing says which process is meant.', 'Give a pid, a service or a text of the command line.');
  const { processes } = await table.list();
  const above = ancestors(processes);
  const others = processes.filter(({ isWeir, pid }) => !isWeir && !above.has(pid));
  const found = others.filter(({ service, command }) => (target.service === undefined || service === target.service) && (target.match === undefined || command.includes(target.match)));
  return theOnly(target.service === undefined ? found : bySurest(found), inWords(target));
}

async function byPid(table: Table, pid: number, { startTicks, service, match }: ActionTarget): Promise<Result<AgentProcess>> {
  const found = await table.look(pid);
  if (found === null) return (await table.proc?.stat(pid) ?? null) === null
    ? failure('action.no-process', `There is no process ${pid} on this machine.`, 'Choose one from the process list: it may have ended.')
    : failure('action.no-process', `Process ${pid} is there, and the system does not let this program see which one it is: it belongs to somebody else, to the kernel, or to another container.`, 'Run Weir as the same user, or as root with CAP_SYS_PTRACE, to look into others\' processes.');
  if (startTicks !== undefined && found.startTicks !== startTicks) return another(found);
  if (found.isWeir && startTicks === undefined) return failure('action.own-process', `Process ${pid} is Weir itself.`, 'Choose another process, or name its start time as well (startTicks) if it is really meant.');
  if (service !== undefined && startTicks === undefined && (table.toldStart(pid, service) ?? found.startTicks) !== found.startTicks) return another(found);
  if (service !== undefined && found.service !== service) return failure('action.wrong-process', `Process ${pid} (${found.name}) is not ${service}: ${found.service === null ? 'nothing that can be believed says so' : `it is ${found.service}`}.`, 'Name the process without the service if it is really meant; OTEL_SERVICE_NAME in the environment of a process says for certain which service it is.');
  if (match !== undefined && !found.command.includes(match)) return failure('action.wrong-process', `Process ${pid} (${found.name}) does not have "${match}" in its command line.`, 'Name the process without that text if it is really meant.');
  return ok(found);
}

const another = ({ pid, name }: AgentProcess): Result<never> => failure('action.no-process', `Process ${pid} is another one now (${name}): the one that was meant has ended.`, 'Choose again from the process list.');

/** Those that call themselves so; what telemetry says counts only where no process does, and what it says without naming this machine where nothing
 *  else does: or one forged record could stand beside the real one. */
function bySurest(found: readonly AgentProcess[]): readonly AgentProcess[] {
  const sureties = (['process', 'telemetry', 'hearsay'] as const).map((surety) => found.filter(({ serviceFrom }) => serviceFrom === surety));
  return sureties.find(({ length }) => length > 0) ?? found;
}

function theOnly(found: readonly AgentProcess[], what: string): Result<AgentProcess> {
  const [first] = found;
  if (first === undefined) return failure('action.no-process', `No process ${what}.`, 'A service is known by OTEL_SERVICE_NAME in its environment or by process.pid in its telemetry; a pid always works.');
  if (found.length === 1) return ok(first);
  const some = found.slice(0, mostNamed).map(({ pid, name, command }) => `${pid} ${name} (${command.slice(0, 60)})`);
  return failure('action.ambiguous', `${found.length} processes ${plural(what)}: ${some.join('; ')}${found.length > mostNamed ? ' …' : ''}.`.slice(0, 2000), 'Give the pid of one of them, or a longer text.');
}

/** The shell in which somebody types `weir action … --match TEXT` has the text in its own command line. */
function ancestors(processes: readonly AgentProcess[]): ReadonlySet<number> {
  const parents = new Map(processes.map(({ pid, parentPid }) => [pid, parentPid]));
  const found = new Set<number>();
  for (let pid: number | undefined = process.pid; pid !== undefined && !found.has(pid); pid = parents.get(pid)) found.add(pid);
  return found;
}

const inWords = ({ service, match }: ActionTarget): string => [...(service === undefined ? [] : [`is service ${service}`]), ...(match === undefined ? [] : [`has "${match}" in its command line`])].join(' and ');
const plural = (words: string): string => words.replace('is service', 'are service').replace('has "', 'have "').replace('its command line', 'their command lines');
