// A page that gives a dropped heap snapshot to the heap worker of Chrome DevTools, with its second worker, as DevTools itself does: chunk
// by chunk as text, then the summary. It says "summary" in its title when that is there.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleDevtools, devtoolsFolder } from './heap-programs.ts';

const worker = `import { HeapSnapshotLoader } from './devtools.mjs';
onmessage = async ({ data: { file, port } }) => {
  const loader = new HeapSnapshotLoader({ sendEvent() {} });
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) loader.write(part.value);
  loader.close();
  const snapshot = await loader.buildSnapshot(port);
  snapshot.aggregatesWithFilter({});
  postMessage(snapshot.nodeCount);
};`;
const secondWorker = `import { SecondaryInitManager } from './devtools.mjs';
onmessage = ({ data: port }) => { new SecondaryInitManager(port); };`;
const page = `<!doctype html><title>empty</title><body><script>
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', (event) => {
  event.preventDefault();
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker('worker.js', { type: 'module' });
  new Worker('second.js', { type: 'module' }).postMessage(port2, [port2]);
  worker.onmessage = () => { document.title = 'summary'; };
  worker.postMessage({ file: event.dataTransfer.files[0], port: port1 }, [port1]);
});
document.body.append(Object.assign(document.createElement('main'), { style: 'height: 90vh' }));
</script>`;

/** @returns the folder to serve; the page is `index.html`. */
export async function devtoolsPage(): Promise<string> {
  await bundleDevtools();
  for (const [name, text] of [['worker.js', worker], ['second.js', secondWorker], ['index.html', page]] as const) writeFileSync(join(devtoolsFolder, name), text);
  return devtoolsFolder;
}
