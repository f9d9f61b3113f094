// Two workers, each with an SDK of its own; messages go to the one that they name, or to this thread.
'use strict';
const { Worker } = require('node:worker_threads');
const { join } = require('node:path');

const workers = ['a', 'b'].map((name) => new Worker(join(__dirname, 'app.cjs'), { env: { ...process.env, TEST_SERVICE: `worker-${name}` } }));
let ready = 0;
for (const worker of workers) worker.on('message', (message) => { if (!message.ready) process.send(message); else if (++ready === workers.length) require('./app.cjs'); });
process.on('message', (message) => { if (message.to !== undefined) workers[message.to].postMessage({ ...message, to: undefined }); });
