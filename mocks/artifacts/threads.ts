// What gdb writes of all threads of a process that stands still: `thread apply all -s bt`, without arguments.
const frames = (names: readonly string[]): string => names.map((name, at) => `#${String(at).padEnd(2)} ${at === 0 ? '' : `0x00007f3a1c0${(at * 4919).toString(16).padStart(5, '0')} in `}${name}`).join('\n');
const thread = (number: number, lwp: number, name: string, names: readonly string[]): string => `Thread ${number} (Thread 0x7f3a1c${(lwp * 257).toString(16)} (LWP ${lwp}) "${name}"):\n${frames(names)}\n`;

const sleeping = ['__futex_abstimed_wait_common (...) at ./nptl/futex-internal.c:57', '__pthread_cond_wait (...) at ./nptl/pthread_cond_wait.c:618', 'uv_cond_wait (...) at deps/uv/src/unix/thread.c:814', 'worker (...) at deps/uv/src/threadpool.c:76', 'start_thread (...) at ./nptl/pthread_create.c:442', 'clone3 () at ../sysdeps/unix/sysv/linux/x86_64/clone3.S:81'];
const compiling = ['v8::internal::compiler::GraphReducer::ReduceTop () from /usr/local/bin/node', 'v8::internal::compiler::PipelineImpl::OptimizeGraph () from /usr/local/bin/node', 'v8::internal::OptimizedCompilationJob::ExecuteJob () from /usr/local/bin/node', 'node::PlatformWorkerThread () from /usr/local/bin/node', 'start_thread (...) at ./nptl/pthread_create.c:442', 'clone3 () at ../sysdeps/unix/sysv/linux/x86_64/clone3.S:81'];
const waiting = ['epoll_wait (...) at ../sysdeps/unix/sysv/linux/epoll_wait.c:30', 'uv__io_poll (...) at deps/uv/src/unix/linux.c:1465', 'uv_run (...) at deps/uv/src/unix/core.c:447', 'node::SpinEventLoopInternal () from /usr/local/bin/node', 'node::NodeMainInstance::Run () from /usr/local/bin/node', 'node::Start () from /usr/local/bin/node', '__libc_start_main_impl (...) at ../csu/libc-start.c:360', '_start ()'];

export const madeThreads = (): Uint8Array => new TextEncoder().encode([
  ...[7, 6, 5, 4].map(number => thread(number, 4126 + number, 'libuv-worker', sleeping)), thread(3, 4124, 'V8Worker', compiling), thread(2, 4123, 'V8Worker', compiling.slice(3)), thread(1, 4121, 'node', waiting),
].join('\n'));
