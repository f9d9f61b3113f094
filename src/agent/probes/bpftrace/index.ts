export { bpftraceMechanism, bpftraceTemplates, type BpftracePorts } from './bpftrace-mechanism.ts';
