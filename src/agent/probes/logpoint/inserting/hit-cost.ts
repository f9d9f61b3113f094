// What a breakpoint with a condition costs in this very process, by a loop of Weir's own that passes one a few times: about two milliseconds.
import type { CdpSession } from '../../../actions/inspector/index.ts';

/** No file of the program. */
const ownUrl = 'weir:hit-cost';
const passes = 10;
const script = `(()=>{const from=process.hrtime();for(let i=0;i<${passes};i++){\nString(i);\n}const took=process.hrtime(from);return took[0]*1e3+took[1]/1e6})()`;

/** Milliseconds a pass. Null: V8 set no breakpoint there. */
export async function measureHit(session: Pick<CdpSession, 'call'>, condition: string): Promise<number | null> {
  const { breakpointId } = await session.call<{ breakpointId: string }>('Debugger.setBreakpointByUrl', { url: ownUrl, lineNumber: 1, condition: `${condition},false` });
  try {
    const { result } = await session.call<{ result: { value?: number } }>('Runtime.evaluate', { expression: `${script}\n//# sourceURL=${ownUrl}`, returnByValue: true, silent: true });
    return result.value === undefined ? null : result.value / passes;
  } finally { await session.call('Debugger.removeBreakpoint', { breakpointId }); }
}
