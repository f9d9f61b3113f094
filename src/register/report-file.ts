// What this thread counted, as a file of its own beside the rules, where the agent has made a folder for it. One that is gone by kill
// leaves the counts of its last report.
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inProcessReportsFolder, type InProcessReport } from '../model/index.ts';

export class ReportFile {
  readonly #folder: string;
  #written = '';

  constructor(rulesPath: string) { this.#folder = join(dirname(rulesPath), inProcessReportsFolder); }

  /** Writes nothing where nothing changed but the time. Never throws: a report that cannot be written is tried again with the next. */
  write(report: InProcessReport): void {
    const facts = JSON.stringify({ ...report, atUnixMs: 0 });
    if (facts === this.#written || !existsSync(this.#folder)) return;
    const path = join(this.#folder, `${report.pid}-${report.thread}.json`);
    try {
      writeFileSync(`${path}.tmp`, JSON.stringify(report), { mode: 0o600 });
      renameSync(`${path}.tmp`, path);
      this.#written = facts;
    } catch { /* the folder is the agent's; the next report tries again */ }
  }
}
