// The rules that mock mode starts with: every state that a rule can be in, over the lines of the mock shop.
import type { MockBackend } from './backend.ts';

interface Seed {
  readonly text: string;
  /** How long ago it was deployed; left out: a draft. */
  readonly deployedMinutesAgo?: number;
  readonly mode?: 'shadow';
  readonly breach?: { readonly agent: string; readonly minutesAgo: number; readonly reason: string };
}

const query = (name: string, description: string, kql: string, more = ''): string => `name: ${name}\ndescription: ${description}\n${more}kql: |\n${kql.replaceAll(/^/gm, '  ')}\n`;

/** The net of the documentation, armed on the shop's agents. */
const queueNet = `# Five high depths within half a minute: the queue is stuck, not just busy.
kind: state-machine
name: checkout-queue-stuck
description: Collects a CPU sample, the verbose recorder and a heap dump when the checkout queue stops moving.
location: on-box
key: [ServiceName, 'Attributes["queue.name"]']
initial: idle
states:
  idle:
    on: [{ when: 'EventName == "QueueDepth" and toint(Attributes.depth) > 200', to: growing }]
  growing:
    after: { 60s: idle }
    on: [{ when: 'EventName == "QueueDepth" and toint(Attributes.depth) > 200', count: 5, within: 30s, to: stuck }]
  stuck:
    enter:
      - { action: cpu-sample, duration: 10s, as: cpu }
      - { action: collect-recorder, recorder: checkout-verbose }
      - { action: memory-dump, if: 'last("memory-dump") > 1h' }
    after: { 5m: idle }
limits: { actions: 5, per: 1h, cooldown: 10m } # kept across restarts
train: { depth: p99 over 7d by ServiceName }
layout:
  idle: { x: 40, y: 120 }
  growing: { x: 320, y: 120 }
  stuck: { x: 600, y: 120 }
tests:
  - name: five high depths in half a minute take a sample
    given:
      - { at: 0s, EventName: QueueDepth, Attributes: { queue.name: orders, depth: 250 } }
      - { at: 5s, EventName: QueueDepth, Attributes: { queue.name: orders, depth: 260 } }
      - { at: 10s, EventName: QueueDepth, Attributes: { queue.name: orders, depth: 270 } }
      - { at: 15s, EventName: QueueDepth, Attributes: { queue.name: orders, depth: 280 } }
      - { at: 20s, EventName: QueueDepth, Attributes: { queue.name: orders, depth: 290 } }
      - { at: 25s, EventName: QueueDepth, Attributes: { queue.name: orders, depth: 300 } }
    expect: { state: stuck, transitions: [idle -> growing, growing -> stuck], actions: [cpu-sample, collect-recorder, memory-dump] }
`;

/** What the shop's team wrote down about people's data; an agent that is away has not got it. */
const personalData = `# Reviewed each quarter.
kind: redaction-policy
name: personal-data
description: What is about a person leaves no agent.
mode: mask
detectors: [email, ipv4, payment-card]
entries:
  - { key: 'http.request.header.user-agent', do: ignore, reason: Browser versions are read as addresses. }
  - { detectors: [ipv4], service: 'load-*', do: ignore, reason: 'The load test uses made-up addresses, see the runbook.' }
  - { key: client.address, in: [attribute], do: hash, reason: Joins visits within a day. }
  - { key: 'card.*', do: remove, reason: Card data may not be stored. }
patterns:
  - { name: customer-number, pattern: 'K-[0-9]{8}', near: [customer, kunde], confidence: 0.8, description: Our own customer numbers. }
`;
const requestHeaders = `kind: redaction-policy
name: request-headers
description: Only headers that somebody asked for are kept.
order: 90
mode: mask
detectors: [jwt, bearer-token, basic-auth]
allow:
  - { keys: [http.request.header.content-type, http.request.header.user-agent], service: frontend, otherwise: mask }
`;

const seeds: readonly Seed[] = [
  { text: query('sample-cart-added', 'One in four is enough to see trends.', 'Logs\n| where EventName == "CartItemAdded"\n| invoke sample(0.25)'), deployedMinutesAgo: 11 },
  { text: query('redact-github-tokens', 'Catalogue sync logs its URL with the token in it.', 'Logs\n| where ServiceName == "cart"\n| invoke redact("*", "mask")'), deployedMinutesAgo: 9 },
  { text: query('drop-render', 'Nobody reads these.', 'Logs\n// the renderer says this once per page\n| where DurableId == "frontend/src/ssr/render.ts:212"\n| invoke drop()'), deployedMinutesAgo: 2 },
  { text: query('launch-log-to-metric', '3,500 rows an hour nobody reads; keep the count.', 'Logs\n| where EventName == "LogLaunch"\n| summarize Launches = count() by ServiceName, bin(Timestamp, 10s)\n| invoke to_metric("app.launches")') },
  // Ends in ten minutes.
  { text: query('quiet-worker', 'The queue worker is noisy while we move it.', 'Logs\n| where DurableId == "checkout/src/queue/worker.ts:57"\n| invoke sample(0.1)', 'expires: 1h\n'), deployedMinutesAgo: 50 },
  // Only counts what it would do.
  { text: query('drop-cart-reads', 'GET /cart is a third of all spans. Is it worth keeping?', 'Spans\n| where Name == "GET /cart"\n| invoke drop()', 'targets: ServiceName == "cart"\n'), deployedMinutesAgo: 4, mode: 'shadow' },
  // Turned itself off on one agent.
  { text: query('count-checkouts', 'Checkouts by session, which are far too many.', 'Logs\n| where EventName == "CheckoutStarted"\n| summarize Starts = count() by tostring(Attributes["session.id"]), bin(Timestamp, 10s)\n| invoke to_metric("checkout.starts")', 'budget: { memory: 1MiB }\n'), deployedMinutesAgo: 6,
    breach: { agent: 'shop-2', minutesAgo: 3, reason: 'Its groups and windows took 1.4 MiB; its bound is 1 MiB.' } },
  // Never sees a record: drop-render runs before it.
  { text: query('count-render', 'How often pages are rendered.', 'Logs\n| where DurableId == "frontend/src/ssr/render.ts:212"\n| summarize Pages = count() by bin(Timestamp, 10s)\n| invoke to_metric("pages.rendered")', 'order: 200\n'), deployedMinutesAgo: 5 },
  // Ended by itself six minutes ago.
  { text: query('weekend-sampling', 'Half of the page views are enough at night.', 'Spans\n| where Name == "GET /product/{sku}"\n| invoke sample(0.5)', 'expires: 30m\n'), deployedMinutesAgo: 36 },
  { text: queueNet, deployedMinutesAgo: 14 },
  { text: personalData, deployedMinutesAgo: 7 },
  { text: requestHeaders, deployedMinutesAgo: 4320 },
  // Half written: saved, but it cannot be deployed.
  { text: query('declined-payments', 'To be finished.', 'Logs\n| where EventName == "PaymentDeclined"') },
];

export function seedRules(backend: MockBackend): void {
  const ago = (minutes: number) => backend.iso(backend.startedMs - minutes * 60_000);
  for (const { text, deployedMinutesAgo, mode = 'live', breach } of seeds) {
    const rule = backend.store.create(text, 'First version.', ago(60));
    if (deployedMinutesAgo !== undefined) backend.store.deploy(rule, 1, mode, ago(deployedMinutesAgo));
    if (breach !== undefined) backend.breach(rule, breach.agent, 'memory', breach.reason, ago(breach.minutesAgo));
  }
  backend.expireDue();
}
