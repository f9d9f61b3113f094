// What a probe would be, without inserting it: where it would sit, what it reads, what it costs, what speaks against it.
import { isDynamic, isStatic, staticKeeping, type ActionProblem, type ActionTarget, type AgentProcess, type ProbePreview, type ProbeRequest, type ProbeWhat } from '../../../model/index.ts';
import type { InsertAsk, ProbeMechanism } from '../contract.ts';
import { problemOf } from '../governed/index.ts';
import type { DeskPorts } from './desk.ts';
import { allowedFiles, objectionTo } from './objections.ts';
import { objectionToBinaryOf } from './readable-binary.ts';
import { sameSource } from './same-source.ts';
import { processesOf } from './targets.ts';
import { present } from '../../actions/tools/index.ts';
import { unlessAborted } from '../unless-aborted.ts';

type Ports = Pick<DeskPorts, 'mechanisms' | 'processes' | 'policy' | 'ripCord'>;
/** `sources`: static probes of this agent. */
interface Asked { readonly what: ProbeWhat; readonly target: ActionTarget | null; readonly sources: readonly ProbeRequest[] }
const mostMs = 15_000;
const mostNamed = 100;

export async function previewOf(ports: Ports, { what, target, sources }: Asked, signal: AbortSignal): Promise<ProbePreview> {
  const against = await objectionTo(ports, what.kind, isDynamic(what.kind));
  if (!isDynamic(what.kind)) return staticPreview(what, present(against, await sameSource(what, sources, () => allowedFiles(ports), AbortSignal.any([AbortSignal.timeout(mostMs), signal])).catch(() => null)));
  const mechanism = ports.mechanisms[what.kind] as ProbeMechanism;
  const missing = await mechanism.problem();
  const found = await processesOf(ports.processes, target);
  const processes = found.ok ? found.value.filter((one) => one !== null).slice(0, mostNamed) : [];
  const problems = [against, missing, found.ok ? null : problemOf(found.error), mechanism.about === 'one' && found.ok && found.value[0] === null ? noTarget : null, await objectionToBinaryOf(ports, what, target !== null)].filter((one) => one !== null);
  const shown = processes.map(({ pid, startTicks, name, service }) => ({ pid, startTicks, name, service }));
  const first = found.ok ? found.value[0] : undefined;
  if (problems.length > 0 || first === undefined) return { ...unknown(what), processes: shown, problems };
  return { ...await ofMechanism(mechanism, what, first, signal), processes: shown };
}

async function ofMechanism(mechanism: ProbeMechanism, what: ProbeWhat, process: AgentProcess | null, ended: AbortSignal): Promise<Omit<ProbePreview, 'processes'>> {
  const signal = AbortSignal.any([AbortSignal.timeout(mostMs), ended]);
  try {
    return await unlessAborted(mechanism.preview({ spec: what.spec as InsertAsk['spec'], process, signal }), signal);
  } catch (error) {
    return { ...unknown(what), problems: [{ code: 'probe.failed', message: `It could not be previewed: ${error instanceof Error ? error.message : String(error)}.`.slice(0, 2000), help: 'Try again; the process may have ended meanwhile.' }] };
  }
}

const noTarget: ActionProblem = { code: 'probe.no-target', message: 'No process is named.', help: 'Choose a process or a service.' };
const unknown = ({ kind }: ProbeWhat): Omit<ProbePreview, 'processes'> => ({ means: kind, resolved: null, reads: [], costUs: null, risk: { reliability: 0, performance: 0, privacy: 0, cost: 0, complexity: 0, reasons: [] }, problems: [] });

/** They touch no process; what they read is somebody's log. */
function staticPreview(what: ProbeWhat, problems: ActionProblem[]): ProbePreview {
  const risk = { reliability: 0, performance: 1, privacy: 2, cost: 2, complexity: 1, reasons: ['Logs may hold personal data; the redaction rules of this agent apply before anything leaves.', 'Every line becomes a record that is stored downstream.', ...(isStatic(what.kind) ? [staticKeeping[what.kind]] : [])] };
  return { processes: [], costUs: null, risk, problems, ...staticWords(what) };
}

function staticWords(what: ProbeWhat): Pick<ProbePreview, 'means' | 'resolved' | 'reads'> {
  if (what.kind === 'file') return { means: 'file tail', resolved: what.spec.paths.join(', '), reads: [...what.spec.paths] };
  if (what.kind === 'journald') return { means: 'journalctl', resolved: what.spec.units.length === 0 ? 'all units' : what.spec.units.join(', '), reads: what.spec.units.length === 0 ? ['the journal'] : [...what.spec.units] };
  if (what.kind !== 'syslog') return { means: what.kind, resolved: null, reads: [] };
  const at = Object.entries({ udp: what.spec.udp, tcp: what.spec.tcp }).flatMap(([protocol, where]) => (where === undefined ? [] : [`${protocol.toUpperCase()} ${where.port === 0 ? 'any free port' : `port ${where.port}`} on ${where.host}`]));
  return { means: 'syslog receiver', resolved: at.join(', '), reads: at };
}
