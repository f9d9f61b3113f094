// A net fired: it opens an incident, or joins the one that is about the same thing. An agent sends a firing until it is answered, so the
// same one may come many times; it counts once.
import { netFired, type NetFired } from '../../model/index.ts';
import { readJson } from '../actions/index.ts';
import type { Agent } from '../fleet/index.ts';
import type { StoredIncident } from '../store/index.ts';
import { joinMs, maxEntries, maxFiredBytes, maxFiringsPerMinute } from './bounds.ts';
import { withName, type IncidentService } from './incident-service.ts';
import { artifactEntry, cut, entry, isoOf, triggerText } from './words.ts';

interface Pace { minute: number; count: number }
const paces = new WeakMap<Agent, Pace>();

/** One message `net.fired`. */
export function takeFirings(service: IncidentService, agent: Agent, data: Uint8Array): void {
  const fired = data.length > maxFiredBytes ? null : readJson(netFired, data);
  if (fired === null || !withinPace(agent, service.options.nowMs())) { service.refusedFirings += 1; return; }
  service.later(take(service, agent, fired));
}

function withinPace(agent: Agent, nowMs: number): boolean {
  const minute = Math.floor(nowMs / 60_000);
  const pace = paces.get(agent);
  if (pace?.minute !== minute) { paces.set(agent, { minute, count: 1 }); return true; }
  pace.count += 1;
  return pace.count <= maxFiringsPerMinute;
}

async function take(service: IncidentService, agent: Agent, fired: NetFired): Promise<void> {
  const { store, fleet, actions } = service.options;
  // A server that is killed in between hears of the firing again.
  if (await store.incidents.firing(agent.id, fired.id) === null) await service.onFiring?.(agent, fired);
  const incident = await service.serial.run(async () => {
    const known = await store.incidents.firing(agent.id, fired.id);
    if (known !== null) return null;
    const chosen = await joinable(service, fired) ?? await begin(service, agent, fired);
    await note(service, agent, fired, chosen);
    return chosen;
  });
  // Outside of this order: actions have their own, and tell this one what changes.
  if (incident !== null) await actions.join(incident.id, fired.actions.map(({ id }) => id));
  fleet.sendCustom(agent, 'net.fired-seen', { id: fired.id });
}

/** An open one that the same rule fired into; else one of the same service in which something happened lately. */
async function joinable({ options: { store, nowMs } }: IncidentService, { rule, service }: NetFired): Promise<StoredIncident | null> {
  const same = await store.incidents.openOfRule(rule.id);
  if (same !== null || service === null) return same;
  const lately = new Date(nowMs() - joinMs).toISOString();
  return (await store.incidents.open()).find(({ services, openedAt, lastTriggerAt }) => services.includes(service) && (lastTriggerAt ?? openedAt) >= lately) ?? null;
}

function begin(service: IncidentService, agent: Agent, { rule, key, service: of, to }: NetFired): Promise<StoredIncident> {
  const title = cut(`${rule.name}: ${key !== '' ? key : of ?? agent.name} is ${to}`, 200);
  return service.begin({ title, openedBy: { kind: 'net', name: rule.name, rule: rule.id }, agents: [agent.name], services: of === null ? [] : [of] }, { user: `net:${rule.name} (${agent.name})` }, null);
}

/** The trigger, and what it started: its actions may have spoken already, or may speak later. */
async function note({ options: { store, nowMs } }: IncidentService, agent: Agent, fired: NetFired, incident: StoredIncident): Promise<void> {
  const at = isoOf(fired.atUnixMs, nowMs());
  const now = new Date(nowMs()).toISOString();
  await store.transaction(async (parts) => {
    const before = await parts.incidents.get(incident.id) ?? incident;
    await parts.incidents.put({ ...before, triggers: before.triggers + 1, lastTriggerAt: now, agents: withName(before.agents, agent.name), services: withName(before.services, fired.service) });
    if (await parts.incidents.countEntries(incident.id) < maxEntries) await parts.incidents.putEntry(incident.id, entry(`trigger:${agent.id.slice(-8)}:${fired.id}`, at, 'trigger', triggerText(fired), { agent: agent.name, rule: fired.rule.id, by: fired.rule.name, action: fired.actions[0]?.id ?? null }));
    await parts.incidents.addFiring(agent.id, fired.id, incident.id, now);
    for (const { id } of fired.actions) await parts.incidents.addAction(id, incident.id);
    for (const artifact of await parts.artifacts.join(incident.id, fired.actions.map(({ id }) => id))) if (artifact.state === 'stored') await parts.incidents.putEntry(incident.id, artifactEntry(artifact, now));
  });
}
