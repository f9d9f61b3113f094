// verbose-logs: lets more be logged for a while. The valve is the caller's; this action opens it, keeps it open for its time and closes it in any
// case. One that a killed agent left open is closed at the next start, and every valve is told the moment at which it ends anyway.
import { type Result } from '../../base/index.ts';
import type { AgentProcess } from '../../model/index.ts';
import { type Action, harmless, nameOf, problem, type Run, seconds } from './contract.ts';
import type { Leftover } from './limits/index.ts';
import { lastFor, throwIfAborted } from './wait.ts';

export interface VerbosePort {
  /** `process` null: everything on this machine. Records from `severityNumber` on are let through until it is closed, or until the end. */
  open(valve: { readonly id: string; readonly process: AgentProcess | null; readonly severityNumber: number; readonly untilUnixMs: number }): Promise<Result<void>>;
  /** Also of one that is not open. Gives what went through it. */
  close(id: string): Promise<{ readonly records: number }>;
}

interface Ports { readonly valves: VerbosePort | null; readonly note: (key: string, leftover: Leftover) => Promise<Result<void>>; readonly settle: (key: string) => Promise<unknown> }

const [defaultMs, debug] = [60_000, 5];

export function verboseLogs({ valves, note, settle }: Ports): Action<'verbose-logs'> {
  return {
    about: 'maybe', light: true,
    estimate: async (ask) => harmless('a valve in the agent', {
      durationMs: ask.parameters.durationMs ?? defaultMs, pauseMs: 0, risk: { level: 'low', reasons: ['More records, for that time.'] },
      problems: valves === null ? [problem('action.not-here', 'There are no logs to open up here: only a running agent has them.', 'Start it on an agent, from the console.')] : [],
    }),
    async run(ask, run) {
      if (valves === null) throw new Error('verbose-logs ran without valves');
      const [durationMs, id, key] = [ask.parameters.durationMs ?? defaultMs, run.id, `valve ${run.id}`];
      const noted = await note(key, { kind: 'valve', id });
      if (!noted.ok) return noted;
      try {
        const opened = await valves.open({ id, process: ask.process, severityNumber: ask.parameters.severityNumber ?? debug, untilUnixMs: run.nowUnixMs() + durationMs });
        if (!opened.ok) return opened;
        await lastFor(durationMs, run, `Verbose${ask.process === null ? '' : ` for ${nameOf(ask.process)}`} for ${seconds(durationMs)}`);
      } finally {
        await closed(valves, id, run);
        await settle(key);
      }
      throwIfAborted(run.signal);
      return { ok: true, value: undefined };
    },
  };
}

async function closed(valves: VerbosePort, id: string, run: Run): Promise<void> {
  const { records } = await valves.close(id);
  run.figure('records', records);
}
