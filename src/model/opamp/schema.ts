// Field numbers of open-telemetry/opamp-spec proto/opamp.proto, one table per message. A table maps a field number to the
// property of messages.ts and its kind; fields not listed here (packages, CSR) are skipped by the decoder.

export type FieldKind =
  | 'bytes' | 'string' | 'strings' | 'uint64' | 'uint64n' | 'fixed64' | 'enum' | 'bool' | 'attributes' | 'stringMap'
  | { readonly message: MessageSchema }
  | { readonly list: MessageSchema }
  | { readonly map: MessageSchema };

export interface FieldSchema { readonly number: number; readonly name: string; readonly kind: FieldKind }
export interface MessageSchema { readonly name: string; readonly fields: readonly FieldSchema[] }

const field = (number: number, name: string, kind: FieldKind): FieldSchema => ({ number, name, kind });
const schema = (name: string, ...fields: FieldSchema[]): MessageSchema => ({ name, fields });

const header = schema('Header', field(1, 'key', 'string'), field(2, 'value', 'string'));
const headers = schema('Headers', field(1, 'headers', { list: header }));
const tlsCertificate = schema('TLSCertificate', field(1, 'publicKey', 'bytes'), field(2, 'privateKey', 'bytes'), field(3, 'caPublicKey', 'bytes'));
const settingsFields = [field(1, 'destinationEndpoint', 'string'), field(2, 'headers', { message: headers }), field(3, 'certificate', { message: tlsCertificate })];
// OpAMPConnectionSettings and TelemetryConnectionSettings have the same shape.
const connectionSettings = schema('ConnectionSettings', ...settingsFields);
const otherConnectionSettings = schema('OtherConnectionSettings', ...settingsFields, field(4, 'otherSettings', 'stringMap'));
const connectionSettingsOffers = schema('ConnectionSettingsOffers',
  field(1, 'hash', 'bytes'), field(2, 'opamp', { message: connectionSettings }), field(3, 'ownMetrics', { message: connectionSettings }),
  field(4, 'ownTraces', { message: connectionSettings }), field(5, 'ownLogs', { message: connectionSettings }),
  field(6, 'otherConnections', { map: otherConnectionSettings }));

const agentConfigFile = schema('AgentConfigFile', field(1, 'body', 'bytes'), field(2, 'contentType', 'string'));
const agentConfigMap = schema('AgentConfigMap', field(1, 'configMap', { map: agentConfigFile }));
const agentRemoteConfig = schema('AgentRemoteConfig', field(1, 'config', { message: agentConfigMap }), field(2, 'configHash', 'bytes'));
const effectiveConfig = schema('EffectiveConfig', field(1, 'configMap', { message: agentConfigMap }));
const remoteConfigStatus = schema('RemoteConfigStatus',
  field(1, 'lastRemoteConfigHash', 'bytes'), field(2, 'status', 'enum'), field(3, 'errorMessage', 'string'));

const agentDescription = schema('AgentDescription', field(1, 'identifyingAttributes', 'attributes'), field(2, 'nonIdentifyingAttributes', 'attributes'));
const healthFields: FieldSchema[] = [
  field(1, 'healthy', 'bool'), field(2, 'startTimeUnixNano', 'fixed64'), field(3, 'lastError', 'string'),
  field(4, 'status', 'string'), field(5, 'statusTimeUnixNano', 'fixed64'),
];
const componentHealth: MessageSchema = { name: 'ComponentHealth', fields: healthFields };
healthFields.push(field(6, 'componentHealthMap', { map: componentHealth }));

const customCapabilities = schema('CustomCapabilities', field(1, 'capabilities', 'strings'));
const customMessage = schema('CustomMessage', field(1, 'capability', 'string'), field(2, 'type', 'string'), field(3, 'data', 'bytes'));
const retryInfo = schema('RetryInfo', field(1, 'retryAfterNanoseconds', 'uint64n'));
const serverErrorResponse = schema('ServerErrorResponse',
  field(1, 'type', 'enum'), field(2, 'errorMessage', 'string'), field(3, 'retryInfo', { message: retryInfo }));

export const agentToServerSchema = schema('AgentToServer',
  field(1, 'instanceUid', 'bytes'), field(2, 'sequenceNum', 'uint64'), field(3, 'agentDescription', { message: agentDescription }),
  field(4, 'capabilities', 'uint64'), field(5, 'health', { message: componentHealth }), field(6, 'effectiveConfig', { message: effectiveConfig }),
  field(7, 'remoteConfigStatus', { message: remoteConfigStatus }), field(9, 'agentDisconnect', { message: schema('AgentDisconnect') }),
  field(10, 'flags', 'uint64'), field(12, 'customCapabilities', { message: customCapabilities }), field(13, 'customMessage', { message: customMessage }));

export const serverToAgentSchema = schema('ServerToAgent',
  field(1, 'instanceUid', 'bytes'), field(2, 'errorResponse', { message: serverErrorResponse }), field(3, 'remoteConfig', { message: agentRemoteConfig }),
  field(4, 'connectionSettings', { message: connectionSettingsOffers }), field(6, 'flags', 'uint64'), field(7, 'capabilities', 'uint64'),
  field(8, 'agentIdentification', { message: schema('AgentIdentification', field(1, 'newInstanceUid', 'bytes')) }),
  field(9, 'command', { message: schema('ServerToAgentCommand', field(1, 'type', 'enum')) }),
  field(10, 'customCapabilities', { message: customCapabilities }), field(11, 'customMessage', { message: customMessage }));
