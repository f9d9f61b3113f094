// How the agent names itself: to the server (OpAMP AgentDescription) and in its own telemetry (resource attributes), alike.
import type { AgentDescription, KeyValue } from '../model/opamp/index.ts';

export interface AgentFacts { readonly version: string; readonly host: string; readonly os: string; readonly osVersion: string; readonly architecture: string }

const identifying = (id: string, { version }: AgentFacts): Record<string, string> => ({ 'service.name': 'weir-agent', 'service.version': version, 'service.instance.id': id });

const descriptive = ({ host, os, osVersion, architecture }: AgentFacts): Record<string, string> => ({
  'host.name': host, 'host.arch': architecture === 'x64' ? 'amd64' : architecture, 'os.type': os.toLowerCase(), 'os.version': osVersion,
});

export function agentDescription(id: string, facts: AgentFacts): AgentDescription {
  return {
    identifyingAttributes: keyValues(identifying(id, facts)),
    nonIdentifyingAttributes: [...keyValues(descriptive(facts)), { key: 'process.pid', value: BigInt(process.pid) }, { key: 'process.runtime.version', value: process.version }],
  };
}

export const agentResource = (id: string, facts: AgentFacts): Record<string, string> => ({ ...identifying(id, facts), ...descriptive(facts) });

const keyValues = (attributes: Record<string, string>): KeyValue[] => Object.entries(attributes).map(([key, value]) => ({ key, value }));
