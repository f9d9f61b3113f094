// Calls that the gRPC library ends by itself (message too long, bad compression, cut off by the client) never reach a handler.
// This interceptor sees them: it counts them, and it counts which calls are pending.
import * as grpc from '@grpc/grpc-js';
import type { Intake } from '../pipeline/index.ts';
import type { Admission } from './limits.ts';

export function countRefusedCalls(intake: Intake, admission: Admission): grpc.ServerInterceptor {
  return (_method, call) => {
    let arrived = false;
    let left = false;
    const ended = statusOf(call);
    const leave = (): void => {
      if (!left) admission.leave(0);
      left = true;
    };
    admission.enter();
    return new grpc.ServerInterceptingCall(call, {
      start: (next) => next({
        onReceiveMessage: (message, pass) => { arrived = true; leave(); pass(message); },
        onCancel: () => {
          // Before the message has arrived, only its length can exhaust anything.
          if (!arrived) intake.refused(ended() === grpc.status.RESOURCE_EXHAUSTED ? 'tooLarge' : 'other');
          arrived = true;
          leave();
        },
      }),
      sendStatus: (status, next) => { leave(); next(status); },
    });
  };
}

/** What the library ends a call with by itself goes past interceptors, straight to the call's own `sendStatus`: noted there. */
function statusOf(call: grpc.ServerInterceptingCallInterface): () => grpc.status | null {
  let code: grpc.status | null = null;
  const send = call.sendStatus.bind(call);
  call.sendStatus = (status) => { code = status.code ?? null; send(status); };
  return () => code;
}
