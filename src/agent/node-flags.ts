/**
 * Flags that an agent's process should be started with. V8 spreads each collection over helper threads; with an agent's small
 * heap (about 20 MB) and many short-lived buffers they mostly wait for each other: under the forward bench on two cores they took
 * as much CPU as all the rest. They cannot be changed in a running process.
 */
export const agentNodeFlags: readonly string[] = ['--single-threaded-gc'];
