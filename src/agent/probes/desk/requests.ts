// What the server asks of the desk, by message type; each question has an `ask` that comes back with the answer.
import {
  isDynamic, probeGalleryRequest, probeKinds, probePreviewRequest, probeRemove, probeRequest, probeScriptsRequest, probeSourceRequest, probeSymbolsRequest, type ActionProblem, type ActionTarget, type AgentProcess, type BinarySymbols,
} from '../../../model/index.ts';
import { asked, type Handler } from '../../asked.ts';
import { resolveTarget } from '../../processes/index.ts';
import { problemOf } from '../governed/index.ts';
import type { DeskPorts, ProbeDesk } from './desk.ts';
import { objectionTo } from './objections.ts';
import { previewOf } from './preview.ts';

type Looked = { readonly process: AgentProcess } | { readonly problem: ActionProblem };

export function deskHandlers(desk: ProbeDesk): readonly (readonly [string, Handler])[] {
  const { ports } = desk;
  const { looks, send } = ports;
  const answer = (type: string, ask: string, work: Promise<object>): void => { void work.then((content) => { send(type, { ask, ...content }); }); };
  return [
    ['probe.insert', asked(probeRequest, (request) => { void desk.insert(request); })],
    ['probe.remove', asked(probeRemove, ({ id, why }) => { void desk.remove(id, why); })],
    ['probe.preview', asked(probePreviewRequest, ({ ask, what, target }) => { answer('probe.preview-result', ask, previewOf(ports, what, target).then((preview) => ({ preview }))); })],
    ['probe.scripts', asked(probeScriptsRequest, ({ ask, target }) => {
      const none = (problem: ActionProblem) => ({ files: [], more: 0, problem });
      answer('probe.scripts-report', ask, look(ports, target, (process) => looks.scripts(process), none));
    })],
    ['probe.source', asked(probeSourceRequest, ({ ask, target, file }) => {
      const none = (problem: ActionProblem) => ({ path: file, text: '', cut: false, lines: [], problem });
      answer('probe.source-report', ask, look(ports, target, (process) => looks.source(process, file), none));
    })],
    ['probe.symbols', asked(probeSymbolsRequest, ({ ask, target, binary, text }) => {
      const none = (problem: ActionProblem) => ({ binaries: [], symbols: [], usdt: [], more: 0, problem });
      const found = target === null ? guarded(looks.symbols(null, binary, text), none) : symbolsOf(ports, target, binary, text, none);
      answer('probe.symbols-report', ask, found);
    })],
    ['probe.gallery', asked(probeGalleryRequest, ({ ask }) => { answer('probe.gallery-report', ask, galleryOf(ports)); })],
  ];
}

/** The inspector of a process is opened for it: only where a logpoint would be allowed. */
async function look<T extends object>(ports: DeskPorts, target: ActionTarget, work: (process: AgentProcess) => Promise<T>, none: (problem: ActionProblem) => T): Promise<T> {
  const against = await objectionTo(ports, 'logpoint', true);
  const found = against === null ? await oneOf(ports, target) : { problem: against };
  return 'problem' in found ? none(found.problem) : guarded(work(found.process), none);
}

async function symbolsOf(ports: DeskPorts, target: ActionTarget, binary: string | null, text: string, none: (problem: ActionProblem) => BinarySymbols): Promise<BinarySymbols> {
  const found = await oneOf(ports, target);
  return 'problem' in found ? none(found.problem) : guarded(ports.looks.symbols(found.process, binary, text), none);
}

async function oneOf({ processes }: DeskPorts, target: ActionTarget): Promise<Looked> {
  const found = await resolveTarget(processes, target);
  return found.ok ? { process: found.value } : { problem: problemOf(found.error) };
}

/** Somebody waits for an answer, whatever goes wrong. */
const guarded = <T extends object>(work: Promise<T>, none: (problem: ActionProblem) => T): Promise<T> =>
  work.catch((error: unknown) => none({ code: 'probe.failed', message: `It could not be looked at: ${error instanceof Error ? error.message : String(error)}.`.slice(0, 2000), help: 'Try again; the process may have ended meanwhile.' }));

async function galleryOf(ports: DeskPorts) {
  const kinds = await Promise.all(probeKinds.map(async (kind) => {
    const missing = await objectionTo(ports, kind, false) ?? (isDynamic(kind) ? await ports.mechanisms[kind].problem() : null);
    return [kind, missing] as const;
  }));
  return { templates: ports.looks.templates, kinds: Object.fromEntries(kinds) };
}
