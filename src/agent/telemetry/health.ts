// The agent's health for OpAMP: whole when every part is; the parts are named, and each says what is wrong in a sentence.
import type { AgentStatus, BreachKind } from '../../model/index.ts';
import type { ComponentHealth } from '../../model/opamp/index.ts';

export interface HealthInputs {
  readonly exporters: AgentStatus['exporters'];
  readonly rules: AgentStatus['rules'];
  /** Sentences about the rules, routes and control link; none when all is well. */
  readonly problems: readonly string[];
  readonly startedUnixMs: number;
  readonly nowUnixMs: number;
}

export function agentHealth({ exporters, rules, problems, startedUnixMs, nowUnixMs }: HealthInputs): ComponentHealth {
  const part = (healthy: boolean, status: string, lastError: string, parts: [string, ComponentHealth][] = []): ComponentHealth => ({
    healthy, status, lastError, startTimeUnixNano: nanos(startedUnixMs), statusTimeUnixNano: nanos(nowUnixMs), componentHealthMap: new Map(parts),
  });
  const parts = exporters.map((exporter): [string, ComponentHealth] =>
    [`exporter/${exporter.name}`, part(exporter.state === 'ok' || exporter.state === 'none', exporter.state, exporter.state === 'ok' ? '' : withoutCountdown(exporter.message))]);
  const failing = rules.flatMap((rule) => { const fault = faultOf(rule); return fault === null ? [] : [`Rule ${rule.id}: ${fault}`]; });
  parts.push(['rules', part(failing.length === 0, failing.length === 0 ? 'ok' : 'failing', failing.join(' '))]);
  const errors = [...problems, ...parts.filter(([, health]) => !health.healthy).map(([name, health]) => `${name}: ${health.lastError}`)];
  return part(errors.length === 0, errors.length === 0 ? 'ok' : 'degraded', errors.join(' '), parts);
}

/** What came to an end otherwise than by its own budget. */
const offWords: Readonly<Partial<Record<BreachKind, string>>> = { sandbox: 'Its sandbox ended it', refused: 'This agent cannot run it' };

/** A rule that came to its date did as it was told. */
function faultOf({ disabled, overBudget, lastError }: HealthInputs['rules'][number]): string | null {
  if (disabled) return disabled.kind === 'expired' ? null : `${offWords[disabled.kind] ?? 'It turned itself off'}: ${disabled.reason}`;
  return overBudget ? `It is past its budget and stays on, because it redacts: ${overBudget.reason}` : lastError;
}

/** A message that counts down would make a "changed" health every second. */
const withoutCountdown = (message: string): string => message.replace(/ Next try in [\d.]+ s;/, ' Trying again;');

const nanos = (unixMs: number): bigint => BigInt(Math.round(unixMs * 1000)) * 1000n;
