// Attribute names that OpenTelemetry's semantic conventions gave up, and what takes their place: as their registry had it at version 1.45
// (https://opentelemetry.io/docs/specs/semconv/registry/attributes/, the deprecated tables at the end of each page). A name alone: its
// replacement. Several, parted by " or " or " and ": which one depends on who speaks. Empty: nothing takes its place.
const groups: Readonly<Record<string, string>> = {
  http: `http.method http.request.method
    http.status_code http.response.status_code
    http.url url.full
    http.target url.path and url.query
    http.scheme url.scheme
    http.host server.address or client.address or http.request.header.host
    http.server_name server.address
    http.client_ip client.address
    http.user_agent user_agent.original
    http.flavor network.protocol.name and network.protocol.version
    http.request_content_length http.request.header.content-length
    http.request_content_length_uncompressed http.request.body.size
    http.response_content_length http.response.header.content-length
    http.response_content_length_uncompressed http.response.body.size`,
  network: `net.host.ip network.local.address
    net.host.name server.address
    net.host.port server.port
    net.peer.ip network.peer.address
    net.peer.name server.address or client.address
    net.peer.port server.port or client.port
    net.protocol.name network.protocol.name
    net.protocol.version network.protocol.version
    net.sock.family network.transport and network.type
    net.sock.host.addr network.local.address
    net.sock.host.port network.local.port
    net.sock.peer.addr network.peer.address
    net.sock.peer.name
    net.sock.peer.port network.peer.port
    net.transport network.transport
    net.app.protocol.name network.protocol.name
    net.app.protocol.version network.protocol.version
    net.host.connection.type network.connection.type
    net.host.connection.subtype network.connection.subtype
    net.host.carrier.name network.carrier.name
    net.host.carrier.mcc network.carrier.mcc
    net.host.carrier.mnc network.carrier.mnc
    net.host.carrier.icc network.carrier.icc`,
  db: `db.statement db.query.text
    db.system db.system.name
    db.name db.namespace
    db.operation db.operation.name
    db.sql.table db.collection.name
    db.user
    db.connection_string server.address and server.port
    db.instance.id
    db.jdbc.driver_classname
    db.mssql.instance_name
    db.mongodb.collection db.collection.name
    db.redis.database_index db.namespace
    db.cassandra.table db.collection.name
    db.cassandra.consistency_level cassandra.consistency.level
    db.cassandra.coordinator.dc cassandra.coordinator.dc
    db.cassandra.coordinator.id cassandra.coordinator.id
    db.cassandra.idempotence cassandra.query.idempotent
    db.cassandra.page_size cassandra.page.size
    db.cassandra.speculative_execution_count cassandra.speculative_execution.count
    db.cosmosdb.client_id azure.client.id
    db.cosmosdb.connection_mode azure.cosmosdb.connection.mode
    db.cosmosdb.consistency_level azure.cosmosdb.consistency.level
    db.cosmosdb.container db.collection.name
    db.cosmosdb.operation_type
    db.cosmosdb.regions_contacted azure.cosmosdb.operation.contacted_regions
    db.cosmosdb.request_charge azure.cosmosdb.operation.request_charge
    db.cosmosdb.request_content_length azure.cosmosdb.request.body.size
    db.cosmosdb.status_code db.response.status_code
    db.cosmosdb.sub_status_code azure.cosmosdb.response.sub_status_code
    db.elasticsearch.cluster.name db.namespace
    db.elasticsearch.node.name elasticsearch.node.name
    db.client.connections.pool.name db.client.connection.pool.name
    db.client.connections.state db.client.connection.state
    pool.name db.client.connection.pool.name`,
  code: `code.filepath code.file.path
    code.lineno code.line.number
    code.column code.column.number
    code.function code.function.name
    code.namespace code.function.name`,
  messaging: `messaging.system messaging.system.name
    messaging.operation messaging.operation.type
    messaging.destination messaging.destination.name
    messaging.destination_kind
    messaging.temp_destination messaging.destination.temporary
    messaging.protocol network.protocol.name
    messaging.protocol_version network.protocol.version
    messaging.message_id messaging.message.id
    messaging.conversation_id messaging.message.conversation_id
    messaging.message_payload_size_bytes messaging.message.body.size
    messaging.message_payload_compressed_size_bytes
    messaging.consumer.id messaging.client.id
    messaging.client_id messaging.client.id
    messaging.url server.address and server.port
    messaging.destination_publish.anonymous
    messaging.destination_publish.name
    messaging.eventhubs.consumer.group messaging.consumer.group.name
    messaging.eventhubs.message.enqueued_time azure.eventhubs.message.enqueued_time
    messaging.gcp_pubsub.message.ack_deadline gcp.pubsub.message.ack_deadline
    messaging.gcp_pubsub.message.ack_id gcp.pubsub.message.ack_id
    messaging.gcp_pubsub.message.delivery_attempt gcp.pubsub.message.delivery_attempt
    messaging.gcp_pubsub.message.ordering_key gcp.pubsub.message.ordering_key
    messaging.kafka.cluster.id kafka.cluster.id
    messaging.kafka.client_id messaging.client.id
    messaging.kafka.consumer.group messaging.consumer.group.name
    messaging.kafka.consumer_group messaging.consumer.group.name
    messaging.kafka.destination.partition messaging.destination.partition.id
    messaging.kafka.partition messaging.destination.partition.id
    messaging.kafka.message.key kafka.message.key
    messaging.kafka.message_key kafka.message.key
    messaging.kafka.message.offset kafka.offset
    messaging.kafka.offset kafka.offset
    messaging.kafka.message.tombstone kafka.message.tombstone
    messaging.kafka.tombstone kafka.message.tombstone
    messaging.rabbitmq.routing_key rabbitmq.destination.routing_key
    messaging.rabbitmq.destination.routing_key rabbitmq.destination.routing_key
    messaging.rabbitmq.message.delivery_tag rabbitmq.message.delivery_tag
    messaging.rocketmq.client_group messaging.consumer.group.name
    messaging.rocketmq.consumption_model rocketmq.consumption_model
    messaging.rocketmq.message.delay_time_level rocketmq.message.delay_time_level
    messaging.rocketmq.message.delivery_timestamp rocketmq.message.delivery_timestamp
    messaging.rocketmq.message.group rocketmq.message.group
    messaging.rocketmq.message.keys rocketmq.message.keys
    messaging.rocketmq.message.tag rocketmq.message.tag
    messaging.rocketmq.message.type rocketmq.message.type
    messaging.rocketmq.namespace rocketmq.namespace
    messaging.servicebus.destination.subscription_name messaging.destination.subscription.name
    messaging.servicebus.disposition_status azure.servicebus.disposition_status
    messaging.servicebus.message.delivery_count azure.servicebus.message.delivery_count
    messaging.servicebus.message.enqueued_time azure.servicebus.message.enqueued_time`,
  message: `message.id
    message.type
    message.compressed_size
    message.uncompressed_size`,
  rpc: `rpc.system rpc.system.name
    rpc.service rpc.method
    rpc.grpc.status_code rpc.status_code
    rpc.connect_rpc.error_code rpc.status_code
    rpc.response.status_code rpc.status_code
    rpc.jsonrpc.error_code rpc.status_code
    rpc.jsonrpc.error_message
    rpc.jsonrpc.request_id jsonrpc.request.id
    rpc.jsonrpc.version jsonrpc.protocol.version
    rpc.message.id
    rpc.message.type
    rpc.message.compressed_size
    rpc.message.uncompressed_size`,
  deployment: 'deployment.environment deployment.environment.name',
  enduser: `enduser.id user.id
    enduser.pseudo.id user.hash
    enduser.role user.roles
    enduser.scope`,
  feature_flag: `feature_flag.variant feature_flag.result.variant
    feature_flag.provider_name feature_flag.provider.name
    feature_flag.evaluation.reason feature_flag.result.reason
    feature_flag.evaluation.error.message feature_flag.error.message`,
  'gen-ai': `gen_ai.system gen_ai.provider.name
    gen_ai.prompt
    gen_ai.completion
    gen_ai.usage.prompt_tokens gen_ai.usage.input_tokens
    gen_ai.usage.completion_tokens gen_ai.usage.output_tokens
    gen_ai.openai.request.response_format gen_ai.output.type
    gen_ai.openai.request.seed gen_ai.request.seed
    gen_ai.openai.request.service_tier openai.request.service_tier
    gen_ai.openai.response.service_tier openai.response.service_tier
    gen_ai.openai.response.system_fingerprint openai.response.system_fingerprint`,
  otel: `otel.library.name otel.scope.name
    otel.library.version otel.scope.version`,
  peer: 'peer.service server.service.name or client.service.name',
  service: `service.peer.name server.service.name or client.service.name
    service.peer.namespace server.service.namespace or client.service.namespace`,
  process: `process.cpu.state cpu.mode
    process.executable.build_id.profiling process.executable.build_id.htlhash
    process.paging.fault_type system.paging.fault.type`,
  system: `system.cpu.state cpu.mode
    system.cpu.logical_number cpu.logical_number
    system.device system.device.name
    system.network.state network.connection.state
    system.paging.type system.paging.fault.type
    system.process.status process.state
    system.processes.status process.state`,
  container: `container.cpu.state cpu.mode
    container.runtime container.runtime.name
    container.image.tag container.image.tags
    container.labels container.label`,
  k8s: `k8s.pod.labels k8s.pod.label`,
  linux: 'linux.memory.slab.state system.memory.linux.slab.state',
  android: 'android.state android.app.state',
  ios: 'ios.state ios.app.state',
  azure: `az.namespace azure.resource_provider.namespace
    az.service_request_id azure.service.request.id`,
  tls: 'tls.client.server_name server.address',
  vcs: `vcs.repository.change.id vcs.change.id
    vcs.repository.change.title vcs.change.title
    vcs.repository.ref.name vcs.ref.head.name
    vcs.repository.ref.revision vcs.ref.head.revision
    vcs.repository.ref.type vcs.ref.head.type`,
  faas: `faas.id cloud.resource_id
    faas.execution faas.invocation_id`,
  exception: `exception.escaped`,
  error: 'error.message',
  event: 'event.name',
};

export interface Replacement {
  /** Null: nothing takes its place. */
  readonly by: string | null;
  readonly reference: string;
}

export const registryPage = (group: string): string => `https://opentelemetry.io/docs/specs/semconv/registry/attributes/${group}/`;

export const deprecated: ReadonlyMap<string, Replacement> = new Map(Object.entries(groups).flatMap(([group, lines]) => lines.split('\n').map((line): [string, Replacement] => {
  const text = line.trim();
  const at = text.indexOf(' ');
  return at < 0 ? [text, { by: null, reference: registryPage(group) }] : [text.slice(0, at), { by: text.slice(at + 1), reference: registryPage(group) }];
})));
