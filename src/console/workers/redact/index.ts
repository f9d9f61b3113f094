// Public face of the redact worker.
import { createRedactClient } from './client.ts';

export { createRedactClient } from './client.ts';
export type { FoundSpan, KeyedText, PatternReading, PolicyExample, RedactClient, RedactFacts, Span } from './types.ts';

/** The console's one redact worker; it starts at the first use. */
export const redactClient = createRedactClient();
