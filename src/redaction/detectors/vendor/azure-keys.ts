// Azure's identifiable keys: the four characters that mark each kind, ten before the end of the base64, and the seeds of
// their checksums. Source: microsoft/security-utilities, IdentifiableMetadata.

/** Event Grid, Service Bus, Event Hubs, Relay, Batch, Functions, Cosmos DB, Cache for Redis, Storage, AI Search, Machine Learning,
 *  Container Registry, SQL, IoT, API Management. */
export const azureKeySignatures = ['AZEG', '+ASb', '+AEh', '+ARm', '+ABa', 'AzFu', 'ACDb', 'AzCa', '+ASt', 'AzSe', '+AMC', '+ACR', '+SQL', 'AIoT', 'APIM'] as const;

export const azureKeySeeds = [
  'Default0', 'Send0000', 'Manage00', 'Listen00', 'System00', 'Unknown0', 'AbAcct00', 'Master00', 'Functi00', 'MastRO00', 'MastRW00', 'SysAll00',
  'SystRO00', 'SystRW00', 'Resour00', 'Encryp00', 'Access00', 'Query000', 'PAdmin00', 'Classic0', 'ACRDflt0', 'UsrPwd00', 'IoTHub00', 'DpsKey00', 'Device00',
  'Tenant00', 'Gatewy00', 'GitKey00',
] as const;
