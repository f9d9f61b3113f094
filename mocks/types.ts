// Small types of the mock backend.
import type { z } from 'zod';
import type { auditEntry } from '../src/model/index.ts';

/** Unix milliseconds. */
export type MockClock = () => number;
export type AuditEntryView = z.infer<typeof auditEntry>;
