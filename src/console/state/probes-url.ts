// What a link to the Probes view and to a new probe reproduces.
import { z } from 'zod';
import { logpointKinds, probeKinds } from '../../model/index.ts';

const word = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined);
const whole = z.coerce.number().int().positive().optional().catch(undefined);

export const probesSearch = z.object({ show: z.enum(['in', 'over']).optional().catch(undefined), find: word, /** Id of the chosen one. */ probe: word });
export type ProbesSearch = z.infer<typeof probesSearch>;

export const newProbeSearch = z.object({
  kind: z.enum(probeKinds).optional().catch(undefined), agent: word,
  /** The process: by pid and start, or the service it calls itself. */
  pid: whole, startTicks: whole, service: word,
  /** Where in its code. A file may be the end of a path: what a profile or a record said. */
  file: word, line: whole, column: whole,
  does: z.enum(logpointKinds).optional().catch(undefined),
  binary: word, symbol: word, template: word, find: word,
  /** The probe that was put in last from here: its hits show beside the code. */
  probe: word,
});
export type NewProbeSearch = z.infer<typeof newProbeSearch>;

/** Where a logpoint is put on a line; null while the place is not known. */
export function probeLink(file: string, line: number, process: { readonly agent?: string | undefined; readonly pid?: number | undefined; readonly service?: string | undefined } = {}): string | null {
  if (file === '' || line <= 0) return null;
  const query = new URLSearchParams({ file, line: String(line) });
  for (const [name, value] of Object.entries(process)) if (value !== undefined && value !== '') query.set(name, String(value));
  return `/probes/new?${query.toString()}`;
}
