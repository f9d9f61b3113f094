// The stack that most stories use: started before a file's tests, forwarding to a downstream that counts, both ended after.
import { test } from 'playwright/test';
import { DownstreamSink } from './sink.ts';
import { startStack, type Stack } from './stack.ts';

/** `started` gets the stack before the first test; the answer is what stands downstream of it. */
export function forwardingStack(started: (stack: Stack) => void, options: readonly string[] = ['--no-demo']): DownstreamSink {
  const sink = new DownstreamSink();
  let stack: Stack | null = null;
  test.beforeAll(async () => {
    await sink.start();
    stack = await startStack([...options, '--forward', sink.url]);
    started(stack);
  });
  test.afterAll(async () => {
    await stack?.stop();
    await sink.kill();
  });
  return sink;
}
