// A process that only pretends to have an inspector: it says its pid, as a real one does, and then what it likes. Whatever that is, the action fails with
// words and the agent goes on.
import { createRequire } from 'node:module';
import { describe, expect, it, vi } from 'vitest';
import { actionsHere } from '../testing/actions-here.ts';
import { freePort, startTarget } from '../testing/targets.ts';

vi.setConfig({ testTimeout: 60_000 });

const ws = createRequire(import.meta.url).resolve('ws');
const program = (afterwards: string): string => `
const http=require('node:http'),{WebSocketServer}=require(${JSON.stringify(ws)});process.on('SIGUSR1',()=>{});
const port=Number(process.execArgv.find((one)=>one.startsWith('--inspect-port=')).slice(15));
const server=http.createServer((q,r)=>{r.setHeader('content-type','application/json');r.end(JSON.stringify([{type:'node',webSocketDebuggerUrl:'ws://127.0.0.1:'+port+'/x'}]))});
new WebSocketServer({server}).on('connection',(c)=>{let n=0;c.on('error',()=>{});c.on('message',(m)=>{const {id}=JSON.parse(m);const answer=(value)=>c.send('{"id":'+id+',"result":{"result":{"value":'+value+'}}}');if(n++===0)answer(process.pid);else{${afterwards}}})});
server.listen(port,'127.0.0.1',()=>console.log('up'))`;

describe.each([
  ['garbage', "c.send('not json')"], ['null', "c.send('null')"], ['wrong parameters', "c.send('{\"method\":\"HeapProfiler.addHeapSnapshotChunk\",\"params\":null}')"], ['a value of another kind', "answer('\"never\"')"],
  ['nothing but null', "c.send('{\"id\":'+id+',\"result\":null}')"], ['a hang-up', 'c.terminate()'], ['a huge message', 'c.send(Buffer.alloc(300*2**20,0x20))'],
])('an inspector that sends %s', (_, afterwards) => {
  it('fails every action that looks into it, and nothing else', async () => {
    const [here, target] = [await actionsHere(), await startTarget(process.execPath, [`--inspect-port=${await freePort()}`, '-e', program(afterwards)])];
    const reports = [await here.run('cpu-sample', { pid: target.pid }, { durationMs: 100 }), await here.run('heap-sample', { pid: target.pid }, { durationMs: 100 }), await here.run('memory-dump', { pid: target.pid }, {}, { force: true })];
    for (const { state, why, artifacts } of reports) expect([state, why?.code, artifacts]).toEqual(['failed', 'action.failed', []]);
    const state = await here.run('collect-state', { pid: target.pid }, { runtime: true });
    expect(state.state).toBe('done');
    expect(here.drafts()).toEqual([]);
  });
});
