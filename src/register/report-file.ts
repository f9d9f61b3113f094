// What this thread counted, as a file of its own beside the rules, where the agent has made a folder for it. Pids say nothing across containers that
// share the folder, so the name holds a random part as well. One that is gone by kill leaves the counts of its last report.
import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inProcessReportsFolder, type InProcessReport } from '../model/index.ts';

/** Also when nothing happened, so that the agent sees that the thread runs. */
const sayAgainMs = 15_000;

export class ReportFile {
  readonly #folder: string;
  readonly #own = randomBytes(8).toString('hex');
  #written = '';
  #saidUnixMs = 0;

  constructor(rulesPath: string) { this.#folder = join(dirname(rulesPath), inProcessReportsFolder); }

  /** Never throws: a report that cannot be written is tried again with the next. */
  write(report: InProcessReport): void {
    const facts = JSON.stringify({ ...report, atUnixMs: 0 });
    const isOld = Math.abs(report.atUnixMs - this.#saidUnixMs) >= sayAgainMs;
    if ((facts === this.#written && !isOld) || !existsSync(this.#folder)) return;
    const path = join(this.#folder, `${report.pid}-${report.thread}-${Math.round(report.startedUnixMs)}-${this.#own}.json`);
    try {
      writeFileSync(`${path}.tmp`, JSON.stringify(report), { mode: 0o600 });
      renameSync(`${path}.tmp`, path);
      [this.#written, this.#saidUnixMs] = [facts, report.atUnixMs];
    } catch { /* the folder is the agent's; the next report tries again */ }
  }
}
