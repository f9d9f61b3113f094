// The OpAMP messages that Weir speaks, as TypeScript. Source: open-telemetry/opamp-spec proto/opamp.proto (field numbers are
// in schema.ts). Scalars, lists and maps are always there after decoding (proto3 defaults); sub-messages are undefined when
// absent. uint64 bit sets, sequence numbers and enums are numbers (low 53 bits); times are bigint nanoseconds.

/** OTLP AnyValue: a bigint is an int_value, a number is a double_value; undefined when no alternative is set. */
export type AttributeValue =
  undefined | string | boolean | bigint | number | Uint8Array | readonly AttributeValue[] | ReadonlyMap<string, AttributeValue>;
export interface KeyValue { readonly key: string; readonly value: AttributeValue }

export interface AgentToServer {
  /** 16 bytes. */
  readonly instanceUid: Uint8Array;
  readonly sequenceNum: number;
  readonly agentDescription?: AgentDescription;
  readonly capabilities: number;
  readonly health?: ComponentHealth;
  readonly effectiveConfig?: EffectiveConfig;
  readonly remoteConfigStatus?: RemoteConfigStatus;
  readonly agentDisconnect?: AgentDisconnect;
  readonly flags: number;
  readonly customCapabilities?: CustomCapabilities;
  readonly customMessage?: CustomMessage;
}

export interface ServerToAgent {
  readonly instanceUid: Uint8Array;
  readonly errorResponse?: ServerErrorResponse;
  readonly remoteConfig?: AgentRemoteConfig;
  readonly connectionSettings?: ConnectionSettingsOffers;
  readonly flags: number;
  readonly capabilities: number;
  readonly agentIdentification?: AgentIdentification;
  readonly command?: ServerToAgentCommand;
  readonly customCapabilities?: CustomCapabilities;
  readonly customMessage?: CustomMessage;
}

export interface AgentDescription { readonly identifyingAttributes: readonly KeyValue[]; readonly nonIdentifyingAttributes: readonly KeyValue[] }
export interface ComponentHealth {
  readonly healthy: boolean;
  readonly startTimeUnixNano: bigint;
  readonly lastError: string;
  readonly status: string;
  readonly statusTimeUnixNano: bigint;
  readonly componentHealthMap: ReadonlyMap<string, ComponentHealth>;
}
export interface EffectiveConfig { readonly configMap?: AgentConfigMap }
export interface RemoteConfigStatus { readonly lastRemoteConfigHash: Uint8Array; readonly status: number; readonly errorMessage: string }
export interface AgentRemoteConfig { readonly config?: AgentConfigMap; readonly configHash: Uint8Array }
export interface AgentConfigMap { readonly configMap: ReadonlyMap<string, AgentConfigFile> }
export interface AgentConfigFile { readonly body: Uint8Array; readonly contentType: string }
export interface AgentDisconnect { readonly [nothing: string]: never }
export interface AgentIdentification { readonly newInstanceUid: Uint8Array }
export interface ServerToAgentCommand { readonly type: number }
export interface CustomCapabilities { readonly capabilities: readonly string[] }
export interface CustomMessage { readonly capability: string; readonly type: string; readonly data: Uint8Array }
export interface ServerErrorResponse { readonly type: number; readonly errorMessage: string; readonly retryInfo?: RetryInfo }
export interface RetryInfo { readonly retryAfterNanoseconds: bigint }

export interface ConnectionSettingsOffers {
  readonly hash: Uint8Array;
  readonly opamp?: ConnectionSettings;
  readonly ownMetrics?: ConnectionSettings;
  readonly ownTraces?: ConnectionSettings;
  readonly ownLogs?: ConnectionSettings;
  readonly otherConnections: ReadonlyMap<string, OtherConnectionSettings>;
}
export interface ConnectionSettings { readonly destinationEndpoint: string; readonly headers?: Headers; readonly certificate?: TlsCertificate }
export interface OtherConnectionSettings extends ConnectionSettings { readonly otherSettings: ReadonlyMap<string, string> }
export interface Headers { readonly headers: readonly Header[] }
export interface Header { readonly key: string; readonly value: string }
export interface TlsCertificate { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array; readonly caPublicKey: Uint8Array }

/** What the encoders take: every field optional, an absent one is the proto3 default and takes no bytes. */
export type Draft<T> =
  T extends Uint8Array | string | number | bigint | boolean | undefined ? T
  : T extends ReadonlyMap<infer K, infer V> ? ReadonlyMap<K, Draft<V>>
  : T extends KeyValue ? T
  : T extends readonly (infer E)[] ? readonly Draft<E>[]
  : { readonly [F in keyof T]?: Draft<T[F]> };

export const agentCapabilities = {
  reportsStatus: 0x1, acceptsRemoteConfig: 0x2, reportsEffectiveConfig: 0x4, acceptsPackages: 0x8, reportsPackageStatuses: 0x10,
  reportsOwnTraces: 0x20, reportsOwnMetrics: 0x40, reportsOwnLogs: 0x80, acceptsOpampConnectionSettings: 0x100,
  acceptsOtherConnectionSettings: 0x200, acceptsRestartCommand: 0x400, reportsHealth: 0x800, reportsRemoteConfig: 0x1000,
} as const;

export const serverCapabilities = {
  acceptsStatus: 0x1, offersRemoteConfig: 0x2, acceptsEffectiveConfig: 0x4, offersPackages: 0x8, acceptsPackagesStatus: 0x10,
  offersConnectionSettings: 0x20, acceptsConnectionSettingsRequest: 0x40,
} as const;

export const agentToServerFlags = { requestInstanceUid: 0x1 } as const;
export const serverToAgentFlags = { reportFullState: 0x1 } as const;
export const remoteConfigStatuses = { unset: 0, applied: 1, applying: 2, failed: 3 } as const;
export const serverErrorTypes = { unknown: 0, badRequest: 1, unavailable: 2 } as const;
