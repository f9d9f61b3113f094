// heap-sample: where a Node process allocates.
import { type Action, harmless, problem, targetOf } from './contract.ts';
import { type InspectorDoor, signalRisk } from './inspector/index.ts';
import { nodeHeapProfile } from './node/heap-profile.ts';
import { present } from './tools/index.ts';

const [defaultMs, defaultIntervalBytes] = [10_000, 32_768];

export function heapSample({ door }: { readonly door: InspectorDoor }): Action<'heap-sample'> {
  return {
    about: 'process',
    async estimate(ask) {
      const process = targetOf(ask);
      const wrong = process.runtime === 'node' ? null : problem('action.wrong-runtime', `Process ${process.pid} is ${process.runtime}; allocations can only be sampled in Node.`, 'Take a CPU sample or a memory dump.');
      const signals = wrong === null && !await door.isOpen(process) ? [signalRisk] : [];
      return harmless('V8 inspector, sampling heap profiler', {
        durationMs: ask.parameters.durationMs ?? defaultMs, pauseMs: 20, diskBytes: 4 * 1024 * 1024, risk: { level: 'low', reasons: ['Nearly free: a sample each 32 KiB that are allocated.', ...signals] },
        problems: present(wrong, wrong === null ? await door.problem(process) : null),
      });
    },
    run: (ask, run) => nodeHeapProfile(door, targetOf(ask), ask.parameters.durationMs ?? defaultMs, ask.parameters.intervalBytes ?? defaultIntervalBytes, run),
  };
}
