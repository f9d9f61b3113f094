import { z } from 'zod';
import type { Brand } from '../base/index.ts';

export type RuleId = Brand<string, 'RuleId'>;
/** OpAMP instance uid as 32 lower-case hex digits. */
export type AgentId = Brand<string, 'AgentId'>;
/** The stable name of the line of code that emitted a record (product.md). */
export type DurableId = Brand<string, 'DurableId'>;
/** Chosen by the BFF per browser tail; u32, echoed by agents in every tail frame. */
export type SubscriptionId = Brand<number, 'SubscriptionId'>;

export type Signal = 'logs' | 'spans' | 'metrics';
export const signals: readonly Signal[] = ['logs', 'spans', 'metrics'];
export const signalSchema = z.enum(['logs', 'spans', 'metrics']);
