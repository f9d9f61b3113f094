// The big red button: a plan becomes one action per agent and recorder, and per agent and process. Evidence that ages goes first:
// recorders, then samples, then state and configuration, then what stops a process.
import { keepPromises, maxProcessesPerAgent, type ActionTarget, type AgentProcess, type CollectPlan, type PromisedProcess, type StartAction } from '../../model/index.ts';
import type { ActionService } from '../actions/index.ts';
import type { Actor } from '../audit/index.ts';
import type { Agent, Fleet } from '../fleet/index.ts';
import type { StoredIncident } from '../store/index.ts';
import { maxRecordersPerAgent } from './bounds.ts';

export interface Collector { readonly fleet: Fleet; readonly actions: ActionService; readonly tell: (incident: string, text: string, agent: string) => Promise<void> }
type Step = Pick<StartAction, 'action' | 'parameters'> & { readonly target: ActionTarget | null };

/** Starts everything; what could not be started is told in the timeline. */
export async function collect({ fleet, actions, tell }: Collector, incident: StoredIncident, plan: CollectPlan, actor: Actor): Promise<void> {
  await Promise.all(plan.agents.map(async (id) => {
    const found = actions.agent(id);
    if (!found.ok) { await tell(incident.id, `Nothing was collected: ${found.error.message}`, fleet.find(id)?.name ?? id); return; }
    const agent = found.value;
    const say = (text: string): Promise<void> => tell(incident.id, text, agent.name);
    for (const step of [...await recorderSteps(agent, plan, say), ...await processSteps(actions, agent, plan, say)]) {
      const started = await actions.start({ ...step, parameters: step.parameters ?? {}, agent: id, incident: incident.id, force: false, reason: `Incident #${incident.number}: ${incident.title}`, asker: { kind: 'incident', name: `#${incident.number} ${incident.title}`.slice(0, 200), id: incident.id } }, actor);
      if (!started.ok) await say(`${step.action} was not started: ${started.error.message}`);
    }
  }));
}

async function recorderSteps(agent: Agent, plan: CollectPlan, say: (text: string) => Promise<void>): Promise<Step[]> {
  const filled = !plan.recorders ? [] : (agent.status?.recorders ?? []).filter(({ records }) => records > 0);
  if (filled.length > maxRecordersPerAgent) await say(`${filled.length - maxRecordersPerAgent} of its ${filled.length} recorders were not collected: so many at once are too many. Collect them one by one.`);
  return filled.slice(0, maxRecordersPerAgent).map(({ name }) => ({ action: 'collect-recorder', target: null, parameters: { recorder: name } }));
}

async function processSteps(actions: ActionService, agent: Agent, plan: CollectPlan, say: (text: string) => Promise<void>): Promise<Step[]> {
  if (plan.cpuMs === null && !plan.state && !plan.config && !plan.heap) return [];
  const targets = await targetsOf(actions, agent, plan, say);
  const each = (step: Omit<Step, 'target'>): Step[] => targets.map((target) => ({ ...step, target }));
  return [
    ...(plan.cpuMs === null ? [] : each({ action: 'cpu-sample', parameters: { durationMs: plan.cpuMs } })),
    ...(plan.state ? each({ action: 'collect-state', parameters: {} }) : []), ...(plan.config ? each({ action: 'collect-config', parameters: {} }) : []),
    ...(plan.heap ? each({ action: 'memory-dump', parameters: {} }) : []),
  ];
}

/** Processes by number and start; when the agent cannot list them, services by name. What was promised and is gone is asked for all the same: the
 *  agent refuses it, and so the incident counts it among what was not done. */
async function targetsOf(actions: ActionService, agent: Agent, { services, promised = [] }: CollectPlan, say: (text: string) => Promise<void>): Promise<ActionTarget[]> {
  const listed = await actions.processes(agent.id);
  if (!listed.ok) {
    await say(services.length === 0 ? `Its processes could not be listed, so only recorders were collected: ${listed.error.message}` : `Its processes could not be listed; it was asked by the names of services: ${listed.error.message}`);
    return services.map((service) => ({ service }));
  }
  const { taken, gone } = keepPromises(listed.value.processes, services, promised.filter(({ agent: id }) => id === agent.id));
  for (const one of gone) await say(goneWords(one, taken, promised));
  const missing = services.filter((service) => !taken.some((process) => process.service === service) && !gone.some((one) => one.service === service));
  if (missing.length > 0) await say(`No process of ${missing.join(', ')} runs there.`);
  if (taken.length + gone.length === 0 && services.length === 0) await say('It knows no process of a service, so only recorders were collected.');
  if (taken.length > maxProcessesPerAgent) await say(`${taken.length - maxProcessesPerAgent} of ${taken.length} processes were left out: so many at once are too many.`);
  return [...taken.slice(0, maxProcessesPerAgent), ...gone.slice(0, maxProcessesPerAgent)].map(({ pid, startTicks }) => ({ pid, startTicks }));
}

/** "payments 30812: gone before it was captured. payments runs as pid 31007 now: that one is taken." */
function goneWords({ name, service, pid }: PromisedProcess, taken: readonly AgentProcess[], promised: readonly PromisedProcess[]): string {
  const head = `${service ?? name} ${pid}: gone before it was captured.`;
  if (service === null) return head;
  const fresh = taken.filter((process) => process.service === service && !promised.some((one) => one.pid === process.pid && one.startTicks === process.startTicks)).map((process) => process.pid);
  return fresh.length === 0 ? `${head} No new process of ${service} ran then; Collect more takes it once it is back.` : `${head} ${service} runs as pid ${fresh.join(', ')} now: taken instead.`;
}
