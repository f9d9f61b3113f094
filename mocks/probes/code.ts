// What runs in the mock processes.
import type { BinarySymbols, ProbeGallery, ProcessScripts, ProcessSource } from '../../src/model/index.ts';

const tower = `// The game of the waiting room.
export function play(user, disks) {
  const game = newGame(user, disks);
  const [left, middle, right] = game.pegs;
  solve(game, disks, left, right, middle);
  const moves = game.moves;
  return moves;
}

function solve(game, count, from, to, spare) {
  if (count === 0) return;
  solve(game, count - 1, from, spare, to);
  game.moves += 1;
  solve(game, count - 1, spare, to, from);
}
`;
export const towerPath = '/shop/src/tower.js';

export const mockScripts = (): ProcessScripts => ({
  files: [
    { id: '12', path: towerPath, generated: null, kind: 'own' }, { id: '13', path: '/shop/src/checkout.ts', generated: '/shop/dist/checkout.js', kind: 'own' },
    { id: '14', path: '/shop/node_modules/fastify/fastify.js', generated: null, kind: 'dependency' }, { id: '15', path: 'node:internal/timers', generated: null, kind: 'runtime' },
  ], more: 0, problem: null,
});

export const mockSource = (file: string): ProcessSource => (towerPath.endsWith(file)
  ? { path: towerPath, text: tower, cut: false, lines: [3, 4, 5, 6, 7, 11, 12, 13, 14], problem: null }
  : { path: file, text: '', cut: false, lines: [], problem: { code: 'probe.file-not-found', message: `No file of this process ends in ${file}.`, help: `Nearest: ${towerPath}.` } });

export const mockSymbols = (text: string): BinarySymbols => ({
  binaries: ['/usr/lib/postgresql/16/bin/postgres'], usdt: [{ binary: '/usr/lib/postgresql/16/bin/postgres', provider: 'postgresql', name: 'query__start' }], more: 0, problem: null,
  symbols: [
    { binary: '/usr/lib/postgresql/16/bin/postgres', name: 'exec_simple_query', shown: 'exec_simple_query', address: '0x4fa210', size: 812, parameters: [{ name: 'query_string', type: 'const char *', argument: 'query_string=+0(%di):string' }], place: 'postgres.c:1018' },
    { binary: '/usr/lib/postgresql/16/bin/postgres', name: 'pg_analyze_and_rewrite', shown: 'pg_analyze_and_rewrite', address: '0x4fb110', size: 240, parameters: null, place: null },
  ].filter(({ name }) => name.includes(text)),
});

type Parameters = Readonly<Record<string, string | number>>;
const slow = ({ ms = 10, process = '' }: Parameters): string => [
  `tracepoint:raw_syscalls:sys_enter ${process === '' ? '' : `/comm == "${process}"/ `}{ @at[tid] = nsecs; }`,
  `tracepoint:raw_syscalls:sys_exit /@at[tid]/ { if (nsecs - @at[tid] > ${Number(ms) * 1_000_000}) { print((nsecs, pid, comm)); } delete(@at[tid]); }`,
].join('\n');
const opens = ({ process = '' }: Parameters): string => `tracepoint:syscalls:sys_enter_openat ${process === '' ? '' : `/comm == "${process}"/ `}{ print((nsecs, pid, comm, str(args.filename))); }`;

/** What would run. */
export const mockProgram = (template: string, parameters: Parameters): string[] => (template === 'slow-syscalls' ? slow(parameters) : opens(parameters)).split('\n');

export const mockGallery = (): ProbeGallery => ({
  kinds: { logpoint: null, uprobe: null, usdt: null, bpftrace: null },
  templates: [
    { name: 'slow-syscalls', title: 'Slow system calls', description: 'System calls that take longer than a bound, by process.', program: slow({}), parameters: [{ name: 'ms', label: 'Longer than, ms', default: 10 }, { name: 'process', label: 'Process name, empty for all', default: '' }], risk: 'medium', riskReason: 'It runs at every system call of the machine.' },
    { name: 'file-opens', title: 'File opens', description: 'Which process opens which file.', program: opens({}), parameters: [{ name: 'process', label: 'Process name, empty for all', default: '' }], risk: 'low', riskReason: '' },
  ],
});
