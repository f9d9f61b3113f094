// Probes by bpftrace: templates of the gallery with checked parameters, and programs that this machine's owner lists in actions-policy.json.
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { err, failure, ok, type Result } from '../../../base/index.ts';
import type { ActionProblem, AgentProcess, BpftraceSpec, ProbeGallery, ProbePreview } from '../../../model/index.ts';
import { missingTool, present, type Tools } from '../../actions/tools/index.ts';
import type { Proc } from '../../processes/index.ts';
import type { HitSink, InsertAsk, Inserted, Leftover, ProbeMechanism } from '../contract.ts';
import { stillIn } from '../not-undone.ts';
import { kernelProblem, lookAtTracefs, openTracefs, type KernelPorts } from '../uprobe/index.ts';
import { endMarked } from './child.ts';
import { filled } from './fill.ts';
import { libcOf } from './libc.ts';
import { BpftraceRun } from './run.ts';
import type { Template } from './template.ts';
import { templates } from './templates.ts';

export type BpftracePorts = KernelPorts & {
  readonly tools: Tools; readonly proc: Proc;
  /** `bpftracePrograms` of actions-policy.json. */
  readonly allowedPrograms: () => Promise<Result<readonly string[]>>;
};
/** Where nobody says. */
const usualMs = 60 * 60_000;
interface Planned { readonly program: string; readonly template: Template | null }

export function bpftraceMechanism(ports: BpftracePorts): ProbeMechanism<'bpftrace'> {
  return {
    about: 'maybe', problem: () => problemOf(ports), preview: (ask) => preview(ports, ask), insert: (ask, sink, note) => insert(ports, ask, sink, note),
    removeLeft: async ({ detail: { mark } }) => typeof mark !== 'string' || endMarked(ports.proc, mark),
  };
}

/** As the console shows them; programs with their parameters as they are by default. */
export const bpftraceTemplates = (): ProbeGallery['templates'] => templates.map((template) => {
  const program = filled(template, {}, null, '/lib/libc.so.6');
  const { name, title, description, risk, privacy, riskReason, parameters } = template;
  return { name, title, description, risk, privacy, riskReason, program: program.ok ? program.value : '', parameters: parameters.map((parameter) => ({ name: parameter.name, label: parameter.label, default: parameter.default })) };
});

async function problemOf(ports: BpftracePorts): Promise<ActionProblem | null> {
  if (await ports.tools.find('bpftrace') === null) {
    const { code, message } = missingTool('bpftrace', 'A probe by bpftrace');
    return { code, message, help: 'Debian and Ubuntu: apt-get install bpftrace. Fedora: dnf install bpftrace. Alpine: apk add bpftrace.' };
  }
  return kernelProblem(ports);
}

/** Errors: `probe.no-template`, `probe.not-allowed`, `probe.bad-parameter`, `probe.no-kernel-support`. */
async function planned(ports: BpftracePorts, spec: BpftraceSpec, process: AgentProcess | null): Promise<Result<Planned>> {
  if ((spec.template === undefined) === (spec.program === undefined)) return failure('probe.no-template', 'A probe by bpftrace is either a template or a program.', 'Choose one of the gallery.');
  if (spec.program !== undefined) return ownProgram(ports, spec.program, process);
  const template = templates.find(({ name }) => name === spec.template);
  if (template === undefined) return failure('probe.no-template', `The gallery has no ${spec.template}.`, `It has: ${templates.map(({ name }) => name).join(', ')}.`);
  const program = filled(template, spec.parameters, process?.pid ?? null, template.usesLibc === true ? await libcOf(ports.proc, process?.pid ?? null) : null);
  if (!program.ok) return program;
  const missing = await missingTracepoint(ports, template);
  return missing === null ? ok({ program: program.value, template }) : failure('probe.no-kernel-support', `This kernel has no tracepoint ${missing}, which ${template.name} needs.`, 'It belongs to a kernel option or module that is not there: see the configuration of the kernel.');
}

/** Word for word, but for blanks around it. */
async function ownProgram({ allowedPrograms }: BpftracePorts, program: string, process: AgentProcess | null): Promise<Result<Planned>> {
  const allowed = await allowedPrograms();
  if (!allowed.ok) return allowed;
  if (process !== null) return failure('probe.not-allowed', 'A program of one\'s own sees the whole machine: it does not know of a chosen process.', 'Choose no process, and put a condition on pid into the program.');
  if (allowed.value.some((one) => one.trim() === program.trim())) return ok({ program: program.trim(), template: null });
  return failure('probe.not-allowed', 'This machine does not allow that bpftrace program.', 'Its owner can list it, word for word, under bpftracePrograms in actions-policy.json of the agent; templates of the gallery need no list.');
}

async function missingTracepoint(ports: BpftracePorts, { needs }: Template): Promise<string | null> {
  const there = await lookAtTracefs(ports);
  if (!there.ok || there.value.willMount) return null;
  for (const need of needs) if (await access(join(there.value.root, 'events', need)).then(() => false, () => true)) return need.replace('/', ':');
  return null;
}

async function insert(ports: BpftracePorts, ask: InsertAsk<'bpftrace'>, sink: HitSink, note: (left: Leftover) => Promise<Result<void>>): Promise<Result<Inserted>> {
  const plan = await planned(ports, ask.spec, ask.process);
  if (!plan.ok) return plan;
  const [path, mounted, self] = [await ports.tools.find('bpftrace'), await openTracefs(ports), await ports.proc.stat('self')];
  if (path === null) return err(await problemOf(ports) ?? missingTool('bpftrace', 'A probe by bpftrace'));
  if (!mounted.ok) return mounted;
  const mark = `${ask.key}.${self?.pid ?? 0}.${self?.startTicks ?? 0}`;
  const noted = await note({ kind: 'bpftrace', pid: ask.process?.pid ?? null, startTicks: ask.process?.startTicks ?? null, detail: { mark } });
  if (!noted.ok) return noted;
  const run = new BpftraceRun({ path, mark, program: plan.value.program, template: plan.value.template, process: ask.process, proc: ports.proc, sink, mostMs: ask.mostMs ?? usualMs });
  const started = await run.start(ask.signal);
  if (!started.ok) return await run.remove() ? started : stillIn(started.error.message);
  return ok({ means: meansOf(plan.value), resolved: null, code: null, expectedCostMs: null, pause: () => run.pause(), resume: () => run.start(), remove: () => run.remove() });
}

const meansOf = ({ template }: Planned): string => (template === null ? 'bpftrace, a program of this machine' : `bpftrace, ${template.title.toLowerCase()}`);

async function preview(ports: BpftracePorts, { spec, process }: Omit<InsertAsk<'bpftrace'>, 'key'>): Promise<Omit<ProbePreview, 'processes'>> {
  const [problem, plan] = [await problemOf(ports), await planned(ports, spec, process)];
  return {
    means: plan.ok ? meansOf(plan.value) : 'bpftrace', resolved: null, reads: plan.ok ? plan.value.program.split('\n') : [], costUs: null,
    risk: riskOf(plan.ok ? plan.value.template : null), problems: present(problem, plan.ok ? null : plan.error),
  };
}

const levels = { low: 1, medium: 2, high: 3 } as const;
function riskOf(template: Template | null): ProbePreview['risk'] {
  const reasons = [template?.riskReason ?? 'A program of this machine\'s owner: what it costs depends on how often its probes are hit.', 'While it starts, bpftrace uses a processor for about a second and some 100 MB of memory; so does each recovery after a pause.', 'Should Weir be killed, it goes on until the next Weir starts here, or until the date of the probe: then it ends by itself.'];
  return { reliability: 1, performance: template === null ? 3 : levels[template.risk], privacy: template === null ? 3 : levels[template.privacy], cost: 1, complexity: template === null ? 3 : 1, reasons };
}
