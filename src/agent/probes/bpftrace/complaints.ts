// What bpftrace says when it cannot, in words that help: which right, kernel option or symbol is missing.
import type { Failure } from '../../../base/index.ts';

interface Known { readonly pattern: RegExp; readonly code: string; readonly message: string; readonly help: string }

const known: readonly Known[] = [
  { pattern: /only supports running as the root|Operation not permitted|CAP_(?:BPF|SYS_ADMIN|PERFMON)|must be run as root/i, code: 'probe.no-permission', message: 'Loading a program into the kernel needs root, or CAP_BPF and CAP_PERFMON.', help: 'Run Weir as root. In a container: privileged, with the pid namespace of the host.' },
  { pattern: /lockdown|locked down/i, code: 'probe.no-permission', message: 'The kernel is locked down and takes no BPF programs.', help: 'See /sys/kernel/security/lockdown; it is chosen at boot.' },
  { pattern: /kprobe_events|kprobe.*(?:No such file|not supported)/i, code: 'probe.no-kernel-support', message: 'This kernel has no kprobes (CONFIG_KPROBES).', help: 'Use tracepoints, as the templates do, or another kernel.' },
  { pattern: /tracepoint not found|Could not find tracepoint|tracepoint.*(?:No such file|does not exist)/i, code: 'probe.no-kernel-support', message: 'This kernel does not have one of the tracepoints that the program uses.', help: 'List them: bpftrace -l "tracepoint:*".' },
  { pattern: /BTF|vmlinux\.h|struct .* (?:has not been defined|not found)/i, code: 'probe.no-kernel-support', message: 'The kernel does not describe its types (CONFIG_DEBUG_INFO_BTF), which the program needs.', help: 'Use a kernel with /sys/kernel/btf/vmlinux, or install the headers of the running kernel.' },
  { pattern: /could not resolve symbol|symbol.*not found|Could not (?:find|resolve)/i, code: 'probe.no-symbol', message: 'A function that the program names is not in that file.', help: 'Search its functions (probe symbols).' },
  { pattern: /Error loading (?:program|BPF)|verifier|invalid (?:mem|stack) access|Kernel error log/i, code: 'probe.kernel-refused', message: 'The check of the kernel (the BPF verifier) refused the program.', help: 'Newer versions of bpftrace fit newer kernels better.' },
  { pattern: /syntax error|unexpected|Unknown (?:variable|function|identifier|field)|Undefined/i, code: 'probe.bad-program', message: 'bpftrace does not understand the program.', help: 'Try it by hand: bpftrace -e PROGRAM.' },
];

/** What says nothing: a limit that newer kernels do not have, and warnings. */
const isNoise = (line: string): boolean => line.trim() === '' || line.includes('RLIMIT_MEMLOCK') || /^(?:stdin:.*)?WARNING/.test(line) || /^[~^\s]+$/.test(line);

export function complaintOf(stderr: string, code: number | null): Failure {
  const lines = stderr.split('\n').filter((line) => !isNoise(line));
  const said = lines.slice(0, 4).join(' ').slice(0, 500) || `it ended with code ${code ?? 'of a signal'} and said nothing`;
  const found = known.find(({ pattern }) => pattern.test(lines.join('\n')));
  if (found === undefined) return { code: 'probe.tool-failed', message: `bpftrace could not do it: ${said}`, help: 'Try it by hand, as root: bpftrace -e PROGRAM.' };
  return { code: found.code, message: `${found.message} bpftrace says: ${said}`, help: found.help };
}
