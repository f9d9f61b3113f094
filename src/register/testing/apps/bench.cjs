// Emits records of about 400 bytes by the standard SDK, and says what one costs in CPU of this process: emit, batch, encode, export.
'use strict';
const { logs: api } = require('@opentelemetry/api');
const { OTLPLogExporter } = require('@opentelemetry/exporter-logs-otlp-proto');
const { resourceFromAttributes } = require('@opentelemetry/resources');
const { BatchLogRecordProcessor, LoggerProvider } = require('@opentelemetry/sdk-logs');

const perRound = 2000;
const provider = new LoggerProvider({
  resource: resourceFromAttributes({ 'service.name': 'shop', 'host.name': 'h1', 'service.version': '1.2.3' }),
  processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter({ url: `${process.env.TEST_ENDPOINT}/v1/logs` }), maxQueueSize: perRound * 2, maxExportBatchSize: 512, scheduledDelayMillis: 60_000 })],
});
api.setGlobalLoggerProvider(provider);
const logger = api.getLogger('shop', '1.2.3');

function emit(i) {
  logger.emit({
    severityNumber: 9, severityText: 'INFO', eventName: process.env.TEST_EVENT, body: `request ${i} handled in ${i % 97} ms for a customer of the shop, nothing else to be said about order-${i % 40}`,
    attributes: { 'http.route': `/api/v1/things/${i % 10}`, 'http.request.method': 'GET', 'http.response.status_code': 200, 'url.path': `/api/v1/things/${i}`, 'user.id': `user-${i}`, duration: i / 7, 'thread.name': 'worker-3', 'code.file.path': 'src/shop/things.ts', 'code.line.number': 42 },
  });
}

async function cpuMicros(rounds) {
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < perRound; i++) emit(round * perRound + i);
    await provider.forceFlush();
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (rounds * perRound);
}

(async () => {
  const rounds = Number(process.env.TEST_ROUNDS);
  await cpuMicros(Math.ceil(rounds / 2));
  const all = [];
  for (let i = 0; i < 5; i++) all.push(await cpuMicros(rounds));
  console.log(JSON.stringify(all.sort((a, b) => a - b)[2]));
  process.exit(0);
})();
