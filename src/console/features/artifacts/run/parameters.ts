// The form of each action: its fields in units people type, and the parameters that they become.
import { actionParameters, type ActionName } from '../../../../model/index.ts';

export interface ParameterField {
  readonly name: string; readonly label: string; readonly hint?: string; readonly placeholder?: string; readonly required?: boolean;
  /** `seconds` and `mebibytes` are multiplied on the way; `lines` is one text a line; `choice` has options, of which the empty one leaves it to the agent. */
  readonly type: 'seconds' | 'mebibytes' | 'number' | 'text' | 'lines' | 'choice';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** Offered, not imposed. */
  readonly suggestions?: readonly string[];
  /** Which list of the machine's owner says what may be asked for. */
  readonly allowedBy?: 'commands' | 'files' | 'configFiles';
}
export type ParameterTexts = Readonly<Record<string, string>>;

/** Whether it is about a process: it must be, it may be, or it is about the machine. */
export const aboutProcess: Readonly<Record<ActionName, 'process' | 'maybe' | 'machine'>> = {
  'cpu-sample': 'process', 'heap-sample': 'process', 'memory-dump': 'process', 'collect-config': 'process', 'collect-state': 'process', 'verbose-logs': 'maybe', 'packet-capture': 'maybe', 'collect-files': 'maybe',
  'diagnostic-command': 'maybe', 'collect-recorder': 'machine', 'start-recorder': 'machine', 'stop-recorder': 'machine',
};

const duration = (placeholder: string): ParameterField => ({ name: 'durationMs', label: 'For how long, seconds', type: 'seconds', placeholder });
const byAgent = { value: '', label: 'as the agent finds best' };
const recorder: ParameterField = { name: 'recorder', label: 'Recorder', type: 'text', required: true, placeholder: 'choose or type its name' };
const usualCommands = ['ss -s', 'ss -tanp', 'df -h', 'free -m', 'uptime', 'vmstat 1 3', 'ps aux', 'lsof -nP -p {pid}', 'pmap -x {pid}', 'top -b -n 1', 'ip addr', 'cat /proc/meminfo', 'cat /proc/pressure/cpu', 'cat /proc/pressure/memory'];

export const parameterFields: Readonly<Record<ActionName, readonly ParameterField[]>> = {
  'cpu-sample': [duration('10'), { name: 'hertz', label: 'Samples a second', type: 'number', placeholder: 'as usual' },
    { name: 'means', label: 'By', type: 'choice', options: [byAgent, { value: 'inspector', label: 'V8 inspector' }, { value: 'perf', label: 'perf' }, { value: 'jvm', label: 'JVM tools' }, { value: 'python', label: 'Python tools' }] },
    { name: 'callGraph', label: 'How perf walks stacks', type: 'choice', options: [byAgent, { value: 'fp', label: 'frame pointers' }, { value: 'dwarf', label: 'DWARF' }] }],
  'heap-sample': [duration('30'), { name: 'intervalBytes', label: 'Bytes between two samples', type: 'number', placeholder: 'as usual' }],
  'memory-dump': [{ name: 'againAfterMs', label: 'And again after, seconds', type: 'seconds', placeholder: 'once', hint: 'Of Node: only two of one run can be compared object by object.' }, { name: 'maxPauseMs', label: 'Refuse above a pause of, seconds', type: 'seconds', placeholder: 'as usual' }, { name: 'maxBytes', label: 'No larger than, MiB', type: 'mebibytes', placeholder: 'as usual' },
    { name: 'means', label: 'By', type: 'choice', options: [byAgent, { value: 'inspector', label: 'V8 inspector' }, { value: 'gcore', label: 'gcore' }, { value: 'jcmd', label: 'jcmd' }] }],
  'verbose-logs': [duration('60'), { name: 'severityNumber', label: 'From severity', type: 'choice', options: [byAgent, { value: '1', label: 'trace' }, { value: '5', label: 'debug' }, { value: '9', label: 'info' }] }],
  'packet-capture': [duration('10'), { name: 'filter', label: 'Filter, pcap-filter(7)', type: 'text', placeholder: 'port 5432' }, { name: 'interface', label: 'Interface', type: 'text', placeholder: 'any' }, { name: 'snapLength', label: 'Bytes kept of a packet', type: 'number', placeholder: 'as usual' }, { name: 'maxBytes', label: 'No larger than, MiB', type: 'mebibytes', placeholder: 'as usual' }, { name: 'maxPackets', label: 'At most so many packets', type: 'number', placeholder: 'as usual' }],
  'collect-config': [{ name: 'files', label: 'Files, one pattern a line', type: 'lines', placeholder: '{cwd}/config/*', hint: 'Empty: those that the machine\'s owner listed.', allowedBy: 'configFiles' }],
  'collect-state': [{ name: 'runtime', label: 'Event loop, heap of Node', type: 'choice', options: [{ value: '', label: 'if open anyway' }, { value: 'true', label: 'by SIGUSR1' }, { value: 'false', label: 'no' }] }],
  'collect-files': [{ name: 'files', label: 'Files, one pattern a line', type: 'lines', required: true, placeholder: '{cwd}/logs/*', hint: 'Only what the machine\'s owner allows is taken.', allowedBy: 'files' }, { name: 'maxBytes', label: 'No larger than, MiB', type: 'mebibytes', placeholder: 'as usual' }],
  'diagnostic-command': [{ name: 'command', label: 'Command', type: 'text', required: true, placeholder: 'ss -s', suggestions: usualCommands, allowedBy: 'commands', hint: 'Word for word as the machine\'s owner allows it; {pid} is the process. The preview says when it is not allowed, and what is.' }, duration('10')],
  'collect-recorder': [recorder, { name: 'key', label: 'Only this key', type: 'text', placeholder: 'every key' }, { name: 'lastMs', label: 'No older than, seconds', type: 'seconds', placeholder: 'all it holds' }],
  'start-recorder': [recorder], 'stop-recorder': [recorder],
};

/** The parameters, or what is wrong by field, in words. A field that is left empty is left to the agent. */
export function parametersOf(action: ActionName, texts: ParameterTexts): { readonly parameters: Record<string, unknown> | null; readonly problems: Readonly<Record<string, string>> } {
  const fields = parameterFields[action];
  const given = fields.flatMap(field => { const value = valueOf(field, (texts[field.name] ?? '').trim()); return value === undefined ? [] : [[field.name, value] as const]; });
  const parsed = actionParameters[action].safeParse(Object.fromEntries(given));
  if (parsed.success) return { parameters: parsed.data, problems: {} };
  return { parameters: null, problems: Object.fromEntries(parsed.error.issues.map(issue => { const name = String(issue.path[0]); return [name, problemOf(fields.find(field => field.name === name), texts[name] ?? '', issue)]; })) };
}

function valueOf({ type, name }: ParameterField, text: string): unknown {
  if (text === '') return undefined;
  if (type === 'seconds') return Math.round(Number(text) * 1000);
  if (type === 'mebibytes') return Math.round(Number(text) * 2 ** 20);
  if (name === 'runtime') return text === 'true';
  if (type === 'number' || name === 'severityNumber') return Number(text);
  return type === 'lines' ? text.split('\n').map(line => line.trim()).filter(line => line !== '') : text;
}

interface Issue { readonly code?: string | undefined; readonly minimum?: number | bigint; readonly maximum?: number | bigint }

function problemOf(field: ParameterField | undefined, text: string, { code, minimum, maximum }: Issue): string {
  if (text.trim() === '') return 'This is needed.';
  const scale = field?.type === 'seconds' ? 1000 : field?.type === 'mebibytes' ? 2 ** 20 : 1;
  const bound = (value: number | bigint) => Math.round(Number(value) / scale * 1000) / 1000;
  if (code === 'too_small' && minimum !== undefined) return `Use at least ${bound(minimum)}.`;
  if (code === 'too_big' && maximum !== undefined) return `Use at most ${bound(maximum)}.`;
  return field?.type === 'text' || field?.type === 'lines' ? 'This has a character that is not allowed here, or is too long.' : 'Use a number.';
}

/** A run's parameters as the texts of the form: what `parametersOf` makes the same of again. */
export function textsOf(action: ActionName, parameters: Readonly<Record<string, unknown>>): ParameterTexts {
  return Object.fromEntries(parameterFields[action].flatMap(({ name, type }) => { const value = parameters[name]; return value === undefined || value === null ? [] : [[name, textOf(type, value)] as const]; }));
}

function textOf(type: ParameterField['type'], value: unknown): string {
  if (typeof value === 'number') return String(type === 'seconds' ? value / 1000 : type === 'mebibytes' ? value / 2 ** 20 : value);
  return Array.isArray(value) ? value.map(String).join('\n') : String(value);
}
