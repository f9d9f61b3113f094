// cpu-sample: where a process spends its CPU time, by the means that fit its runtime.
import type { Result } from '../../base/index.ts';
import { type Action, type Ask, harmless, problem, type Problem, targetOf } from './contract.ts';
import { type InspectorDoor, signalRisk } from './inspector/index.ts';
import { jvmCpuSample } from './jvm/jvm.ts';
import { perfSample } from './native/perf.ts';
import { nodeCpuProfile } from './node/cpu-profile.ts';
import { pauseOf, pauseWords, promise } from './pause.ts';
import type { Proc } from '../processes/index.ts';
import { pythonCpuSample } from './python/py-spy.ts';
import type { Scratch } from './scratch.ts';
import { missingTool, present, type Rights, type Tools } from './tools/index.ts';

type CpuAsk = Ask<'cpu-sample'>;
type Means = 'inspector' | 'perf' | 'jvm' | 'python';
interface Ports { readonly tools: Tools; readonly rights: Rights; readonly proc: Proc; readonly door: InspectorDoor; readonly scratch: Scratch }

const defaultMs = 10_000;
/** A profiler start stalled loops for 10 to 235 ms on small machines at rest. */
const nodePause = pauseOf(235);
const words: Readonly<Record<Means, string>> = { inspector: 'V8 inspector', perf: 'perf record', jvm: 'Java Flight Recorder through jcmd', python: 'py-spy' };

export function cpuSample(ports: Ports): Action<'cpu-sample'> {
  return {
    about: 'process',
    async estimate(ask) {
      const means = await meansOf(ports, ask);
      return harmless(means === 'perf' ? `${words.perf}, ${ask.parameters.callGraph === 'dwarf' ? 'DWARF' : 'frame pointers'}` : words[means], {
        durationMs: ask.parameters.durationMs ?? defaultMs, ...(means === 'inspector' ? nodePause : { pauseMs: 0 }), diskBytes: 8 * 1024 * 1024,
        risk: means === 'inspector' ? { level: 'low', reasons: [`The loop stalls when the profiler starts: ${pauseWords(nodePause)}.`, 'The inspector listens on loopback while it runs.', ...(await ports.door.isOpen(targetOf(ask)) ? [] : [signalRisk])] } : { level: 'low', reasons: [] },
        problems: await problemsOf(ports, ask, means),
      });
    },
    async run(ask, run): Promise<Result<void>> {
      const [process, { durationMs = defaultMs, hertz, callGraph = 'fp' }] = [targetOf(ask), ask.parameters];
      const means = await meansOf(ports, ask);
      if (means === 'inspector') promise(run, nodePause);
      if (means === 'inspector') return nodeCpuProfile(ports.door, process, durationMs, hertz ?? 1000, run);
      if (means === 'jvm') return jvmCpuSample(ports, process, durationMs, run);
      if (means === 'python') return pythonCpuSample(ports, process, durationMs, hertz ?? 100, run);
      return perfSample(ports, process, { durationMs, hertz: hertz ?? 99, callGraph }, run);
    },
  };
}

/** JVM and Python by their own tools where these are installed; perf sees them as well, without names. */
async function meansOf({ tools }: Ports, ask: CpuAsk): Promise<Means> {
  const { means = 'auto' } = ask.parameters;
  if (means !== 'auto') return means;
  const { runtime } = targetOf(ask);
  if (runtime === 'node') return 'inspector';
  if (runtime === 'jvm' && await tools.find('jcmd') !== null && await tools.find('jfr') !== null) return 'jvm';
  if (runtime === 'python' && await tools.find('py-spy') !== null) return 'python';
  return 'perf';
}

async function problemsOf({ tools, rights, door }: Ports, ask: CpuAsk, means: Means): Promise<Problem[]> {
  const process = targetOf(ask);
  if (means === 'inspector') return present(await door.problem(process));
  const wanted = { perf: ['perf'], jvm: ['jcmd', 'jfr'], python: ['py-spy'] }[means];
  const missing = await Promise.all(wanted.map(async (tool) => (await tools.find(tool) === null ? missingTool(tool, 'a CPU sample of this process') : null)));
  const wrong = (means === 'jvm' || means === 'python') && process.runtime !== means ? problem('action.wrong-runtime', `Process ${process.pid} is ${process.runtime}, not ${means}.`, 'Leave the means to Weir (auto).') : null;
  const forbidden = means === 'perf' ? await rights.cannotSample(process) : await rights.cannotTrace(process);
  return present(wrong, ...missing, forbidden);
}
