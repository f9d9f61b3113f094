// The gallery. All but DNS are tracepoints, which kernels keep stable and which need no kprobes; each prints tuples that begin with time, pid, tid.
import { syscallName } from './syscalls.ts';
import { signalNumber, signalWord } from './signals.ts';
import { millisecondsParameter, processParameter, type Template } from './template.ts';

const cleared = (...maps: readonly string[]): string => `END { ${maps.map((map) => `clear(${map});`).join(' ')} }`;

export const templates: readonly Template[] = [
  {
    name: 'slow-syscalls', title: 'Slow system calls', description: 'System calls that take longer than a limit, by process, with what they returned. Calls that are made to wait (poll, sleep, futex, wait) are left out.',
    risk: 'high', privacy: 'low', riskReason: 'Runs at the entry and exit of every system call of the machine: half a microsecond each, a few per cent on a busy one.',
    parameters: [millisecondsParameter('Longer than, milliseconds', 100), processParameter], fields: ['comm', 'syscall', 'duration_us', 'result'], words: { syscall: syscallName }, needs: ['raw_syscalls/sys_enter', 'raw_syscalls/sys_exit'], byProcess: true,
    program: ({ number, where, waitingCalls }) => [
      `tracepoint:raw_syscalls:sys_enter ${where(...waitingCalls.map((id) => `args->id != ${id}`))} { @begun[tid] = nsecs; @call[tid] = args->id; }`,
      `tracepoint:raw_syscalls:sys_exit /@begun[tid]/ { $us = (nsecs - @begun[tid]) / 1000; if ($us >= ${number('ms') * 1000}) { print((nsecs, pid, tid, comm, @call[tid], $us, args->ret)); } delete(@begun[tid]); delete(@call[tid]); }`,
      cleared('@begun', '@call'),
    ].join('\n'),
  },
  {
    name: 'file-opens', title: 'Files opened', description: 'Each file that is opened, by whom, and whether it worked: the descriptor, or the error as a negative number.',
    risk: 'medium', privacy: 'high', riskReason: 'One hit for each open: compilers and shells make thousands a second. Paths may name people and customers: high for privacy.',
    parameters: [processParameter], fields: ['comm', 'path', 'result'], needs: ['syscalls/sys_enter_openat', 'syscalls/sys_exit_openat'], byProcess: true,
    program: ({ where }) => [
      `tracepoint:syscalls:sys_enter_openat ${where()} { @path[tid] = args->filename; }`,
      'tracepoint:syscalls:sys_exit_openat /@path[tid]/ { print((nsecs, pid, tid, comm, str(@path[tid]), args->ret)); delete(@path[tid]); }',
      cleared('@path'),
    ].join('\n'),
  },
  {
    name: 'dns-lookups', title: 'DNS lookups', description: 'Names that programs look up through the C library, how long it took and whether it worked (0). Programs with a resolver of their own (Go) do not show.',
    risk: 'medium', privacy: 'high', riskReason: 'A breakpoint in getaddrinfo of the C library: every program that uses it pays some microseconds a lookup. A return probe is part of it. Names that are looked up say who talks to whom: high for privacy.',
    parameters: [processParameter], fields: ['comm', 'host', 'duration_us', 'result'], needs: [], byProcess: true, usesLibc: true,
    program: ({ where, libc }) => [
      `uprobe:${libc}:getaddrinfo ${where()} { @host[tid] = arg0; @begun[tid] = nsecs; }`,
      `uretprobe:${libc}:getaddrinfo /@begun[tid]/ { print((nsecs, pid, tid, comm, str(@host[tid]), (nsecs - @begun[tid]) / 1000, retval)); delete(@host[tid]); delete(@begun[tid]); }`,
      cleared('@host', '@begun'),
    ].join('\n'),
  },
  {
    name: 'tcp-connects', title: 'TCP connections begun', description: 'Each connection that a process of this machine begins: where to.',
    risk: 'low', privacy: 'high', riskReason: 'One hit for each change of state of a TCP connection. Addresses are personal data in some places: high for privacy.',
    parameters: [processParameter], fields: ['comm', 'address', 'port'], needs: ['sock/inet_sock_set_state'], byProcess: true,
    program: ({ where }) => `tracepoint:sock:inet_sock_set_state ${where('args->newstate == 2', 'args->protocol == 6')} { if (args->family == 2) { print((nsecs, pid, tid, comm, ntop(args->daddr), args->dport)); } else { print((nsecs, pid, tid, comm, ntop(args->daddr_v6), args->dport)); } }`,
  },
  {
    name: 'tcp-retransmits', title: 'TCP segments sent again', description: 'Each segment that had to be sent again: a sign of loss or of a peer that does not answer.',
    risk: 'low', privacy: 'high', riskReason: 'Only what is sent again: rare on a healthy network. Addresses are personal data in some places: high for privacy.', parameters: [], fields: ['address', 'port', 'local_port'], needs: ['tcp/tcp_retransmit_skb'], byProcess: false,
    program: () => 'tracepoint:tcp:tcp_retransmit_skb { if (args->family == 2) { print((nsecs, 0, 0, ntop(args->daddr), args->dport, args->sport)); } else { print((nsecs, 0, 0, ntop(args->daddr_v6), args->dport, args->sport)); } }',
  },
  {
    name: 'execs', title: 'Programs started', description: 'Each program that is started: its file, the process that it becomes, and the user (by number) that it runs as.',
    risk: 'low', privacy: 'medium', riskReason: 'One hit for each program that starts. Paths of programs may say who works on what: medium for privacy.', parameters: [processParameter], fields: ['comm', 'path', 'uid'], needs: ['sched/sched_process_exec'], byProcess: true,
    program: ({ where }) => `tracepoint:sched:sched_process_exec ${where()} { print((nsecs, pid, tid, comm, str(args->filename), uid)); }`,
  },
  {
    name: 'slow-disk-io', title: 'Slow disk requests', description: 'Requests to block devices that take longer than a limit, by device, with their kind (R read, W write, F flush …).',
    risk: 'medium', privacy: 'low', riskReason: 'Runs at the beginning and end of each disk request: fast devices make hundreds of thousands a second.',
    parameters: [millisecondsParameter('Longer than, milliseconds', 10)], fields: ['device', 'sector', 'sectors', 'operation', 'duration_us'], words: { device: (value) => `${Math.floor(value / 2 ** 20)}:${value % 2 ** 20}` }, needs: ['block/block_rq_issue', 'block/block_rq_complete'], byProcess: false,
    program: ({ number }) => [
      'tracepoint:block:block_rq_issue { @begun[args->dev, args->sector] = nsecs; }',
      `tracepoint:block:block_rq_complete /@begun[args->dev, args->sector]/ { $us = (nsecs - @begun[args->dev, args->sector]) / 1000; if ($us >= ${number('ms') * 1000}) { print((nsecs, 0, 0, args->dev, args->sector, args->nr_sector, args->rwbs, $us)); } delete(@begun[args->dev, args->sector]); }`,
      cleared('@begun'),
    ].join('\n'),
  },
  {
    name: 'signals', title: 'Signals sent', description: 'Who sends which signal to whom: who ended my process? The process that is chosen is the sender.',
    risk: 'low', privacy: 'low', riskReason: 'One hit for each signal; programs that use timers by signal make many.',
    parameters: [{ name: 'signal', label: 'Number of the signal (9 is KILL, 15 TERM), 0 for all', type: 'number', least: 0, most: 64, default: 0 }, processParameter], fields: ['comm', 'signal', 'to_pid', 'to_comm'], words: { signal: signalWord }, needs: ['signal/signal_generate'], byProcess: true,
    program: ({ number, where }) => `tracepoint:signal:signal_generate ${where(...signalNumber(number('signal')))} { print((nsecs, pid, tid, comm, args->sig, args->pid, args->comm)); }`,
  },
  {
    name: 'oom-kills', title: 'Processes killed for lack of memory', description: 'Which process the kernel chose when memory ran out, and in whose context it noticed.',
    risk: 'low', privacy: 'low', riskReason: 'Costs nothing until memory runs out.', parameters: [], fields: ['comm', 'victim_pid'], needs: ['oom/mark_victim'], byProcess: false,
    program: () => 'tracepoint:oom:mark_victim { print((nsecs, pid, tid, comm, args->pid)); }',
  },
  {
    name: 'off-cpu', title: 'Long waits (off CPU)', description: 'How long threads were away from the processor, when longer than a limit, and why: asleep, waiting for a disk, or ready with no processor free.',
    risk: 'high', privacy: 'low', riskReason: 'Runs at every switch between threads on the machine: hundreds of thousands a second on a busy one.',
    parameters: [millisecondsParameter('Longer than, milliseconds', 50), processParameter], fields: ['comm', 'duration_us', 'waited'], words: { waited: (value) => ['ready to run', 'asleep', 'waiting for a disk or a lock of the kernel'][value] ?? null }, needs: ['sched/sched_switch'], byProcess: true,
    program: ({ number, wanted }) => [
      `tracepoint:sched:sched_switch { $since = @since[args->next_pid]; if ($since > 0) { $us = (nsecs - $since) / 1000; if ($us >= ${number('ms') * 1000}) { print((nsecs, @owner[args->next_pid], args->next_pid, args->next_comm, $us, @why[args->next_pid])); } delete(@since[args->next_pid]); delete(@owner[args->next_pid]); delete(@why[args->next_pid]); } if (tid != 0 && ${wanted()}) { @since[tid] = nsecs; @owner[tid] = pid; @why[tid] = args->prev_state & 3; } }`,
      cleared('@since', '@owner', '@why'),
    ].join('\n'),
  },
];
