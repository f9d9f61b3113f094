// What an action would cost and why it would not run, without touching anything.
import type { ActionPreview, ActionRequest } from '../../../model/index.ts';
import type { Failure } from '../../../base/index.ts';
import type { Proc, ProcessTable } from '../../processes/index.ts';
import { harmless, type ActionTable, type Estimate } from '../contract.ts';
import { headroomOf } from '../headroom.ts';
import { type ActionBook, type ActionPolicy, usedInWindow, withinLimits } from '../limits/index.ts';
import { problemOf } from './active-run.ts';
import { prepare, type Prepared } from './prepare.ts';
import { keyOf } from './process-key.ts';

export type PreviewAsk = Pick<ActionRequest, 'action' | 'target' | 'parameters'>;
interface Ports { readonly table: ActionTable; readonly processes: ProcessTable; readonly proc: Proc; readonly book: ActionBook; readonly freeDiskBytes: () => Promise<number>; readonly nowUnixMs: () => number }

export async function previewOf(ports: Ports, policy: ActionPolicy, request: PreviewAsk): Promise<ActionPreview> {
  const prepared = await prepare(ports.table, ports.processes, policy, { ...request, force: false });
  const estimate = prepared.ok ? await prepared.value.action.estimate(prepared.value.ask) : harmless('', { problems: [{ ...prepared.error, canForce: false }] });
  const process = prepared.ok ? prepared.value.ask.process : null;
  const limits = await limitsNow(ports, policy, request, prepared.ok ? prepared.value : null);
  const { problems, ...cost } = estimate;
  return {
    ...cost, process: process === null ? null : { pid: process.pid, startTicks: process.startTicks, name: process.name, service: process.service },
    headroom: await headroomOf(ports.proc, process, ports.freeDiskBytes), limits: limits.figures,
    problems: [...problems, ...limits.problems].map((one: Estimate['problems'][number]) => ({ ...problemOf(one), canForce: one.canForce })),
  };
}

/** Nothing can be said of it but why it would not run. */
export function impossible(why: Failure): ActionPreview {
  const { problems: _, ...cost } = harmless('');
  return { ...cost, process: null, headroom: { memoryBytes: null, diskBytes: null }, limits: { usedInWindow: 0, ofWindow: 0, windowMs: 0, cooldownMs: 0 }, problems: [{ ...problemOf(why), canForce: false }] };
}

async function limitsNow({ book, nowUnixMs }: Ports, policy: ActionPolicy, { action }: PreviewAsk, prepared: Prepared | null): Promise<{ figures: ActionPreview['limits']; problems: Estimate['problems'] }> {
  const [content, limits] = [await book.claims(), policy.actions[action]];
  const claims = content.ok ? content.value : [];
  const allowed = content.ok ? withinLimits(claims, action, keyOf(prepared?.ask.process ?? null), limits, nowUnixMs()) : content;
  return {
    figures: { usedInWindow: usedInWindow(claims, action, limits, nowUnixMs()), ofWindow: limits.perWindow, windowMs: limits.windowMs, cooldownMs: limits.cooldownMs },
    problems: allowed.ok || prepared === null ? [] : [{ ...allowed.error, canForce: false }],
  };
}
