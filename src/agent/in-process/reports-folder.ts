// The reports that threads of processes leave beside the rules. What cannot be read is left out: other processes write them.
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inProcessReport, maxInProcessBytes, type InProcessReport } from '../../model/index.ts';

export interface ReportsFolder {
  /** Makes it, for its owner alone. */
  make(): Promise<void>;
  /** By file. */
  all(): Promise<ReadonlyMap<string, InProcessReport>>;
  remove(file: string): Promise<void>;
}

/** Files that are looked at; a machine with more threads than that shows the rest later. */
const mostFiles = 2000;
/** Pid, thread, start and a random part. */
const nameShape = /^\d{1,10}-\d{1,10}-\d{1,16}-[0-9a-f]{16}\.json$/;

export function reportsFolder(path: string): ReportsFolder {
  return {
    make: async () => { await mkdir(path, { recursive: true, mode: 0o700 }); },
    async all() {
      const names = (await readdir(path).catch(() => [])).filter((name) => nameShape.test(name)).slice(0, mostFiles);
      const found = new Map<string, InProcessReport>();
      for (const name of names) {
        const report = await readReport(join(path, name));
        if (report !== null) found.set(name, report);
      }
      return found;
    },
    remove: (file) => rm(join(path, file), { force: true }),
  };
}

/** Never more bytes than a report may have, whatever stands there by now. */
async function readReport(path: string): Promise<InProcessReport | null> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    if (size > maxInProcessBytes) return null;
    const bytes = Buffer.alloc(size);
    const { bytesRead } = await file.read(bytes, 0, size, 0);
    const parsed = inProcessReport.safeParse(JSON.parse(bytes.toString('utf8', 0, bytesRead)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

/** For tests. */
export function memoryReports(files: Map<string, InProcessReport>): ReportsFolder {
  return { make: async () => { /* it is there */ }, all: async () => new Map(files), remove: async (file) => { files.delete(file); } };
}
