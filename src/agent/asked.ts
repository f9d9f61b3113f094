// A request of the server's, checked at the door.
import type { z } from 'zod';

/** What is asked for; the answer says what was wrong with the request, or is empty. */
export type Handler = (content: unknown) => string;

/** Runs what a well-formed request asks for. What is malformed is named by its fields, never by its values: one of them may be a key. */
export function asked<T>(schema: z.ZodType<T>, run: (request: T) => string | void): Handler {
  return (content) => {
    const request = schema.safeParse(content);
    if (!request.success) return `The server asked for something in a form that this agent does not know (${request.error.issues.map(({ path }) => path.join('.')).join(', ')}).`;
    return run(request.data) ?? '';
  };
}
