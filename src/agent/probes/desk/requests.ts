// What the server asks of the desk, by message type; each question has an `ask` that comes back with the answer.
import {
  isDynamic, probeGalleryRequest, probeKinds, probePreviewRequest, probeRemove, probeRequest, probeScriptsRequest, probeSourceRequest, probeSymbolsRequest, type ActionProblem, type ActionTarget, type AgentProcess, type BinarySymbols,
} from '../../../model/index.ts';
import { asked, type Handler } from '../../asked.ts';
import { resolveTarget } from '../../processes/index.ts';
import { problemOf } from '../governed/index.ts';
import type { DeskPorts, ProbeDesk } from './desk.ts';
import { objectionTo } from './objections.ts';
import { objectionToBinary } from './readable-binary.ts';
import { previewOf } from './preview.ts';
import { unlessAborted } from '../unless-aborted.ts';

type Looked = { readonly process: AgentProcess } | { readonly problem: ActionProblem };

export function deskHandlers(desk: ProbeDesk): readonly (readonly [string, Handler])[] {
  const { ports } = desk;
  const { looks, send } = ports;
  const answer = (type: string, ask: string, work: Promise<object>): void => { void work.then((content) => { send(type, { ask, ...content }); }); };
  return [
    ['probe.insert', asked(probeRequest, (request) => { void desk.insert(request); })],
    ['probe.remove', asked(probeRemove, ({ id, why }) => { void desk.remove(id, why); })],
    ['probe.preview', asked(probePreviewRequest, ({ ask, what, target }) => { answer('probe.preview-result', ask, previewOf(ports, { what, target, sources: desk.sources }, desk.lookSignal).then((preview) => ({ preview }))); })],
    ['probe.scripts', asked(probeScriptsRequest, ({ ask, target }) => {
      const none = (problem: ActionProblem) => ({ files: [], more: 0, problem });
      answer('probe.scripts-report', ask, look(desk, target, (process, signal) => looks.scripts(process, signal), none));
    })],
    ['probe.source', asked(probeSourceRequest, ({ ask, target, file }) => {
      const none = (problem: ActionProblem) => ({ path: file, text: '', cut: false, lines: [], problem });
      answer('probe.source-report', ask, look(desk, target, (process, signal) => looks.source(process, file, signal), none));
    })],
    ['probe.symbols', asked(probeSymbolsRequest, ({ ask, target, binary, text }) => {
      const none = (problem: ActionProblem) => ({ binaries: [], symbols: [], usdt: [], more: 0, problem });
      const found = symbolsOf(desk, target, binary, text, none);
      answer('probe.symbols-report', ask, found);
    })],
    ['probe.gallery', asked(probeGalleryRequest, ({ ask }) => { answer('probe.gallery-report', ask, galleryOf(ports)); })],
  ];
}

/** The inspector of a process is opened for it: only where a logpoint would be allowed. */
async function look<T extends object>({ ports, lookSignal }: ProbeDesk, target: ActionTarget, work: (process: AgentProcess, signal: AbortSignal) => Promise<T>, none: (problem: ActionProblem) => T): Promise<T> {
  const against = await objectionTo(ports, 'logpoint', true);
  const found = against === null ? await oneOf(ports, target) : { problem: against };
  return 'problem' in found ? none(found.problem) : guarded(work(found.process, lookSignal), lookSignal, none);
}

async function symbolsOf({ ports, lookSignal }: ProbeDesk, target: ActionTarget | null, binary: string | null, text: string, none: (problem: ActionProblem) => BinarySymbols): Promise<BinarySymbols> {
  const found = target === null ? await ofMachine(ports, binary) : await oneOf(ports, target);
  return 'problem' in found ? none(found.problem) : guarded(ports.looks.symbols(found.process, binary, text, lookSignal), lookSignal, none);
}

async function ofMachine(ports: DeskPorts, binary: string | null): Promise<{ readonly process: null } | { readonly problem: ActionProblem }> {
  const against = binary === null ? null : await objectionToBinary(ports, binary);
  return against === null ? { process: null } : { problem: against };
}

async function oneOf({ processes }: DeskPorts, target: ActionTarget): Promise<Looked> {
  const found = await resolveTarget(processes, target);
  return found.ok ? { process: found.value } : { problem: problemOf(found.error) };
}

/** Somebody waits for an answer, whatever goes wrong. */
const guarded = <T extends object>(work: Promise<T>, signal: AbortSignal, none: (problem: ActionProblem) => T): Promise<T> =>
  unlessAborted(work, signal).catch((error: unknown) => none({ code: 'probe.failed', message: `It could not be looked at: ${error instanceof Error ? error.message : String(error)}.`.slice(0, 2000), help: 'Try again; the process may have ended meanwhile.' }));

async function galleryOf(ports: DeskPorts) {
  const kinds = await Promise.all(probeKinds.map(async (kind) => {
    const missing = await objectionTo(ports, kind, false) ?? (isDynamic(kind) ? await ports.mechanisms[kind].problem() : null);
    return [kind, missing] as const;
  }));
  return { templates: ports.looks.templates, kinds: Object.fromEntries(kinds) };
}
