// What runs on the machines of the mock fleet.
import type { AgentProcess, ProcessesReport } from '../../src/model/index.ts';

const day = 86_400_000;

export function mockProcesses(agent: string, nowMs: number): Omit<ProcessesReport, 'ask'> {
  const make = (pid: number, service: string | null, command: string, runtime: AgentProcess['runtime'], rssMiB: number, cpuShare: number, more: Partial<AgentProcess> = {}): AgentProcess => ({
    pid, startTicks: pid * 100, parentPid: 1, name: command.split(' ')[0]?.split('/').at(-1) ?? '', command, runtime, runtimeVersion: runtime === 'node' ? '24.4.1' : null, user: 'shop', container: null, service, startedUnixMs: nowMs - day - pid * 1000, rssBytes: rssMiB * 2 ** 20, cpuShare, isWeir: false, ...more,
  });
  const first = agent.endsWith('1');
  return {
    processes: [
      make(first ? 4121 : 3987, 'checkout', 'node src/checkout.ts', 'node', 188, 0.91, { container: 'checkout-7d9f' }),
      make(4088, 'cart', 'node src/cart.ts', 'node', 121, 0.12, { container: 'cart-55c1' }),
      make(4090, 'payments', 'java -jar payments.jar --spring.profiles.active=prod', 'jvm', 512, 0.08, { runtimeVersion: '21' }),
      make(4201, null, '/usr/lib/postgresql/16/bin/postgres -D /var/lib/postgresql/16/main', 'native', 84, 0.03, { user: 'postgres' }),
      make(4301, null, 'python3 /opt/jobs/reports.py', 'python', 61, 0, { runtimeVersion: '3.12' }),
      make(first ? 4101 : 4102, 'weir-agent', 'node weir agent', 'node', 95, 0.004, { isWeir: true }),
    ],
    hidden: 3,
    allowed: {
      commands: ['ss -s', 'ss -tanp', 'df -h', 'free -m', 'uptime', 'ps aux', 'lsof -nP -p {pid}', 'pmap -x {pid}', 'cat /proc/meminfo'],
      files: ['{cwd}/*.log', '{cwd}/logs/*', '/var/log/*.log'], configFiles: ['{cwd}/package.json', '{cwd}/*.yaml', '/etc/os-release'],
    },
    tools: { perf: null, gdb: null, tcpdump: null, ss: null, lsof: null, jcmd: 'jcmd is not installed, or not on the PATH of Weir.', 'py-spy': 'py-spy is not installed, or not on the PATH of Weir.' },
  };
}
