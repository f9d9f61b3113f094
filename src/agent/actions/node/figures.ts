// What Node itself knows of its state: memory, heap spaces, event loop and garbage collection over one second. One expression, evaluated
// in the process; it uses Node's own modules and leaves nothing behind.
import type { CdpSession } from '../inspector/index.ts';

const builtin = `const b=(n)=>process.getBuiltinModule?process.getBuiltinModule(n):process.mainModule.require(n)`;

const expression = `(async()=>{${builtin};const v8=b('v8'),{performance,monitorEventLoopDelay,PerformanceObserver}=b('perf_hooks');
const gc={count:0,totalMs:0,longestMs:0},o=new PerformanceObserver((l)=>{for(const e of l.getEntries()){gc.count++;gc.totalMs+=e.duration;gc.longestMs=Math.max(gc.longestMs,e.duration)}});
const h=monitorEventLoopDelay({resolution:10}),u=performance.eventLoopUtilization();
o.observe({entryTypes:['gc']});h.enable();
await new Promise((r)=>{setTimeout(r,1000).unref?.()});
h.disable();o.disconnect();const ms=(n)=>Number.isFinite(n)?Math.round(n/1e4)/100:null;const count=(l)=>{const c={};for(const n of l)c[n]=(c[n]??0)+1;return c};
return {node:process.version,v8:process.versions.v8,uptimeSeconds:Math.round(process.uptime()),memory:process.memoryUsage(),heap:v8.getHeapStatistics(),
heapSpaces:v8.getHeapSpaceStatistics().map((s)=>({name:s.space_name,usedBytes:s.space_used_size,sizeBytes:s.space_size})),
resourceUsage:process.resourceUsage(),activeResources:process.getActiveResourcesInfo?count(process.getActiveResourcesInfo()):null,
overOneSecond:{eventLoopUtilization:Math.round(performance.eventLoopUtilization(u).utilization*1e4)/1e4,eventLoopDelayMs:{mean:ms(h.mean),p50:ms(h.percentile(50)),p99:ms(h.percentile(99)),max:ms(h.max)},garbageCollection:gc}}})()`;

export const nodeFigures = (session: CdpSession): Promise<Record<string, unknown>> => session.evaluate<Record<string, unknown>>(expression, 15_000);
