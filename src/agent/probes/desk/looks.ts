// Looking into processes and binaries before there is a probe: files that run, their source, functions, templates.
import type { AgentProcess, BinarySymbols, ProbeGallery, ProcessScripts, ProcessSource } from '../../../model/index.ts';

export interface ProbeLooks {
  scripts(process: AgentProcess, signal: AbortSignal): Promise<ProcessScripts>;
  source(process: AgentProcess, file: string, signal: AbortSignal): Promise<ProcessSource>;
  /** Of a binary, or of the executable and libraries of a process. */
  symbols(process: AgentProcess | null, binary: string | null, text: string, signal: AbortSignal): Promise<BinarySymbols>;
  readonly templates: ProbeGallery['templates'];
}
