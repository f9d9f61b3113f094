// Attributes that semantic conventions know as personal or secret, and what of their value is: all of it, or parts. Names from
// the OpenTelemetry semantic-conventions registry, current ones and those that older instrumentation still sends.

/** `value`: all of it. `query`: what parameters of a query string are set to. `url`: user-info and the query's values.
 *  `sql`: literals. `statement`: literals when it is SQL, else all of it. `cookies`: what cookies are set to. `arguments`: what stands behind `=`. */
export type SensitiveTreatment = 'value' | 'query' | 'url' | 'sql' | 'statement' | 'cookies' | 'arguments';

export interface SensitiveKey {
  /** A glob. */
  readonly key: string;
  readonly treatment: SensitiveTreatment;
  /** Why, in a few words. */
  readonly about: string;
  readonly source: string;
}

const registry = (group: string): string => `https://opentelemetry.io/docs/specs/semconv/registry/attributes/${group}/`;
const rows = (group: string, treatment: SensitiveTreatment, about: string, ...keys: readonly string[]): readonly SensitiveKey[] =>
  keys.map((key) => ({ key, treatment, about, source: registry(group) }));

/** Headers whose value is a credential; instrumentation writes them with dashes, older ones with underscores. */
const credentialHeaders = ['authorization', 'proxy-authorization', 'x-api-key', 'x-auth-token', 'x-csrf-token', 'x-amz-security-token', 'proxy_authorization', 'x_api_key', 'x_auth_token', 'x_csrf_token', 'x_amz_security_token'];
const addressHeaders = ['x-forwarded-for', 'x_forwarded_for', 'x-real-ip', 'x_real_ip', 'forwarded', 'cf-connecting-ip', 'true-client-ip'];

export const sensitiveKeys: readonly SensitiveKey[] = [
  ...rows('client', 'value', 'address of a person’s device', 'client.address'),
  ...rows('source', 'value', 'address of the sender', 'source.address'),
  ...rows('http', 'value', 'address of a person’s device', 'http.client_ip', ...addressHeaders.map((name) => `http.request.header.${name}`)),
  ...rows('user', 'value', 'who the user is', 'user.email', 'user.full_name', 'user.name', 'user.id'),
  ...rows('enduser', 'value', 'who the end user is', 'enduser.id', 'enduser.pseudo.id'),
  ...rows('geo', 'value', 'where a person is', 'geo.location.lat', 'geo.location.lon', 'geo.postal_code'),
  ...rows('device', 'value', 'one person’s device', 'device.id'),
  ...rows('process', 'value', 'account that runs the process', 'process.owner', 'process.user.name', 'process.real_user.name', 'process.saved_user.name'),
  ...rows('process', 'arguments', 'arguments may be secrets', 'process.command_args', 'process.command_line'),
  ...rows('process', 'value', 'environment variables may be secrets', 'process.environment_variable.*'),
  ...rows('url', 'query', 'parameters hold what users typed, and tokens', 'url.query'),
  ...rows('url', 'url', 'user-info and parameters hold secrets', 'url.full', 'http.url', 'http.target'),
  ...rows('url', 'url', 'parameters of the path may be a session', 'url.path'),
  ...rows('db', 'statement', 'literals of a query are data of users', 'db.query.text', 'db.statement'),
  ...rows('db', 'value', 'parameters and rows are data of users', 'db.query.parameter.*', 'db.operation.parameter.*'),
  ...rows('db', 'value', 'may hold a password', 'db.connection_string'),
  ...rows('db', 'value', 'account of the database', 'db.user'),
  ...rows('graphql', 'sql', 'literals of a query are data of users', 'graphql.document'),
  ...rows('http', 'value', 'credentials of a request', ...credentialHeaders.map((name) => `http.request.header.${name}`)),
  ...rows('http', 'cookies', 'cookies stand for a session', 'http.request.header.cookie', 'http.response.header.set-cookie', 'http.response.header.set_cookie'),
  ...rows('rpc', 'value', 'credentials of a call', ...['rpc.grpc.request', 'rpc.connect_rpc.request', 'rpc.request'].flatMap((call) => ['authorization', 'cookie', 'x-api-key'].map((name) => `${call}.metadata.${name}`))),
  ...rows('messaging', 'value', 'content of a message', 'messaging.kafka.message.key'),
  ...rows('gen-ai', 'value', 'what a person asked and was told', 'gen_ai.prompt', 'gen_ai.completion', 'gen_ai.input.messages', 'gen_ai.output.messages', 'gen_ai.system_instructions', 'gen_ai.tool.call.arguments', 'gen_ai.tool.call.result'),
  // In no registry; instrumentation that records payloads writes them so.
  ...['http.request.body', 'http.response.body', 'messaging.message.body', 'messaging.message.payload', 'rpc.request.body', 'rpc.response.body'].map((key): SensitiveKey => ({ key, treatment: 'value', about: 'what was sent, whole', source: 'a habit of instrumentation that records payloads' })),
];
