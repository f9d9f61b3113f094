// Threads, stacks and registers out of gdb's text.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { alikeThreads, threadStacks } from './thread-stacks.ts';

const text = `
Thread 3 (Thread 0x7f3a1c7fe700 (LWP 4123) "libuv-worker"):
#0  __futex_abstimed_wait_common (...) at ./nptl/futex-internal.c:57
#1  0x00007f3a1c0 in worker (...) at deps/uv/src/threadpool.c:76

Thread 2 (Thread 0x7f3a1d7fe700 (LWP 4122) "libuv-worker"):
#0  __futex_abstimed_wait_common (...) at ./nptl/futex-internal.c:57
#1  0x00007f3a1c1 in worker (...) at deps/uv/src/threadpool.c:76
(More stack frames follow...)

Thread 1 (process 4121):
#0  0x00007f3a2c0 in epoll_wait () from /lib/libc.so.6
#1  0x00005581b20 in ?? ()
rax            0xfffffffffffffffc  -4
rip            0x7f3a2c0           0x7f3a2c0 <epoll_wait+94>
eflags         0x246               [ PF ZF IF ]
`;

it('reads threads in order, with places, libraries, registers and what else gdb says', () => {
  const [one, two, three] = threadStacks(text);
  expect(one).toMatchObject({ number: 1, lwp: null, name: '', frames: [{ level: 0, address: '0x00007f3a2c0', name: 'epoll_wait', place: '/lib/libc.so.6' }, { level: 1, name: '??', place: '' }] });
  expect(one?.registers.map(({ name, value }) => [name, value])).toEqual([['rax', '0xfffffffffffffffc  -4'], ['rip', '0x7f3a2c0           0x7f3a2c0 <epoll_wait+94>'], ['eflags', '0x246               [ PF ZF IF ]']]);
  expect(two).toMatchObject({ number: 2, lwp: 4122, name: 'libuv-worker', notes: ['(More stack frames follow...)'], frames: [{ name: '__futex_abstimed_wait_common', address: null, place: './nptl/futex-internal.c:57' }, { name: 'worker' }] });
  expect(three?.number).toBe(3);
});

it('puts threads at one place together, but none of other names or stacks', () => {
  expect(alikeThreads(threadStacks(text)).map(({ threads }) => threads.map(({ number }) => number))).toEqual([[1], [2, 3]]);
});

it('keeps threads together whose registers and addresses differ', () => {
  const [one, two] = [4, 5].map(number => `Thread ${number} (LWP ${number}):\n#0  0x${number}a in wait () from /lib/libc.so.6\n#1  0x${number}b in worker (...) at pool.c:76\nrip            0x${number}a  0x${number}a <wait+1>\nrsp            0x${number}000  0x${number}000\n`);
  const groups = alikeThreads(threadStacks(`${one}\n${two}`));
  expect(groups.map(({ threads }) => threads.map(({ number, registers }) => [number, registers.length]))).toEqual([[[4, 2], [5, 2]]]);
});

it('takes any text, and finds as many threads as it has heads', () => {
  expect(threadStacks('ss -s\nTotal: 4\n')).toEqual([]);
  fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.nat(99).map(n => `Thread ${n} (LWP ${n}):`), fc.nat(9).map(n => `#${n}  0x12 in f () at a.c:1`))), lines => {
    const threads = threadStacks(lines.join('\n'));
    expect(alikeThreads(threads).flatMap(({ threads: own }) => own)).toHaveLength(threads.length);
    expect(threads.length).toBeGreaterThanOrEqual(lines.filter(line => /^Thread \d+ \(LWP \d+\):$/.test(line)).length);
  }));
});
