// What agents say of the nets that they have armed: the last word of each, kept in memory. A net is shown while its rule is deployed.
import { netReport, type ArmedNet, type FleetNet, type NetReport } from '../../model/index.ts';
import type { Agent, Fleet } from '../fleet/index.ts';

/** Of one report; an agent that says more says it to nobody. */
const maxReportBytes = 8 * 1024 * 1024;
/** Agents of which reports are kept. */
const maxAgents = 5000;
/** An agent that is away is shown with its last word for this long. */
const keepMs = 3_600_000;

interface Told { readonly report: NetReport; readonly atMs: number }

export interface NetServiceOptions { readonly fleet: Fleet; readonly nowMs: () => number }

export class NetService {
  readonly #options: NetServiceOptions;
  /** By agent, the longest silent first. */
  readonly #told = new Map<string, Told>();
  /** Reports that could not be read. */
  refusedReports = 0;

  constructor(options: NetServiceOptions) {
    this.#options = options;
    options.fleet.onCustom((agent, type, data) => { if (type === 'net.report') this.#receive(agent, data); });
  }

  #receive(agent: Agent, data: Uint8Array): void {
    const report = data.length > maxReportBytes ? null : read(data);
    if (report === null) { this.refusedReports++; return; }
    this.#told.delete(agent.id);
    if (report.nets.length === 0) return;
    this.#told.set(agent.id, { report, atMs: this.#options.nowMs() });
    if (this.#told.size > maxAgents) this.#told.delete(this.#told.keys().next().value!);
  }

  /** All nets, by name; `rule`: of this one only. */
  nets(rule: string | null = null): FleetNet[] {
    this.#forgetOld();
    const found = new Map<string, FleetNet>();
    for (const [id, { report }] of this.#told) {
      const agent = this.#options.fleet.find(id);
      if (agent === null) continue;
      for (const net of report.nets) if ((rule === null || net.rule.id === rule) && this.#isDeployed(net)) place(found, net).agents.push({ agent: { id, name: agent.name, connected: agent.connection !== null }, atUnixMs: report.atUnixMs, net });
    }
    for (const net of found.values()) net.agents.sort((a, b) => (a.agent.name < b.agent.name ? -1 : 1));
    return [...found.values()].sort((a, b) => (a.rule.name < b.rule.name ? -1 : 1));
  }

  /** Null when no agent has armed it, or says so. */
  net(rule: string): FleetNet | null { return this.nets(rule)[0] ?? null; }

  /** An agent may not know yet that a rule was taken off. */
  #isDeployed({ rule }: ArmedNet): boolean { return this.#options.fleet.intended.byId.has(rule.id); }

  #forgetOld(): void {
    const since = this.#options.nowMs() - keepMs;
    for (const [id, { atMs }] of this.#told) if (atMs < since) this.#told.delete(id);
  }
}

function place(found: Map<string, FleetNet>, { rule: { id, name } }: ArmedNet): FleetNet {
  let net = found.get(id);
  if (net === undefined) found.set(id, (net = { rule: { id, name }, agents: [] }));
  return net;
}

function read(data: Uint8Array): NetReport | null {
  try {
    return netReport.safeParse(JSON.parse(Buffer.from(data).toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}
