// A runner on this machine with a temporary folder: artifacts are kept as files of it.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { ok } from '../../../base/index.ts';
import type { ActionName, ActionReport, ActionRequest, ActionTarget } from '../../../model/index.ts';
import type { ArtifactSink } from '../../artifacts/sink.ts';
import { directoryFiles } from '../../ports/index.ts';
import { Proc } from '../../processes/index.ts';
import { type ActionPorts, openActions, redactText } from '../index.ts';

const folders: string[] = [];
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }); });

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'weir-actions-'));
  folders.push(folder);
  return folder;
}

export async function actionsHere(changes: Partial<ActionPorts> = {}, folder = temporaryFolder()) {
  const reports: ActionReport[] = [];
  const ports: ActionPorts = {
    files: directoryFiles(folder), scratchFolder: join(folder, 'scratch'), sink: folderSink(folder), redactText: redactText(), proc: new Proc(),
    nowUnixMs: () => Date.now(), monotonicMs: () => performance.now(), onReport: (report) => { reports.push(report); }, searchPath: process.env['PATH'] ?? '', ...changes,
  };
  const actions = await openActions(ports);
  return {
    ...actions, folder, reports,
    run: (action: ActionName, target: ActionTarget | null, parameters: Record<string, unknown> = {}, more: Partial<ActionRequest> = {}) => actions.runner.run(request(action, target, parameters, more)),
    text: (name: string) => readFileSync(join(folder, 'kept', name), 'utf8'), bytes: (name: string) => readFileSync(join(folder, 'kept', name)),
    /** What was begun and is neither kept nor taken away. */
    drafts: () => (existsSync(join(folder, 'drafts')) ? readdirSync(join(folder, 'drafts')) : []),
  };
}

export const request = (action: ActionName, target: ActionTarget | null, parameters: Record<string, unknown>, more: Partial<ActionRequest> = {}): ActionRequest =>
  ({ id: randomUUID(), action, target, parameters, asker: { kind: 'person', name: 'test', id: null }, incident: null, force: false, ...more });

function folderSink(folder: string): ArtifactSink {
  let count = 0;
  return {
    freeBytes: async () => 100 * 2 ** 30,
    async open(name) {
      const drafts = join(folder, 'drafts');
      mkdirSync(drafts, { recursive: true });
      mkdirSync(join(folder, 'kept'), { recursive: true });
      const path = join(drafts, `${count++}-${name}`);
      return ok({
        path, discard: async () => { rmSync(path, { force: true }); },
        async commit(facts) {
          const bytes = readFileSync(path);
          renameSync(path, join(folder, 'kept', facts.name));
          return ok({ ...facts, id: createHash('md5').update(path).digest('hex'), sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length });
        },
      });
    },
  };
}
