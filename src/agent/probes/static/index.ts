// Static probes: syslog, tailed files, the journal.
import type { StaticProbeTable } from '../contract.ts';
import { fileProbe } from './file/file-probe.ts';
import { journalProbe } from './journal/journal-probe.ts';
import { syslogProbe } from './syslog/syslog-probe.ts';

export const staticProbes: StaticProbeTable = {
  syslog: (spec, ports) => syslogProbe(spec, ports),
  file: fileProbe,
  journald: (spec, ports) => journalProbe(spec, ports),
};
