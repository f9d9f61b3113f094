// A Weir that is killed while its probe is in: puts one in, prints what it noted, and waits. Arguments: binary, pid, key.
import { uprobeSpec } from '../../../../model/index.ts';
import { uprobeMechanism } from '../index.ts';
import { Notes, ports, proc, Seen } from './here.ts';

const [binary = '', pid = '', key = ''] = process.argv.slice(2);
const notes = new Notes();
const stat = await proc.stat(Number(pid));
const target = { pid: Number(pid), startTicks: stat?.startTicks ?? 0, parentPid: 0, name: 'target', command: '', runtime: 'native', runtimeVersion: null, user: 'root', container: null, service: null, startedUnixMs: 0, rssBytes: 0, cpuShare: null, isWeir: false } as const;
const done = await uprobeMechanism(ports).insert({ key, spec: uprobeSpec.parse({ binary, symbol: 'work' }), process: target, signal: new AbortController().signal }, new Seen(), notes.note);
if (!done.ok) throw new Error(done.error.message);
console.log(JSON.stringify(notes.left[0]));
setInterval(() => undefined, 1000);
