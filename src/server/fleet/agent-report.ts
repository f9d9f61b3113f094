// What an agent says about itself over OpAMP, kept as one value that each message updates; a field that a message leaves
// out stands as it was (OpAMP's status compression). Stored as JSON, versioned. Pure but for hashing.
import { z } from 'zod';
import { agentConfig, agentConfigFile, weirCapability } from '../../model/index.ts';
import { attributesToText, remoteConfigStatuses, type AgentConfigMap, type AgentToServer } from '../../model/opamp/index.ts';
import { configText, sha256 } from '../rules/index.ts';

const configStates = ['unset', 'applying', 'applied', 'failed'] as const;

export const agentReport = z.object({
  version: z.literal(1),
  attributes: z.record(z.string(), z.string()),
  capabilities: z.number(), weir: z.boolean(),
  healthy: z.boolean().nullable(), healthMessage: z.string(),
  effectiveConfig: z.string(), effectiveConfigHash: z.string(),
  configStatus: z.enum(configStates), configError: z.string(), configAppliedAt: z.string().nullable(),
  /** Hash, in hex, of the remote config that `configStatus` is about. */
  configHash: z.string(),
});
export type AgentReport = z.infer<typeof agentReport>;

export const emptyReport: AgentReport = {
  version: 1, attributes: {}, capabilities: 0, weir: false, healthy: null, healthMessage: '', effectiveConfig: '', effectiveConfigHash: '',
  configStatus: 'unset', configError: '', configAppliedAt: null, configHash: '',
};

/** `at` is the time of arrival, ISO 8601. Gives the same object when nothing changed. */
export function updateReport(report: AgentReport, message: AgentToServer, at: string): AgentReport {
  const next: AgentReport = {
    ...report, capabilities: message.capabilities || report.capabilities,
    ...(message.agentDescription && { attributes: attributesToText([...message.agentDescription.identifyingAttributes, ...message.agentDescription.nonIdentifyingAttributes]) }),
    ...(message.customCapabilities && { weir: message.customCapabilities.capabilities.includes(weirCapability) }),
    ...(message.health && { healthy: message.health.healthy, healthMessage: message.health.lastError || message.health.status }),
    ...(message.effectiveConfig && effective(message.effectiveConfig.configMap)),
    ...(message.remoteConfigStatus && configStanding(report, message.remoteConfigStatus, at)),
  };
  return same(next, report) ? report : next;
}

/** The effective configuration is large, and most messages do not touch it: then it is the same string. */
const same = (a: AgentReport, b: AgentReport): boolean => {
  const [{ effectiveConfig, ...rest }, { effectiveConfig: before, ...restBefore }] = [a, b];
  return effectiveConfig === before && JSON.stringify(rest) === JSON.stringify(restBefore);
};

function configStanding(report: AgentReport, standing: NonNullable<AgentToServer['remoteConfigStatus']>, at: string): Partial<AgentReport> {
  const configStatus = configStates.find((state) => remoteConfigStatuses[state] === standing.status) ?? 'unset';
  const configHash = Buffer.from(standing.lastRemoteConfigHash).toString('hex');
  const again = report.configStatus === 'applied' && report.configHash === configHash;
  return { configStatus, configHash, configError: standing.errorMessage, configAppliedAt: configStatus === 'applied' && !again ? at : report.configAppliedAt };
}

/** Weir's own file is hashed in canonical form, so that it compares with what was meant however the agent wrote it down. */
function effective(map: AgentConfigMap | undefined): Partial<AgentReport> {
  const files = [...(map?.configMap ?? [])].map(([name, file]) => [name, Buffer.from(file.body).toString('utf8')] as const);
  const own = files.find(([name]) => name === agentConfigFile);
  const text = own?.[1] ?? files.map(([name, body]) => (name === '' ? body : `# ${name}\n${body}`)).join('\n');
  return { effectiveConfig: text, effectiveConfigHash: sha256(own === undefined ? text : canonical(text)) };
}

function canonical(text: string): string {
  try {
    return configText(agentConfig.parse(JSON.parse(text)));
  } catch {
    return text;
  }
}
