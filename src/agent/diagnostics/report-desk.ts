// What the server hears of actions: as the runner says it, but for artifacts that are still on their way.
import type { ActionReport } from '../../model/index.ts';
import type { UploadState } from '../artifacts/index.ts';

interface Options {
  /** Of an artifact that has not reached the server; null when it has. */
  readonly stateOf: (artifact: string) => Pick<UploadState, 'state' | 'sentBytes' | 'problem'> | null;
  readonly send: (report: ActionReport) => void;
}

/** Reports with artifacts under way; the oldest goes first. */
const mostWaiting = 500;

export class ReportDesk {
  readonly #options: Options;
  /** By action, of those that are done but for their artifacts. */
  readonly #waiting = new Map<string, ActionReport>();

  constructor(options: Options) { this.#options = options; }

  take(report: ActionReport): void {
    this.#waiting.delete(report.id);
    const sent = this.#asItIs(report);
    if (sent !== report) this.#wait(report);
    this.#options.send(sent);
  }

  /** An upload went on, ended or was refused. */
  uploaded({ meta }: Pick<UploadState, 'meta'>): void {
    const report = meta.action === null ? undefined : this.#waiting.get(meta.action);
    if (report !== undefined) this.take(report);
  }

  #wait(report: ActionReport): void {
    this.#waiting.set(report.id, report);
    if (this.#waiting.size > mostWaiting) this.#waiting.delete([...this.#waiting.keys()][0]!);
  }

  #asItIs(report: ActionReport): ActionReport {
    if (report.state !== 'done') return report;
    const states = report.artifacts.map(({ id, name, bytes }) => ({ name, bytes, upload: this.#options.stateOf(id) }));
    const refused = states.find(({ upload }) => upload?.state === 'refused');
    if (refused !== undefined) return { ...report, state: 'failed', why: { code: 'action.upload-refused', message: `The server refused ${refused.name}: ${refused.upload?.problem ?? 'it gave no reason'}` } };
    const left = states.filter(({ upload }) => upload !== null);
    if (left.length === 0) return report;
    const [all, sent] = [states.reduce((sum, { bytes }) => sum + bytes, 0), states.reduce((sum, { bytes, upload }) => sum + (upload?.sentBytes ?? bytes), 0)];
    const problem = left.find(({ upload }) => upload?.problem !== null)?.upload?.problem ?? null;
    return { ...report, state: 'uploading', progress: { share: all === 0 ? null : Math.min(1, sent / all), text: (problem ?? `Sending ${left.map(({ name }) => name).join(', ')} to the server`).slice(0, 500) } };
  }
}
