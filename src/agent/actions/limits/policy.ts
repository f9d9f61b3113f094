// What this machine lets be done to it: `actions-policy.json` in the agent's data folder, written by whoever owns the machine. It never comes
// from the server. What it leaves out has the defaults below; `{cwd}` stands for the folder in which the process runs, `{pid}` for its pid.
import { z } from 'zod';
import { decodeUtf8, encodeUtf8, failure, ok, type Result } from '../../../base/index.ts';
import { actionName, actionNames, probeKinds, type ActionName, type ProbeKind } from '../../../model/index.ts';
import type { Files } from '../../ports/index.ts';

const count = z.number().int().nonnegative();
const limits = z.strictObject({
  allowed: z.boolean(),
  /** At most so many in any window. */
  perWindow: count, windowMs: count.max(7 * 86_400_000),
  /** Between two on one process. */
  cooldownMs: count, maxDurationMs: count, maxBytes: count,
});
export type Limits = z.infer<typeof limits>;

const policyFile = z.strictObject({
  version: z.literal(1),
  actions: z.partialRecord(actionName, limits.partial()).optional(),
  /** At the same time on this machine. */
  concurrent: z.number().int().min(1).max(32).optional(),
  configFiles: z.array(z.string().min(1)).optional(), files: z.array(z.string().min(1)).optional(),
  /** Whole command lines, words apart by one space. */
  commands: z.array(z.string().min(1)).optional(),
  /** Kinds of probes that may be inserted here. */
  probes: z.array(z.enum(probeKinds)).optional(),
  /** Whether Weir may mount the kernel's tracing files for uprobes where they are not mounted. */
  mountTracefs: z.boolean().optional(),
  /** Whole bpftrace programs that may run besides the templates. */
  bpftracePrograms: z.array(z.string().min(1).max(10_000)).max(100).optional(),
});

export interface ActionPolicy {
  readonly actions: { readonly [Name in ActionName]: Limits };
  readonly concurrent: number;
  /** Globs of collect-config and of collect-files. */
  readonly configFiles: readonly string[];
  readonly files: readonly string[];
  readonly commands: readonly string[];
  readonly probes: readonly ProbeKind[];
  readonly mountTracefs: boolean;
  readonly bpftracePrograms: readonly string[];
}

export const policyFileName = 'actions-policy.json';
export const policyExampleName = 'actions-policy.example.json';

const [minute, hour, MiB] = [60_000, 3_600_000, 1024 * 1024];
const upTo = (perWindow: number, cooldownMs: number, maxDurationMs: number, maxBytes: number): Limits => ({ allowed: true, perWindow, windowMs: hour, cooldownMs, maxDurationMs, maxBytes });

/** Numbers per hour; cooldown and duration in milliseconds. */
export const defaultPolicy: ActionPolicy = {
  actions: {
    'cpu-sample': upTo(60, 2000, 5 * minute, 256 * MiB), 'heap-sample': upTo(60, 2000, 10 * minute, 256 * MiB), 'memory-dump': upTo(6, minute, 10 * minute, 8 * 1024 * MiB),
    'verbose-logs': upTo(20, 0, 4 * hour, 0), 'packet-capture': upTo(20, 2000, 10 * minute, 512 * MiB),
    'collect-config': upTo(120, 0, minute, 16 * MiB), 'collect-state': upTo(120, 0, minute, 64 * MiB), 'collect-files': upTo(30, 0, 5 * minute, 512 * MiB),
    'diagnostic-command': upTo(240, 0, minute, 8 * MiB),
    'collect-recorder': upTo(240, 0, 5 * minute, 1024 * MiB), 'start-recorder': upTo(240, 0, minute, 0), 'stop-recorder': upTo(240, 0, minute, 0),
  },
  concurrent: 4,
  configFiles: ['{cwd}/package.json', '{cwd}/*.config.js', '{cwd}/*.config.mjs', '{cwd}/*.conf', '{cwd}/*.yaml', '{cwd}/*.yml', '{cwd}/*.toml', '{cwd}/*.ini', '{cwd}/*.properties', '{cwd}/config/*', '/etc/os-release', '/usr/lib/os-release', '/etc/hosts', '/etc/resolv.conf', '/etc/timezone'],
  files: ['{cwd}/*.log', '{cwd}/log/*', '{cwd}/logs/*', '/var/log/*.log', '/var/log/syslog', '/var/log/messages'],
  commands: [
    'ss -s', 'ss -tanp', 'ss -uanp', 'ss -xlp', 'df -h', 'df -i', 'free -m', 'uptime', 'vmstat 1 3', 'uname -a', 'lscpu', 'mount', 'ps aux', 'ps -eo pid,ppid,user,stat,rss,pcpu,etime,args --sort=-rss',
    'ps -L -p {pid} -o pid,tid,stat,pcpu,wchan:32,comm', 'lsof -nP -p {pid}', 'pmap -x {pid}', 'ip addr', 'ip route', 'ip -s link', 'top -b -n 1', 'iostat -x 1 2', 'numastat -p {pid}', 'dmesg --ctime --level=err,warn',
    'cat /proc/meminfo', 'cat /proc/loadavg', 'cat /proc/pressure/cpu', 'cat /proc/pressure/memory', 'cat /proc/pressure/io', 'cat /proc/net/sockstat',
  ],
  probes: probeKinds, mountTracefs: true, bpftracePrograms: [],
};

/** A policy that cannot be read allows nothing: whoever wrote it meant to bound something. */
export async function readPolicy(files: Pick<Files, 'read'>): Promise<Result<ActionPolicy>> {
  const file = await files.read(policyFileName);
  if (!file.ok) return file;
  if (file.value === null) return ok(defaultPolicy);
  const parsed = policyFile.safeParse(jsonOf(decodeUtf8(file.value)));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return failure('action.bad-policy', `${policyFileName} cannot be used: ${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not understood'}. Until it is mended no action runs.`, 'Mend the file in the data folder of the agent, or take it away for the defaults.');
  }
  return ok(merged(parsed.data));
}

/** What holds where the owner says nothing, beside the file that it would be said in: written anew at each start, read by nobody but people. */
export async function writePolicyExample(files: Pick<Files, 'writeAtomically'>): Promise<void> {
  await files.writeAtomically(policyExampleName, encodeUtf8(`${JSON.stringify({ version: 1, ...defaultPolicy }, null, 2)}\n`));
}

function merged({ actions = {}, concurrent, configFiles, files, commands, probes, mountTracefs, bpftracePrograms }: z.infer<typeof policyFile>): ActionPolicy {
  return {
    actions: Object.fromEntries(actionNames.map((name) => [name, { ...defaultPolicy.actions[name], ...actions[name] }])) as ActionPolicy['actions'],
    concurrent: concurrent ?? defaultPolicy.concurrent, configFiles: configFiles ?? defaultPolicy.configFiles, files: files ?? defaultPolicy.files, commands: commands ?? defaultPolicy.commands, probes: probes ?? defaultPolicy.probes, mountTracefs: mountTracefs ?? defaultPolicy.mountTracefs, bpftracePrograms: bpftracePrograms ?? defaultPolicy.bpftracePrograms,
  };
}

function jsonOf(text: string): unknown {
  try { return JSON.parse(text); } catch { return undefined; }
}
