/**
 * Flags that an agent's process should be started with; they cannot be changed in a running process.
 * - V8 spreads each collection over helper threads; with an agent's small heap and many short-lived buffers they mostly wait for each other:
 *   under the forward bench on two cores they took as much CPU as all the rest.
 * - V8 lets the young generation grow to 64 MB while a program starts, and keeps it. What an agent makes of a request is gone with the
 *   request, and its bytes lie elsewhere: 8 MB do as well.
 */
export const agentNodeFlags: readonly string[] = ['--single-threaded-gc', '--max-semi-space-size=4'];
