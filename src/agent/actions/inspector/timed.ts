// How long a command really kept the process from running its loop, by clocks of the process itself.
import type { CallBounds, CdpSession } from './cdp-session.ts';

const clock = 'Number(process.hrtime.bigint())/1e6';

/** For a command that is over when it has answered: the time right before and right after. The three messages go out together, so that
 *  nothing else gets in between. */
export async function timed(session: CdpSession, method: string, params: object, bounds: CallBounds): Promise<{ readonly answer: Buffer; readonly pauseMs: number }> {
  const before = clockOf(session, bounds.timeoutMs);
  const answer = session.callRaw(method, params, bounds);
  const after = clockOf(session, bounds.timeoutMs);
  const [from, raw, to] = await Promise.all([before, answer, after]);
  throwIfError(raw, method);
  return { answer: raw, pauseMs: Math.max(0, to - from) };
}

const builtin = `const b=(n)=>process.getBuiltinModule?process.getBuiltinModule(n):process.mainModule.require(n)`;
const watchLoop = `(()=>{${builtin};const h=b('perf_hooks').monitorEventLoopDelay({resolution:1});h.enable();globalThis[Symbol.for('weir.loop')]=h;return true})()`;
/** After the loop has turned again, or the histogram would not know of the stretch that just ended. */
const readLoop = `(async()=>{const s=Symbol.for('weir.loop'),h=globalThis[s];await new Promise((r)=>setTimeout(r,5));h.disable();delete globalThis[s];return h.max>0&&h.max<1e15?h.max/1e6:null})()`;

/** For a command that the process does when it comes to it (a heap snapshot): the longest stretch in which its loop did not turn. Where Node
 *  cannot tell, the time from asking to answer, which is an upper bound. */
export async function timedLoop(session: CdpSession, method: string, params: object, timeoutMs: number): Promise<{ readonly pauseMs: number }> {
  const watches = await session.evaluate<boolean>(watchLoop).catch(() => false);
  const from = await clockOf(session);
  throwIfError(await session.callRaw(method, params, { timeoutMs }), method);
  const whole = await clockOf(session, timeoutMs) - from;
  const longest = watches ? await session.evaluate<number | null>(readLoop, timeoutMs).catch(() => null) : null;
  return { pauseMs: typeof longest === 'number' ? Math.min(whole, longest) : whole };
}

/** The process may have replaced its clock. */
async function clockOf(session: CdpSession, timeoutMs?: number): Promise<number> {
  const told: unknown = await session.evaluate(clock, timeoutMs);
  if (typeof told !== 'number' || !Number.isFinite(told)) throw new Error('the process has no clock that tells a time');
  return told;
}

function throwIfError(raw: Buffer, method: string): void {
  const { error } = (raw.length < 1000 ? JSON.parse(raw.toString('utf8')) : {}) as { error?: { message: string } };
  if (error !== undefined) throw new Error(`${method}: ${error.message}`);
}
