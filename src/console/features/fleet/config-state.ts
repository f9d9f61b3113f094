// Whether an agent runs the rules it should, in words. Pure.
import type { AgentSummary } from '../../../model/index.ts';
import type { ChipTone } from '../../ui/index.ts';

export interface ConfigState { readonly tone: ChipTone; readonly word: string; readonly says: string }

/** `configHash*` are hex digests; eight digits are enough to tell two apart by eye. */
export const shortHash = (hash: string): string => (hash === '' ? 'none' : hash.slice(0, 8));

export function configState(agent: AgentSummary): ConfigState {
  const same = agent.effectiveConfigHash === agent.intendedConfigHash;
  if (agent.configStatus === 'failed') return { tone: 'danger', word: 'refused', says: `The agent refused the rules it was sent and keeps its last good ones: ${agent.configError || 'it gave no reason'}` };
  if (agent.configStatus === 'applying') return { tone: 'pending', word: 'applying', says: 'The agent received new rules and is switching to them.' };
  if (agent.intendedConfigHash === '') return { tone: 'plain', word: 'none', says: agent.kind === 'weir' ? 'No rule has been sent to this agent yet.' : 'Weir sends no configuration to this agent.' };
  if (same) return { tone: 'accent', word: 'applied', says: 'The agent runs exactly the rules it should.' };
  return agent.connected
    ? { tone: 'attn', word: 'behind', says: 'The agent has not confirmed the latest rules yet.' }
    : { tone: 'attn', word: 'behind', says: 'The agent is away and runs older rules; it gets the latest when it returns.' };
}

export interface HealthState { readonly dot: string; readonly word: string; readonly says: string }

export function healthState(agent: AgentSummary): HealthState {
  if (!agent.connected) return { dot: 'off', word: 'away', says: 'Not connected. It goes on with its last good rules.' };
  if (agent.healthy === false) return { dot: 'amb', word: 'unwell', says: agent.healthMessage || 'The agent reports that it is not healthy and gave no reason.' };
  return agent.healthy === null ? { dot: 'grey', word: 'unknown', says: 'The agent does not report health.' } : { dot: '', word: 'healthy', says: agent.healthMessage || 'The agent reports that all is well.' };
}
