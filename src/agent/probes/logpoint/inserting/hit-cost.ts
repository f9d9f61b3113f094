// What a breakpoint with a condition costs in this very process, by a loop of Weir's own that passes one a few times: about two milliseconds.
import type { CdpSession } from '../../../actions/inspector/index.ts';

const passes = 10;
const script = `(()=>{const from=process.hrtime();for(let i=0;i<${passes};i++){\nString(i);\n}const took=process.hrtime(from);return took[0]*1e3+took[1]/1e6})()`;

/** Milliseconds a pass. */
export async function measureHit(session: Pick<CdpSession, 'call'>, condition: string): Promise<number | null> {
  const { scriptId } = await session.call<{ scriptId?: string }>('Runtime.compileScript', { expression: script, sourceURL: '', persistScript: true });
  if (scriptId === undefined) return null;
  const { breakpointId } = await session.call<{ breakpointId: string }>('Debugger.setBreakpoint', { location: { scriptId, lineNumber: 1, columnNumber: 0 }, condition: `${condition},false` });
  try {
    const { result } = await session.call<{ result: { value?: number } }>('Runtime.runScript', { scriptId, returnByValue: true, silent: true });
    return result.value === undefined ? null : result.value / passes;
  } finally { await session.call('Debugger.removeBreakpoint', { breakpointId }); }
}
