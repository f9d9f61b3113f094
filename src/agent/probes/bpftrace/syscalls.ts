// Numbers of system calls: which are made to wait, and names of those that people ask about. Source: syscalls(2), the tables of Linux by processor.
import { arch } from 'node:process';

type Table = Readonly<Record<number, string>>;
const x64: Table = {
  0: 'read', 1: 'write', 2: 'open', 3: 'close', 4: 'stat', 5: 'fstat', 6: 'lstat', 8: 'lseek', 9: 'mmap', 10: 'mprotect', 11: 'munmap', 12: 'brk', 16: 'ioctl', 17: 'pread64', 18: 'pwrite64', 19: 'readv', 20: 'writev', 21: 'access', 28: 'madvise',
  42: 'connect', 43: 'accept', 44: 'sendto', 45: 'recvfrom', 46: 'sendmsg', 47: 'recvmsg', 56: 'clone', 57: 'fork', 58: 'vfork', 59: 'execve', 62: 'kill', 72: 'fcntl', 73: 'flock', 74: 'fsync', 75: 'fdatasync', 76: 'truncate', 77: 'ftruncate', 78: 'getdents',
  82: 'rename', 83: 'mkdir', 84: 'rmdir', 87: 'unlink', 162: 'sync', 217: 'getdents64', 221: 'fadvise64', 257: 'openat', 262: 'newfstatat', 263: 'unlinkat', 264: 'renameat', 269: 'faccessat', 275: 'splice', 277: 'sync_file_range', 285: 'fallocate', 288: 'accept4', 306: 'syncfs',
  307: 'sendmmsg', 316: 'renameat2', 318: 'getrandom', 326: 'copy_file_range', 332: 'statx', 426: 'io_uring_enter', 435: 'clone3', 437: 'openat2',
};
const arm64: Table = {
  29: 'ioctl', 32: 'flock', 35: 'unlinkat', 38: 'renameat', 46: 'ftruncate', 47: 'fallocate', 48: 'faccessat', 56: 'openat', 57: 'close', 61: 'getdents64', 62: 'lseek', 63: 'read', 64: 'write', 65: 'readv', 66: 'writev', 67: 'pread64', 68: 'pwrite64', 76: 'splice', 79: 'newfstatat',
  80: 'fstat', 81: 'sync', 82: 'fsync', 83: 'fdatasync', 84: 'sync_file_range', 129: 'kill', 202: 'accept', 203: 'connect', 206: 'sendto', 207: 'recvfrom', 211: 'sendmsg', 212: 'recvmsg', 214: 'brk', 215: 'munmap', 220: 'clone', 221: 'execve', 222: 'mmap', 226: 'mprotect', 233: 'madvise',
  242: 'accept4', 267: 'syncfs', 269: 'sendmmsg', 276: 'renameat2', 278: 'getrandom', 285: 'copy_file_range', 291: 'statx', 426: 'io_uring_enter', 435: 'clone3', 437: 'openat2',
};

/** poll, select, pause, nanosleep, wait, futex, epoll, rt_sigtimedwait, restart_syscall and their kin. */
const waitingOf: Readonly<Record<string, readonly number[]>> = {
  x64: [7, 23, 34, 35, 61, 128, 130, 202, 208, 219, 230, 232, 247, 270, 271, 281, 441, 449],
  arm64: [4, 22, 72, 73, 95, 98, 101, 115, 128, 133, 137, 260, 441, 449],
};
export const waitingCalls: readonly number[] = waitingOf[arch] ?? [];
export const syscallName = (number: number): string | null => (arch === 'arm64' ? arm64 : x64)[number] ?? null;
